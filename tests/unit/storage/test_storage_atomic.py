import errno
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from domains.limits import limited
from raise_finetune.errors import BadInputError, FailedError
from raise_finetune.messages import Phrase
from raise_finetune.storage.atomic import (
    as_raise_error,
    make_folders,
    publish,
    sync_file,
    write_file,
)
from raise_finetune.storage.exchange import replace_folder


def test_the_order_that_survives_a_power_cut(tmp_path: Path, calls: list[str]):
    target = tmp_path / "folder/a.json"
    make_folders(target.parent)
    write_file(target, b"new", tmp_path / "folder/a.tmp")
    assert calls == [
        f"fsync folder {tmp_path.name}",
        "fsync file a.tmp",
        "rename a.tmp a.json",
        "fsync folder folder",
    ]
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["a.json"]


def test_a_folder_is_published_too(tmp_path: Path, calls: list[str]):
    (tmp_path / "staged").mkdir()
    (tmp_path / "staged/data").write_bytes(b"1")
    sync_file(tmp_path / "staged/data")
    publish(tmp_path / "staged", tmp_path / "final")
    assert (tmp_path / "final/data").read_bytes() == b"1"
    assert calls == ["fsync file data", "rename staged final", f"fsync folder {tmp_path.name}"]


def test_folders_that_exist_are_left_alone(tmp_path: Path, calls: list[str]):
    make_folders(tmp_path)
    assert calls == []
    make_folders(tmp_path / "a/b")
    assert calls == [f"fsync folder {tmp_path.name}", "fsync folder a"]


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()])
def test_a_fault_leaves_the_old_file_and_no_temporary_one(
    tmp_path: Path, fault: BaseException, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def fails(_descriptor: int) -> None:
        raise fault

    monkeypatch.setattr(os, "fsync", fails)
    expected = FailedError if isinstance(fault, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_file(target, b"new", tmp_path / "a.tmp")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_file_that_may_not_grow(tmp_path: Path):
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    with limited(resource.RLIMIT_FSIZE, 1000), pytest.raises(FailedError) as caught:
        write_file(target, b"x" * 5000, tmp_path / "a.tmp")
    assert caught.value.code == "write_failed"
    assert caught.value.params == {"path": str(target), "reason": Phrase("system.EFBIG", {})}
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_in_place_of_the_temporary_file_stays(tmp_path: Path):
    (tmp_path / "a.tmp").mkdir()
    with pytest.raises(FailedError):
        write_file(tmp_path / "a.json", b"new", tmp_path / "a.tmp")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tmp"]


@pytest.mark.parametrize(
    ("number", "expected", "code"),
    [
        (errno.EACCES, BadInputError, "not_writable"),
        (errno.EPERM, BadInputError, "not_writable"),
        (errno.EROFS, BadInputError, "not_writable"),
        (errno.ENOSPC, FailedError, "disk_full"),
        (errno.EDQUOT, FailedError, "disk_full"),
        (errno.EIO, FailedError, "write_failed"),
    ],
)
def test_what_the_user_is_told(number: int, expected: type[Exception], code: str):
    error = as_raise_error(OSError(number, os.strerror(number)), "/data/a.json")
    assert type(error) is expected
    assert error.code == code
    for language in ("fr", "en"):
        assert "/data/a.json" in error.message(language)
        assert error.hint(language)


WRITER = """
import sys
from pathlib import Path
from raise_finetune.storage.atomic import write_file
target = Path(sys.argv[1])
print("ready", flush=True)
for number in range(10**9):
    write_file(target, str(number % 10).encode() * 200_000, target.with_suffix(".tmp"))
"""


def test_killed_at_any_moment_the_file_is_whole(tmp_path: Path):
    target = tmp_path / "a.json"
    write_file(target, b"x" * 200_000, tmp_path / "a.tmp")
    for delay in (0.0, 0.003, 0.007, 0.013, 0.029):
        with started(WRITER, str(target)) as process:
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
        content = target.read_bytes()
        assert len(content) == 200_000
        assert len(set(content)) == 1


CONTESTANT = """
import sys
from pathlib import Path
from raise_finetune.storage.atomic import write_file
print("ready", flush=True)
sys.stdin.readline()
for _ in range(150):
    write_file(Path(sys.argv[1]), sys.argv[2].encode() * 100_000)
print("done", flush=True)
"""


def test_of_two_writers_at_once_neither_spoils_the_other(tmp_path: Path):
    target = tmp_path / "a.json"
    write_file(target, b"x" * 100_000)
    seen: set[bytes] = set()
    with (
        started(CONTESTANT, str(target), "a") as first,
        started(CONTESTANT, str(target), "b") as second,
    ):
        for process in (first, second):
            assert process.stdin is not None
            process.stdin.write(b"\n")
            process.stdin.flush()
        while first.poll() is None or second.poll() is None:
            seen.add(target.read_bytes())
    assert (first.returncode, second.returncode) == (0, 0)
    assert seen <= {letter * 100_000 for letter in (b"x", b"a", b"b")}
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_what_a_killed_writer_left_goes_when_it_is_old(tmp_path: Path):
    write_file(tmp_path / "a.json", b"old")
    left = [tmp_path / f".raise-{number:016x}.tmp" for number in range(2)]
    foreign = tmp_path / ".raise-mine.tmp"
    for path in (*left, foreign):
        path.write_bytes(b"half")
    for path in (left[0], foreign):
        os.utime(path, (0, time.time() - 3700))
    write_file(tmp_path / "b.json", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["a.json", "b.json", left[1].name, foreign.name]
    )


def test_a_name_as_long_as_names_may_be(tmp_path: Path):
    target = tmp_path / ("é" * 125 + ".json")
    write_file(target, b"new")
    assert target.read_bytes() == b"new"


def started(code: str, *arguments: str) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def test_a_folder_that_takes_anothers_place_is_whole_on_the_disk_before(
    tmp_path: Path, calls: list[str]
):
    for name in ("fresh/a", "fresh/b", "fresh/inner/c", "target/old"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"1")
    replace_folder(tmp_path / "fresh", tmp_path / "target")
    assert sorted(calls[:3]) == ["fsync file a", "fsync file b", "fsync folder fresh"]
    assert calls[3:] == [
        "fsync file c",
        "fsync folder inner",
        f"fsync folder {tmp_path.name}",
    ]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "c", "inner", "target"]
