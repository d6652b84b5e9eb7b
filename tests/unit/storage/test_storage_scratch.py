"""Scratch folders are private, gone afterwards, and gone after a kill once another is needed."""

import errno
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

from raise_finetune.storage.scratch import scratch_folder

_HOLDING = """
import sys
from pathlib import Path
from raise_finetune.storage.scratch import scratch_folder
beside = Path(sys.argv[2]) if sys.argv[2] else None
import tempfile
tempfile.tempdir = sys.argv[1]
with scratch_folder(beside) as folder:
    (folder / "rows").write_text("private")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def holder(temporary: Path, beside: Path | None = None) -> "tuple[subprocess.Popen[str], Path]":
    """Start a process that holds a scratch folder until it is killed or its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDING, str(temporary), str(beside or "")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_it_is_private_empty_and_gone_afterwards(temporary: Path):
    with scratch_folder() as folder:
        assert list(folder.iterdir()) == []
        (held,) = temporary.iterdir()
        assert held in folder.parents
        assert held.stat().st_mode & 0o777 == 0o700
        (folder / "x").touch()
    assert list(temporary.iterdir()) == []


def test_it_is_gone_after_a_failure(temporary: Path):
    with pytest.raises(KeyboardInterrupt), scratch_folder():
        raise KeyboardInterrupt
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("is_beside", [False, True])
def test_what_a_killed_process_left_goes_with_the_next_one_and_what_lives_stays(
    temporary: Path, tmp_path: Path, is_beside: bool
):
    beside = tmp_path / "model.gguf" if is_beside else None
    (living, stays), (killed, goes) = holder(temporary, beside), holder(temporary, beside)
    killed.kill()
    killed.communicate()
    assert (goes / "rows").read_text() == "private"
    with scratch_folder(beside):
        assert not goes.parent.exists()
        assert (stays / "rows").read_text() == "private"
    living.communicate()
    assert living.returncode == 0
    assert [*temporary.iterdir(), *tmp_path.iterdir()] == [temporary]


def test_nothing_is_left_where_it_cannot_be_locked(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_lock: FileLock) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileLock, "acquire", full)
    with pytest.raises(OSError, match="No space left"), scratch_folder():
        pytest.fail("made one")
    assert list(temporary.iterdir()) == []


def test_it_makes_a_file_ready_beside_its_target(tmp_path: Path, temporary: Path):
    target = tmp_path / "model.gguf"
    target.write_text("old")
    with scratch_folder(beside=target) as folder:
        (folder / "made").write_text("new")
        (folder / "made").replace(target)
    assert target.read_text() == "new"
    assert sorted(tmp_path.iterdir()) == [target, temporary]


def test_what_looks_like_one_is_left_alone(temporary: Path, tmp_path: Path):
    strangers = tmp_path / "strangers"
    strangers.mkdir()
    (strangers / "lock").touch()
    (temporary / "raise-finetune-work-link").symlink_to(strangers)
    (temporary / "raise-finetune-work-none").mkdir()
    (temporary / "raise-finetune-work-file").touch()
    before = sorted(temporary.iterdir())
    with scratch_folder():
        pass
    assert sorted(temporary.iterdir()) == before
    assert (strangers / "lock").exists()


@pytest.mark.parametrize("beside", [False, True])
def test_a_full_disk_is_told_with_its_place(beside: bool, temporary: Path, tmp_path: Path):
    target = tmp_path / "model.gguf" if beside else None
    with (
        pytest.raises(OSError, match="No space left on device") as caught,
        scratch_folder(target),
        Path("/dev/full").open("wb", buffering=0) as file,
    ):
        file.write(b"x")
    assert caught.value.errno == errno.ENOSPC
    assert caught.value.filename == str(tmp_path if beside else temporary)
    assert list(temporary.iterdir()) == []
    assert list(tmp_path.iterdir()) == [temporary]
