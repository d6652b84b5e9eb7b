"""What differs on Windows, as far as it can be tried elsewhere."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from domains.process import python_path, run
from domains.tree import Tree, files_of, snapshot
from domains.tree import exchange as conversation
from raise_finetune import child_process
from raise_finetune.commands.file_manager import show
from raise_finetune.dataset.output import resolve_target
from raise_finetune.errors import BadInputError
from raise_finetune.storage import atomic, exchange, layout
from raise_finetune.storage.atomic import write_file
from raise_finetune.storage.exchange import replace_folder
from raise_finetune.storage.layout import check_id, check_name
from raise_finetune.training import process

DEVICES = ("CON", "prn", "Aux", "NUL", "com1", "COM0", "lpt9", "COM²", "CONIN$", "conout$")


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_ON_WINDOWS", True)


# Names


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize("document_id", ["urn:uuid:1", "NUL", "nul.1", "com1", "a:b"])
def test_ids_that_would_not_become_a_file_of_their_own(document_id: str):
    with pytest.raises(BadInputError) as caught:
        check_id(document_id)
    assert caught.value.code == "invalid_id"
    assert caught.value.params == {"id": document_id}


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize("document_id", ["a", "console", "COM10", "null", "a..", "1.NUL", "un2"])
def test_ids_that_do(document_id: str):
    assert check_id(document_id) == document_id


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize(
    "name",
    [*DEVICES, "NUL.txt", "nul .txt", "C:", "d:x", "a:b", "a.", "a ", "a?", "a*", "a|b", '"', "<"],
)
def test_names_that_mean_something_else_or_lose_their_end(name: str):
    with pytest.raises(BadInputError) as caught:
        check_name(name)
    assert caught.value.code == "invalid_name"


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize("name", ["un2", "exigences système", "a.b", "contact", "com", "prn-1"])
def test_names_of_folders(name: str):
    assert check_name(name) == name


def test_elsewhere_all_of_them_are_names_like_others():
    for name in (*DEVICES, "a:b", "a.", "a "):
        assert check_name(name) == name
    assert check_id("urn:uuid:1") == "urn:uuid:1"


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize("name", ["nul.jsonl", "a:b", "set.", "aux/set"])
def test_an_export_goes_to_no_device(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "datasets"))
    with pytest.raises(BadInputError) as caught:
        resolve_target(name, tmp_path / "domain")
    assert caught.value.code == "output_path_unusable"
    assert not (tmp_path / "datasets").exists()


# Files that somebody has open


def test_a_file_that_somebody_reads_is_replaced_when_they_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    refusals = [PermissionError(errno.EACCES, "open")] * 3
    replace = Path.replace

    def replace_there(path: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return replace(path, target)

    monkeypatch.setattr(atomic, "_ATTEMPTS", 4)
    monkeypatch.setattr(atomic, "_PAUSE", 0)
    monkeypatch.setattr(Path, "replace", replace_there)
    write_file(tmp_path / "a", b"new")
    assert snapshot(tmp_path) == {"a": b"new"}

    refusals += [PermissionError(errno.EACCES, "open")] * 4
    with pytest.raises(BadInputError) as caught:
        write_file(tmp_path / "a", b"newer")
    assert caught.value.code == "not_writable"
    assert (refusals, snapshot(tmp_path)) == ([], {"a": b"new"})


@pytest.fixture
def no_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_one: Path, _other: Path) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(exchange, "exchange_folders", refuse)


def two_folders(tmp_path: Path) -> tuple[Path, Path]:
    fresh, target = tmp_path / ".adapter", tmp_path / "adapter"
    for folder, content in ((fresh, b"new"), (target, b"old")):
        folder.mkdir()
        (folder / "weights").write_bytes(content)
    return fresh, target


@pytest.mark.usefixtures("no_swap")
def test_a_folder_takes_anothers_place_where_none_can_be_swapped(tmp_path: Path):
    fresh, target = two_folders(tmp_path)
    (tmp_path / ".adapter-previous").mkdir()  # what a killed one left
    replace_folder(fresh, target)
    assert snapshot(tmp_path) == {"adapter/weights": b"new"}


@pytest.mark.usefixtures("no_swap")
@pytest.mark.parametrize("refused", ["adapter", ".adapter"])
def test_a_folder_of_which_a_file_is_open_stays(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fresh, target = two_folders(tmp_path)
    rename = Path.rename

    def rename_there(path: Path, goal: Path) -> Path:
        if path.name == refused:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return rename(path, goal)

    monkeypatch.setattr(Path, "rename", rename_there)
    with pytest.raises(PermissionError):
        replace_folder(fresh, target)
    assert snapshot(tmp_path) == {"adapter/weights": b"old", ".adapter/weights": b"new"}


def test_lines_of_events_end_as_they_are_written():
    code = (
        "import os\n"
        "os.O_BINARY = os.O_SYNC\n"
        "from raise_finetune.training import events\n"
        "from raise_finetune.storage import atomic\n"
        "assert events._APPEND & atomic._CREATE & os.O_BINARY == os.O_BINARY\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Programs


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"C:\py\raise-trainer.exe", [r"C:\py\raise-trainer.exe"]),
        (r'"C:\my py\python.exe" -m  trainer', [r"C:\my py\python.exe", "-m", "trainer"]),
    ],
)
def test_the_command_of_a_trainer_elsewhere_keeps_its_backslashes(
    written: str, words: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_TRAINER", written)
    monkeypatch.setattr(process, "_ON_WINDOWS", True)
    assert process._trainer() == words  # pyright: ignore[reportPrivateUsage]


def test_the_explorer_is_given_the_path_as_a_word_of_its_own(monkeypatch: pytest.MonkeyPatch):
    asked: list[list[str]] = []

    class Process:
        def __init__(self, command: list[str], **_options: Any) -> None:
            asked.append(command)

        def wait(self, _patience: float = 0) -> int:
            return 1  # as the Explorer does after having shown it

    monkeypatch.setattr(subprocess, "Popen", Process)
    monkeypatch.setattr(sys, "platform", "win32")
    show(Path("my data") / "set")
    assert asked == [["explorer", "/select,", str(Path("my data") / "set")]]


def test_a_child_opens_no_console(monkeypatch: pytest.MonkeyPatch):
    given: list[int] = []
    popen = subprocess.Popen

    def start(*arguments: Any, creationflags: int, **options: Any) -> Any:
        given.append(creationflags)
        return popen(*arguments, **options)

    monkeypatch.setattr(child_process, "_NO_CONSOLE", 0x08000000)
    monkeypatch.setattr(subprocess, "Popen", start)
    child = child_process.ChildProcess[bytes]("this", read=list)
    assert (child.close(patience=30), given) == (0, [0x08000000])


# The whole program, by what it finds there


def run_there(*arguments: str | Path) -> list[str]:
    return python_there("-m", "domains.like_windows", *arguments)


def python_there(*arguments: str | Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **python_path()},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_an_export_is_made_replaced_and_verified_there_with_the_bytes_of_here(tmp_path: Path):
    domain = tmp_path / "domain"
    run_there("demo", domain, "--conversations", "20")
    for target in ("set", "set", "one.jsonl", "one.jsonl"):
        run_there("export", tmp_path / target, "--root", domain, "--json")
    made_there = files_of(tmp_path / "set/data")
    assert run_there("verify", tmp_path / "set")[-1].startswith(str(tmp_path / "set"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["domain", "one.jsonl", "set"]
    assert run("export", tmp_path / "here", "--root", domain).returncode == 0
    assert files_of(tmp_path / "here/data") == made_there


_STOPPED = """
import itertools, os, sys, tempfile
from pathlib import Path
from domains.like_windows import pretend
pretend()
from raise_finetune.dataset.browsing.near_preview import preview_near_duplicates
from raise_finetune.dataset.browsing.preview import preview_export
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.errors import CancelledError
from raise_finetune.storage.engine import StorageEngine
home = Path(sys.argv[1])
tempfile.tempdir = str(home / 'temporary')
recipe, engine = ExportRecipe(), StorageEngine(home / 'domain')
ways = (
    lambda stop: export_dataset(recipe, home / 'a.jsonl', root=engine.root, cancel=stop),
    lambda stop: export_dataset(recipe, home / 'a', root=engine.root, cancel=stop),
    lambda stop: preview_export(engine, recipe, 5, Pulse(None, stop)),
    lambda stop: preview_near_duplicates(engine, recipe, 5, Pulse(None, stop)),
)
for way in ways:
    for moment in itertools.count(1):
        asked = itertools.count(1)
        try:
            way(lambda: next(asked) == moment)
            break
        except CancelledError:
            print(*sorted(os.listdir(home)), *os.listdir(tempfile.tempdir))
"""


def test_who_stops_at_any_moment_leaves_nothing_open_and_nothing_behind(tmp_path: Path):
    tree = Tree(tmp_path / "domain")
    for number in range(3):
        tree.conversation(f"c{number}", *conversation(f"Why {number}?", "Because.", rating=5))
    (tmp_path / "temporary").mkdir()
    left = python_there("-c", _STOPPED, tmp_path)
    assert set(left) == {
        "domain temporary",
        "a.jsonl domain temporary",
        "a a.jsonl domain temporary",
    }
    assert len(left) > 12


def test_every_module_can_be_loaded_there():
    """Except those that need the window or the trainer's own libraries."""
    code = (
        "import importlib, pkgutil\n"
        "from domains.like_windows import pretend\n"
        "pretend()\n"
        "import raise_finetune\n"
        "for each in pkgutil.walk_packages(raise_finetune.__path__, 'raise_finetune.'):\n"
        "    if not each.name.startswith(('raise_finetune.desktop', 'raise_finetune.trainer')):\n"
        "        importlib.import_module(each.name)\n"
    )
    assert python_there("-c", code) == []
