"""``demo`` as a process."""

from pathlib import Path

import orjson

from domains.process import complaint, run
from domains.tree import snapshot


def test_demo(tmp_path: Path):
    done = run("demo", tmp_path / "d", "--conversations", "5", "--seed", "1", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert orjson.loads(done.stdout)["conversations"] == 5
    first = snapshot(tmp_path / "d")
    done = run("demo", tmp_path / "e", "--conversations", "5", "--seed", "1")
    assert done.stdout.splitlines() == [
        f"Wrote a demo domain with 5 conversations to {tmp_path}/e",
        f"Next: raise-finetune export my_dataset --root {tmp_path}/e",
    ]
    assert snapshot(tmp_path / "e") == first
    rating = ("--chat", "main_session", "--message", "0", "--rating", "5")
    assert run("rate", *rating, "--root", tmp_path / "e").returncode == 0
    done = run("demo", tmp_path / "e", "--conversations", "6", environment={"RAISE_LANG": "fr"})
    assert done.stdout.splitlines() == [
        f"Domaine de démonstration de 6 conversations écrit dans {tmp_path}/e",
        "Conservé de la démonstration précédente\u00a0: 1 document (vos notes, ou votre liste "
        "de ce qui est à oublier).",
        f"Ensuite\u00a0: raise-finetune export mon_jeu --root {tmp_path}/e",
    ]
    done = run("demo", tmp_path / "my démo", "--conversations", "1")
    line = f"Next: raise-finetune export my_dataset --root '{tmp_path}/my démo'"
    assert done.stdout.splitlines()[1] == line
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.txt").touch()
    done = run("demo", tmp_path / "mine")
    assert done.returncode == 2
    assert complaint(done).startswith(f"The folder “{tmp_path}/mine” is not empty")
