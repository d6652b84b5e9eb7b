"""Standard streams that are closed or full: the exit code says what was done, and no traceback."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import orjson
import pytest

from domains.process import COMMAND, complaint, run
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


def test_a_shell_in_a_folder_that_is_gone(root: Path, tmp_path: Path):
    gone = tmp_path / "gone"
    gone.mkdir()

    def stand_there() -> None:
        os.chdir(gone)
        gone.rmdir()

    done = run("verify", ".", before=stand_there)
    assert done.returncode == 1
    assert complaint(done) == "The folder that you are in is no longer there."
    gone.mkdir()
    done = run("export", tmp_path / "x.jsonl", "--root", root, before=stand_there)
    assert (done.returncode, done.stderr) == (0, "")


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


def without_a_reader(
    *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as ``| head -0`` does, which has gone before the first line."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [COMMAND, *arguments],
            stdout=writer,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            check=False,
            text=True,
        )
    finally:
        os.close(writer)


@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_a_reader_that_has_gone_is_no_failure(
    root: Path, tmp_path: Path, environment: dict[str, str]
):
    for arguments in (
        ["export", tmp_path / "x", "--root", root],
        ["export", tmp_path / "y", "--root", root, "--json"],
        ["verify", tmp_path / "x"],
        ["inspect", "--root", root],
        ["inspect", "--root", root, "--json"],
        ["recipe"],
        ["--version"],
        ["-h"],
    ):
        done = without_a_reader(*arguments, environment=environment)
        assert (done.returncode, done.stderr) == (0, "")
    assert run("verify", tmp_path / "y").returncode == 0


def test_a_failure_is_one_though_nobody_reads_of_it(root: Path, tmp_path: Path):
    run("export", tmp_path / "x", "--root", root)
    next((tmp_path / "x/data").iterdir()).write_bytes(b"")
    for arguments, code in (
        (["verify", tmp_path / "x"], 1),
        (["verify", tmp_path / "x", "--json"], 1),
        (["inspect", "--root", tmp_path / "none"], 2),
        (["nope"], 2),
    ):
        assert without_a_reader(*arguments).returncode == code


@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_what_is_read_before_the_reader_goes_is_whole(environment: dict[str, str]):
    whole = run("recipe", environment=environment).stdout
    with subprocess.Popen(
        [COMMAND, "recipe"],
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == whole.splitlines(keepends=True)[0]
        process.stdout.close()
        assert process.wait() == 0


def test_a_reader_that_has_had_enough():
    with subprocess.Popen(
        [COMMAND, "recipe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("arguments", [["recipe"], ["inspect"], ["inspect", "--json"]])
def test_standard_output_on_a_full_disk(root: Path, arguments: list[str]):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PATH_RAISE_DOMAIN": str(root)},
            check=False,
        )
    assert done.returncode == 1
    assert (
        done.stderr.decode().splitlines()[0] == "Error: The disk is full: stdout was not written."
    )


def test_a_terminal_without_accents(tree: Tree):
    tree.document("un2/default/données/é", name="É", description="é")
    poor = {"PYTHONIOENCODING": "ascii", "RAISE_LANG": "fr"}
    done = run("inspect", "--root", tree.root, environment=poor)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Dossier de donn?es ")
    done = run("inspect", "--root", tree.root, "--json", environment=poor)
    assert orjson.loads(done.stdout)["folders"][0]["name"] == "un2/default/données"
