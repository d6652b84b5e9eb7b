"""Standard streams that are closed or full: the exit code says what was done, and no traceback."""

import os
import subprocess
from pathlib import Path

import pytest

from domains.process import COMMAND, run
from domains.tree import Tree, exchange


@pytest.fixture
def root(tree: Tree) -> Path:
    tree.conversation("c", *exchange("q", "a", rating=5))
    return tree.root


def without(descriptor: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as ``>&-`` and its like do."""
    return run(*arguments, before=lambda: os.close(descriptor))


def test_closed_standard_output(root: Path, tmp_path: Path):
    for arguments in (
        ["inspect", "--root", root],
        ["inspect", "--root", root, "--json"],
        ["export", tmp_path / "x", "--root", root],
        ["verify", tmp_path / "x"],
        ["recipe"],
        ["--version"],
        ["-h"],
    ):
        done = without(1, *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "x/data").is_dir()


def test_closed_standard_error(root: Path):
    assert without(2, "inspect", "--root", root).returncode == 0
    done = without(2, "inspect", "--root", root / "nothing")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


def test_closed_standard_input_is_nobody_who_agrees(root: Path):
    done = without(0, "forget", "un2/default/conversations/c", "--root", root)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.endswith("Nothing was changed; --yes does it without asking.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("arguments", "code"), [(["-h"], 1), (["--version"], 1), (["export", "-h"], 1), (["nope"], 2)]
)
def test_full_streams(arguments: list[str], code: int):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
        assert done.returncode == code
        sentence = done.stderr.splitlines()[0]
        assert (
            sentence
            == {
                1: "Error: The disk is full: stdout was not written.",
                2: "Error: There is no command “nope”.",
            }[code]
        )
        done = subprocess.run([COMMAND, *arguments], stdout=full, stderr=full, check=False)
        assert done.returncode == code
