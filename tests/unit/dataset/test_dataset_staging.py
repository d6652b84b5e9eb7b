"""A dataset takes its target's place in one step, and leaves nothing beside it."""

import errno
import os
import shutil
import threading
from pathlib import Path

import pytest
from filelock import BaseFileLock

from domains.tree import snapshot
from raise_finetune.dataset.output import Target, TargetKind
from raise_finetune.dataset.writing import staging
from raise_finetune.dataset.writing.staging import make_room, publish, staging_folder
from raise_finetune.errors import BadInputError
from raise_finetune.storage import exchange

KINDS: list[TargetKind] = ["file", "folder"]


def target_at(folder: Path, kind: TargetKind) -> Target:
    return Target(folder / ("t.jsonl" if kind == "file" else "t"), kind)


def write(path: Path, kind: TargetKind, text: str) -> None:
    if kind == "file":
        path.write_text(text)
    else:
        (path / "data").mkdir(parents=True)
        (path / "data/train.jsonl").write_text(text)


def content(path: Path) -> str:
    return (path if path.is_file() else path / "data/train.jsonl").read_text()


def replace(target: Target, text: str) -> None:
    with staging_folder(target.path) as folder:
        made = make_room(folder, target)
        write(made, target.kind, text)
        publish(made, target)


@pytest.mark.parametrize("kind", KINDS)
def test_publishing(tmp_path: Path, kind: TargetKind):
    target = target_at(tmp_path, kind)
    for text in ("first", "second"):
        replace(target, text)
        assert content(target.path) == text
        assert list(tmp_path.iterdir()) == [target.path]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_folder_is_replaced(tmp_path: Path, kind: TargetKind):
    target = target_at(tmp_path, kind)
    if kind == "folder":
        target.path.mkdir()
    replace(target, "new")
    assert content(target.path) == "new"


@pytest.mark.parametrize("kind", KINDS)
def test_the_dataset_has_ordinary_permissions(tmp_path: Path, kind: TargetKind):
    target = target_at(tmp_path, kind)
    replace(target, "x")
    umask = os.umask(0)
    os.umask(umask)
    expected = 0o777 & ~umask if kind == "folder" else 0o666 & ~umask
    assert target.path.stat().st_mode & 0o777 == expected


def test_the_staging_folder_is_hidden_private_and_the_targets_own(tmp_path: Path):
    with staging_folder(tmp_path / "t") as one, staging_folder(tmp_path / "t.jsonl") as other:
        assert one != other
        assert one.parent == other.parent == tmp_path
        assert one.name.startswith(".export-")
        assert one.stat().st_mode & 0o777 == 0o700
        again = one
    with staging_folder(tmp_path / "t") as one:
        assert one == again


@pytest.mark.parametrize("name", ["字" * 80, "😀" * 60, "a" * 255, "." + "a" * 200])
def test_long_names(tmp_path: Path, name: str):
    replace(Target(tmp_path / name, "folder"), "x")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_nothing_is_left_after_a_failure(tmp_path: Path, error: BaseException):
    (tmp_path / "t").write_text("old")

    def fail() -> None:
        with staging_folder(tmp_path / "t") as folder:
            (folder / "made").mkdir()
            (folder / "made/x").write_text("x")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert snapshot(tmp_path) == {"t": b"old"}


def test_a_second_export_to_the_same_target_is_refused(tmp_path: Path):
    with staging_folder(tmp_path / "t") as folder:
        (folder / "x").touch()
        with pytest.raises(BadInputError) as caught, staging_folder(tmp_path / "t"):
            pass
        assert caught.value.code == "export_running"
        assert caught.value.params["path"] == tmp_path / "t"
        assert (folder / "x").exists()
    with staging_folder(tmp_path / "t"):
        pass


