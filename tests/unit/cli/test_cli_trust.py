"""``verify``, ``diff``, ``explain`` and ``forget`` as processes."""

import os
import shutil
from pathlib import Path

import orjson
import pytest

from domains.process import complaint, run
from domains.tree import Tree, exchange
from raise_finetune.commands.dataset_words import flaw_line
from raise_finetune.dataset.verification import Flaw

C = "un2/default/conversations/c"


@pytest.fixture
def root(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAISE_LANG", "en")
    tree.conversation("c", *exchange("q1", "a1", rating=5), *exchange("q2", "a2", rating=4))
    return tree.root


def export(root: Path, target: Path, *options: str) -> Path:
    done = run("export", target, "--root", root, "--val-fraction", "0", *options)
    assert done.returncode == 0, done.stderr
    return target


def test_verify(root: Path, tmp_path: Path):
    dataset = export(root, tmp_path / "x")
    done = run("verify", dataset, "--rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "✓ Manifest",
        "✓ Files unchanged",
        "✓ A record for every row",
        "✓ Lines that every loader reads alike",
        "✓ Each row a whole rendering of the profile",
        "✓ No control token in anybody’s text",
        "– No leak between the splits: not checked, since there is one split only",
        "✓ Sensitive data masked",
        "✓ The same bytes when made again",
        f"{dataset} is as it was exported (2 rows).",
    ]
    (dataset / "data/train.jsonl").write_bytes(b"{}\n")
    done = run("verify", dataset)
    assert (done.returncode, done.stderr) == (1, "")
    assert "    data/train.jsonl has other bytes than the manifest says" in done.stdout.splitlines()
    done = run("verify", dataset, "--json")
    assert done.returncode == 1
    assert orjson.loads(done.stdout)["passed"] is False
    done = run("verify", tmp_path / "none")
    assert done.returncode == 2
    assert complaint(done) == f"There is nothing at {tmp_path / 'none'}."


@pytest.mark.parametrize("part", ["data/train.jsonl", "data", ".raise"])
def test_who_names_a_part_of_a_dataset_hears_the_whole(root: Path, tmp_path: Path, part: str):
    dataset = export(root, tmp_path / "x")
    done = run("verify", dataset / part)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"Error: {dataset / part} is only a part of a dataset.",
        f"Name the whole dataset: {dataset}",
    ]


def test_diff(root: Path, tmp_path: Path):
    old = export(root, tmp_path / "old", "--min-rating", "5")
    new = export(root, tmp_path / "new")
    done = run("diff", old, new)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{old} → {new}",
        "Recipe: rating.minimum was 5.0, is 4.0",
        "The data that was read is the same.",
        "Rows added: 1",
        "  Rated too low before: 1",
        f"    train:2  {C}#3: Rated too low before",
        "Unchanged: 1",
    ]
    assert orjson.loads(run("diff", old, new, "--json").stdout)["added"]["count"] == 1
    file = export(root, tmp_path / "new.jsonl")
    assert run("diff", new, file).stdout.splitlines() == [
        f"{new} → {file}",
        "The data that was read is the same.",
        "One of them is a single file, which has no splits: only the rows are compared.",
        "Unchanged: 2",
    ]


def test_a_flaw_names_its_row_as_people_count():
    flaw = Flaw(code="not_an_object", file="data/train.jsonl", row_index=0)
    assert flaw_line(flaw, "en") == "data/train.jsonl, row 1: not a JSON object"


def test_explain(root: Path, tmp_path: Path):
    dataset = export(root, tmp_path / "x.jsonl")
    done = run("explain", dataset, "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Row all:2 of {dataset}",
        f"Record: {C}#3",
        "Source: “c”, —",
        "Why it is there:",
        "  - rated 4, and the recipe asks for 4 or more",
        "No sensitive data was masked in it.",
        "",
        "[question]",
        "q1",
        "",
        "[answer]",
        "a1",
        "",
        "[question]",
        "q2",
        "",
        "[answer]",
        "a2",
    ]
    explained = orjson.loads(run("explain", dataset, "2", "--json").stdout)
    assert (explained["record"], explained["row_index"]) == (f"{C}#3", 1)
    assert run("explain", dataset, "3").returncode == 2


def test_what_somebody_wrote_is_no_command_to_the_terminal(tree: Tree, tmp_path: Path):
    tree.conversation("c", *exchange("Was\x1b[2J\nthat\tall?", "\x9b1mYes\r, it was.", rating=5))
    dataset = export(tree.root, tmp_path / "x")
    shown = run("explain", dataset, "1").stdout
    assert shown.endswith(
        "\n[question]\nWas\\x1b[2J\nthat\tall?\n\n[answer]\n\\x9b1mYes\\r, it was.\n"
    )


def test_forget(root: Path, tmp_path: Path):
    dataset = export(root, tmp_path / "x")
    before = (dataset / "data/train.jsonl").read_bytes()
    done = run("forget", f"{C}#1", "--root", root)
    assert (done.returncode, done.stderr) == (2, "")  # nobody was there to say yes
    assert done.stdout.splitlines() == [
        "No export will hold again:",
        f"  - {C}#1",
        "These datasets would be made again, by their own recipe, of the data as it is now:",
        f"  - {dataset}: 1 row; 1 more of the same conversation",
        "Nothing was changed; --yes does it without asking.",
    ]
    done = run("forget", f"{C}#1", "--root", root, "--json")
    assert (done.returncode, orjson.loads(done.stdout)["done"]) == (2, False)
    assert (dataset / "data/train.jsonl").read_bytes() == before
    done = run("forget", f"{C}#1", "--root", root, "--yes")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == f"{dataset}: 2 rows before, 1 now"
    assert b"a1" not in (dataset / "data/train.jsonl").read_bytes()
    (dataset / "mine").write_bytes(b"")
    done = run("forget", C, "--root", root, "--yes", "--json")
    assert done.returncode == 1
    assert list(orjson.loads(done.stdout)["failed"]) == [str(dataset)]
    done = run("forget", C, "--root", root, "--undo")
    assert done.stdout == f"The next exports may hold {C} again.\n"
    done = run("forget", C, "--root", root, "--undo", "--json")
    assert orjson.loads(done.stdout) == {"record": C, "was_forgotten": False}


def test_forget_names_a_file_of_which_nothing_is_known_any_more(root: Path, tmp_path: Path):
    file = export(root, tmp_path / "x.jsonl")
    shutil.rmtree(Path(os.environ["XDG_STATE_HOME"]) / "raise-finetune/files")
    shown = run("forget", f"{C}#1", "--root", root).stdout.splitlines()
    assert shown[2:] == [
        "No known dataset holds it.",
        f"{file} cannot be searched: it was changed or damaged since its export, or this machine "
        "no longer knows what it holds. Look into it yourself.",
        "Nothing was changed; --yes does it without asking.",
    ]
