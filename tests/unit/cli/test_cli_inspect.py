"""``inspect`` as a process, and names in what is printed."""

import os
from pathlib import Path

import orjson

from domains.process import run
from domains.tree import Tree, exchange, snapshot


def test_tables_break_no_name_where_no_terminal_is(tree: Tree):
    name = "un2/default/" + "a-very-long-name-" * 10
    tree.document(f"{name}/c", messages=exchange("q", "a"))
    narrow = run("inspect", "--root", tree.root)
    assert name not in narrow.stdout
    piped = run("inspect", "--root", tree.root, environment={"COLUMNS": ""})
    assert f"│ {name} │" in piped.stdout
    assert max(map(len, piped.stdout.splitlines())) < 300


def test_names_never_reach_the_terminal_as_commands(tree: Tree, tmp_path: Path):
    """Neither Rich markup nor control characters in a name are more than a name."""
    for name in ("[red]x", "[b]", ":smile:", "esc\x1b[31m", "new\nline"):
        tree.put(f"un2/default/collections/{name}/{name}.json", "{")
    for command in (["inspect"], ["export", tmp_path / "x", "--allow-empty"]):
        done = run(*command, "--root", tree.root)
        assert (done.returncode, done.stderr) == (0, "")
        assert "\x1b" not in done.stdout
        for shown in ("[red]x", "[b]", ":smile:", "esc\\x1b[31m", "new\\nline"):
            assert f"un2/default/{shown}/{shown}" in done.stdout


def test_what_a_data_folder_says_is_one_line_without_commands(tree: Tree, tmp_path: Path):
    step = {"Insert": {"collection": "c\x1b[2J", "id": "a\nb"}}
    tree.put("un2/default/wal/w\x1b[31m.json", {"operations": [step]})
    tree.conversation("c", *exchange("q", "a", rating=5))
    (tree.root / "un2/l\x1b[31mk").symlink_to(tree.root)
    left_out = (
        "Nothing was read from un2/l\\x1b[31mk: symbolic links are not followed, "
        "nor folders whose names are no Unicode text."
    )
    inspected = run("inspect", "--root", tree.root).stdout.splitlines()
    assert inspected[-2:] == [
        "Unfinished transaction of the application: un2/default/wal/w\\x1b[31m.json",
        left_out,
    ]
    exported = run("export", tmp_path / "x.jsonl", "--root", tree.root).stdout.splitlines()
    assert exported[-5:-3] == [
        "The application left the transaction un2/default/wal/w\\x1b[31m.json unfinished; its "
        "documents may be half-changed: c\\x1b[2J/a\\nb.",
        left_out,
    ]


def test_strata_hold_no_commands(tree: Tree, tmp_path: Path):
    for number in range(8):
        turns = exchange(f"question {number}", f"answer {number}", rating=5)
        tree.put(f"un2/default/collections/s\x1b[31m/{number}.json", {"messages": turns})
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('[output]\nstratify = ["source"]\nval_fraction = 0.5\n', "utf-8")
    done = run("export", tmp_path / "x", "--root", tree.root, "--recipe", recipe)
    assert (done.returncode, done.stderr) == (0, "")
    assert "un2/default/s\\x1b[31m" in done.stdout
    assert "\x1b" not in done.stdout


def test_errors_hold_no_commands(tree: Tree, tmp_path: Path):
    tree.conversation("c", *exchange("q", "a"))
    (tree.root / "un2").rename(tree.root / "u\x1b[31mn")
    done = run("export", tmp_path / "x", "--root", tree.root, "--space", "un2")
    assert done.stderr.splitlines()[-1] == "Spaces there: u\\x1b[31mn."


def test_inspect(tree: Tree, root: Path):
    tree.put("un2/default/collections/conversations/broken.json", "{")
    tree.put("un2/default/wal/1.json", {"operations": []})
    done = run("inspect", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-3:] == [
        "Ratings in the data: 5★ 1; given in this application: 0",
        "Unfinished transaction of the application: un2/default/wal/1.json",
        "  un2/default/conversations/broken: Damaged JSON (line 1, column 2)",
    ]
    os.mkfifo(tree.root / "un2/default/collections/conversations/pipe.json")
    with (tree.root / "un2/default/collections/conversations/huge.json").open("wb") as huge:
        huge.truncate(100_000_000)
    french = run("inspect", "--root", root, environment={"RAISE_LANG": "fr"}).stdout
    assert french.splitlines()[-3:] == [
        "  un2/default/conversations/broken\u00a0: JSON endommagé (ligne 1, colonne 2)",
        "  un2/default/conversations/huge\u00a0: Trop volumineux (100\u202f000\u202f000 octets)",
        "  un2/default/conversations/pipe\u00a0: Illisibles (ce n’est pas un fichier ordinaire)",
    ]
    for name in ("pipe", "huge"):
        (tree.root / f"un2/default/collections/conversations/{name}.json").unlink()
    summary = orjson.loads(run("inspect", "--root", root, "--json").stdout)
    assert summary["root"] == str(root)
    assert summary["folders"] == [
        {
            "name": "un2/default/conversations",
            "documents": 2,
            "answers": 1,
            "rated_answers": 1,
            "kinds": {"conversation": 1, "problem": 1},
        }
    ]


def test_inspect_changes_nothing(root: Path):
    before = snapshot(root)
    run("inspect", "--root", root)
    assert snapshot(root) == before
