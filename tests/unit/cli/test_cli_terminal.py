"""What a person at a terminal sees, where the command knows that somebody looks."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from domains.process import COMMAND, run
from domains.tree import Tree, exchange

COLUMNS = 80
_CONTROL = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]")


def seen(
    *arguments: str | Path,
    command: str | Path = COMMAND,
    typed: str = "",
    **environment: str,
) -> tuple[int, str]:
    """Run the command where ``typed`` is typed; return its exit code and all that was shown."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    settings = {**os.environ, "TERM": "xterm-256color", **environment}
    settings.pop("COLUMNS", None)
    process = subprocess.Popen(
        [command, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=settings
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = bytearray()
    try:
        while block := os.read(ours, 65_536):
            shown += block
    except OSError:  # how Linux says that nobody holds the other end any more
        pass
    os.close(ours)
    return process.wait(60), shown.decode()


def words(shown: str) -> str:
    return _CONTROL.sub("", shown).replace("\r", "\n")


@pytest.fixture
def root(tree: Tree) -> Path:
    for name in ("c", "d", "e"):
        tree.conversation(name, *exchange(f"What is {name}?", f"It is the {name}.", rating=5))
    return tree.root


@pytest.mark.parametrize(
    ("language", "stages"),
    [
        ("en", ("Reading", "Looking for duplicates", "Writing")),
        ("fr", ("Lecture", "Recherche des doublons", "Écriture")),
    ],
)
def test_an_export_shows_each_of_its_stages(
    root: Path, tmp_path: Path, language: str, stages: tuple[str, ...]
):
    code, shown = seen("export", tmp_path / "x", "--root", root, RAISE_LANG=language)
    assert code == 0, shown
    assert "Traceback" not in shown
    for stage in stages:
        assert f"{stage} ━" in words(shown)
    assert (tmp_path / "x/data/train.jsonl").is_file()


def test_what_is_counted_stands_on_a_line_that_goes():
    program = (
        "from raise_finetune.cli.console import counter\n"
        "with counter('cli.compare.scoring', shown=True) as count:\n"
        "    count(1, 20)\n"
        "    count(20, 20)\n"
    )
    code, shown = seen("-c", program, command=sys.executable, RAISE_LANG="en")
    clear = "\r\x1b[K"
    assert (code, shown) == (0, f"{clear}Loss: row 1 of 20{clear}Loss: row 20 of 20{clear}")


def test_a_narrow_terminal_cuts_no_word_off(root: Path):
    done = run("inspect", "--root", root, environment={"COLUMNS": "60"})
    assert "…" not in done.stdout


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a training run, as far as the command line knows one."""
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "datasets"))
    folder = tmp_path / "datasets/runs/first"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text("{}")
    return folder


@pytest.mark.parametrize(
    ("typed", "language", "is_done"),
    [
        ("y\n", "en", True),
        ("YES\n", "en", True),
        ("oui\n", "fr", True),
        ("o\n", "fr", True),
        ("peut-être\no\n", "fr", True),
        ("\n", "fr", False),
        ("n\n", "en", False),
        ("what?\nno\n", "en", False),
    ],
)
def test_a_run_goes_only_where_the_answer_is_yes(
    trained: Path, typed: str, language: str, is_done: bool
):
    code, shown = seen("runs", "delete", "first", typed=typed, RAISE_LANG=language)
    asked = {
        "en": "Remove this run for good, with its checkpoints and its adapter? [y/N] ",
        "fr": "Supprimer définitivement cet entraînement, avec ses points de reprise et son "
        "adaptateur\u00a0? [o/N] ",
    }[language]
    done = {"en": "Run first deleted", "fr": "Entraînement first supprimé"}[language]
    kept = {
        "en": "Nothing was removed; --yes does it without asking.",
        "fr": "Rien n’a été supprimé\u00a0; --yes le fait sans demander.",
    }[language]
    assert code == 0
    assert shown.count(asked) == typed.count("\n")
    assert shown.splitlines()[-1].endswith(done if is_done else kept)
    assert trained.exists() is not is_done


def test_the_end_of_the_answers_is_no_yes(trained: Path):
    code, shown = seen("runs", "delete", "first", typed="\x04", RAISE_LANG="en")
    assert code == 130
    assert shown.splitlines()[-2:] == ["Error: Stopped at your request.", "Nothing was changed."]
    assert trained.exists()
