"""Which data folder a command works on."""

import os
from pathlib import Path

import orjson
import pytest

from domains.process import complaint, run
from domains.tree import Tree, exchange
from raise_finetune.commands.settings import AppSettings, write_settings


def test_the_root_comes_from_the_environment(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x.jsonl", environment={"PATH_RAISE_DOMAIN": str(root)})
    assert done.returncode == 0
    home = Path(os.environ["HOME"])
    done = run("export", tmp_path / "y.jsonl", environment={"PATH_RAISE_DOMAIN": ""})
    assert complaint(done) == f"The data folder {home}/raise_domain does not exist."


def test_the_option_goes_before_the_environment_and_that_before_what_the_window_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("PATH_RAISE_DOMAIN", raising=False)
    for name in ("option", "environment", "chosen", "home/raise_domain"):
        Tree(tmp_path / name).conversation("c", *exchange(name, "a", rating=5))

    def read(*options: str | Path) -> list[str]:
        done = run("inspect", "--json", *options)
        assert done.returncode == 0, done.stderr
        output = tmp_path / "rows.jsonl"
        assert run("export", output, *options).returncode == 0
        question = output.read_text().split("[INST] ")[1].split(" [/INST]")[0]
        return [orjson.loads(done.stdout)["root"], question]

    standard = str(home / "raise_domain")
    assert read() == [standard, "home/raise_domain"]
    write_settings(AppSettings(data_folder=str(tmp_path / "chosen")))
    assert read() == [str(tmp_path / "chosen"), "chosen"]
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "environment"))
    assert read() == [str(tmp_path / "environment"), "environment"]
    named = read("--root", tmp_path / "option")
    assert named == [str(tmp_path / "option"), "option"]
    # Settings that cannot be read are no reason to take another folder in silence.
    (tmp_path / "config/settings.json").unlink()
    (tmp_path / "config/settings.json").mkdir()
    assert read() == [str(tmp_path / "environment"), "environment"]
    monkeypatch.delenv("PATH_RAISE_DOMAIN")
    refused = run("inspect")
    assert refused.returncode == 1
    assert complaint(refused).startswith(f"The settings in “{tmp_path}/config/settings.json")
    assert read("--root", tmp_path / "option") == named


def test_a_folder_without_data_is_told(tmp_path: Path):
    root = tmp_path / "empty"
    root.mkdir()
    done = run("inspect", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"There is no RAISE data in {root}. The data folder is the one that holds spaces, such as "
        "un2, and the folder chats.\n"
    )
    done = run("export", tmp_path / "x", "--root", root)
    assert complaint(done) == f"There is no record in {root}, so nothing was written."