@pytest.mark.skipif(os.name == "nt", reason="there no open file can be removed")
def test_the_lock_goes_while_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Removed afterwards, it would go from under whoever has taken it by then."""
    release = BaseFileLock.release
    seen: list[bool] = []

    def noted(lock: BaseFileLock, *, force: bool = False) -> None:
        if lock.is_locked:
            seen.append(Path(lock.lock_file).exists())
        release(lock, force=force)

    monkeypatch.setattr(BaseFileLock, "release", noted)
    with staging_folder(tmp_path / "t"):
        pass
    assert seen == [False]


def test_of_many_at_once_one_at_a_time_has_it(tmp_path: Path):
    at_once, most, refused = 0, 0, 0
    lock = threading.Lock()
    start = threading.Barrier(4)

    def work() -> None:
        nonlocal at_once, most, refused
        start.wait()
        for _ in range(50):
            try:
                with staging_folder(tmp_path / "t") as folder:
                    with lock:
                        at_once += 1
                        most = max(most, at_once)
                    (folder / "made").mkdir()
                    with lock:
                        at_once -= 1
            except BadInputError as error:
                assert error.code == "export_running"  # noqa: PT017
                refused += 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no such folder")
def test_where_no_folder_can_be_made_nobody_else_is_blamed():
    with pytest.raises(FileNotFoundError), staging_folder(Path("/proc/x")):
        pass


def leave_behind(target: Path) -> Path:
    """Leave what an export that was killed leaves."""
    with staging_folder(target) as folder:
        (folder / "made" / "deep").mkdir(parents=True)
        (folder / "made" / "deep" / "x").write_text("half")
        (folder / "rows.lines").write_text("half")
        kept = folder.with_name("kept")
        shutil.copytree(folder, kept)
    kept.rename(folder)
    return folder


def test_the_next_export_clears_what_a_killed_one_left(tmp_path: Path):
    leave_behind(tmp_path / "t")
    other = leave_behind(tmp_path / "other")
    with staging_folder(tmp_path / "t") as folder:
        assert [path.name for path in folder.iterdir()] == ["lock"]
    assert list(tmp_path.iterdir()) == [other]


@pytest.mark.parametrize("what", ["link", "broken link", "file"])
def test_what_others_put_in_its_place_is_neither_used_nor_followed(tmp_path: Path, what: str):
    other = tmp_path / "other"
    (other / "deep").mkdir(parents=True)
    (other / "deep/letter").write_text("kept")
    with staging_folder(tmp_path / "t") as folder:
        pass
    if what == "file":
        folder.write_text("kept")
    else:
        folder.symlink_to(other if what == "link" else tmp_path / "nowhere")
    with pytest.raises(BadInputError) as caught, staging_folder(tmp_path / "t"):
        pass
    assert caught.value.code == "output_way_blocked"
    assert caught.value.params == {"path": tmp_path / "t", "folder": folder}
    assert snapshot(other) == {"deep/letter": b"kept"}


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no owners")
def test_nor_is_a_folder_of_another_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    leave_behind(tmp_path / "t")
    before = snapshot(tmp_path)
    another = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)
    with pytest.raises(BadInputError) as caught, staging_folder(tmp_path / "t"):
        pass
    assert caught.value.code == "output_way_blocked"
    assert snapshot(tmp_path) == before


def test_names_that_begin_alike_are_different_targets(tmp_path: Path):
    prefix = "a" * 100
    leave_behind(tmp_path / f"{prefix}1")
    before = snapshot(tmp_path)
    with staging_folder(tmp_path / f"{prefix}2"):
        pass
    assert snapshot(tmp_path) == before


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot swap two folders."""

    def refuse(_one: Path, _other: Path) -> None:
        raise OSError(errno.ENOSYS, "no")

    monkeypatch.setattr(exchange, "exchange_folders", refuse)


@pytest.mark.usefixtures("no_exchange")
def test_a_folder_is_replaced_in_two_steps_where_it_must_be(tmp_path: Path):
    target = target_at(tmp_path, "folder")
    for text in ("first", "second"):
        replace(target, text)
        assert content(target.path) == text
    assert list(tmp_path.iterdir()) == [target.path]


@pytest.mark.usefixtures("no_exchange")
def test_a_failed_second_step_brings_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = target_at(tmp_path, "folder")
    replace(target, "old")
    rename = Path.rename

    def failing(self: Path, goal: Path) -> Path:
        if self.parent.name == "made":
            raise OSError(errno.EIO, "broken")
        return rename(self, goal)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="broken"):
        replace(target, "new")
    assert content(target.path) == "old"
    assert list(tmp_path.iterdir()) == [target.path]


def test_a_kill_between_the_two_steps_is_mended(tmp_path: Path):
    target = target_at(tmp_path, "folder")
    folder = leave_behind(target.path)
    write(folder / "previous", "folder", "old")
    with staging_folder(target.path):
        assert content(target.path) == "old"
    assert list(tmp_path.iterdir()) == [target.path]


def test_an_old_one_is_not_brought_back_over_a_new_one(tmp_path: Path):
    target = target_at(tmp_path, "folder")
    folder = leave_behind(target.path)
    write(folder / "previous", "folder", "old")
    write(target.path, "folder", "new")
    with staging_folder(target.path):
        pass
    assert content(target.path) == "new"


@pytest.mark.parametrize("kind", KINDS)
def test_all_is_synced_before_the_target_is_touched(
    tmp_path: Path, kind: TargetKind, monkeypatch: pytest.MonkeyPatch
):
    target = target_at(tmp_path, kind)
    replace(target, "old")
    synced: list[tuple[str, str]] = []

    def note(path: Path) -> None:
        synced.append((path.name, content(target.path)))

    for module in (staging, exchange):
        monkeypatch.setattr(module, "sync_file", note)
        monkeypatch.setattr(module, "sync_folder", note)
    replace(target, "new")
    made = (
        [("t.jsonl", "old")]
        if kind == "file"
        else [("t", "old"), ("train.jsonl", "old"), ("data", "old")]
    )
    assert synced == [*made, (tmp_path.name, "new")]  # fmt: skip


def test_a_target_that_is_brought_back_is_on_the_disk_before_its_folder_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "dataset"
    with staging_folder(target) as folder:
        pass
    (folder / "previous").mkdir(parents=True)
    synced: list[Path] = []
    fsync = os.fsync

    def seen(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", seen)
    with staging_folder(target):
        assert synced == [tmp_path]
        assert target.is_dir()
