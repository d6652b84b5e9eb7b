"""An export is made beside its target and takes its place in one step.

At every moment the target is either the old one or the whole new one. An export that was killed
leaves a hidden folder beside the target; the next export to the same target empties it.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from xxhash import xxh3_64_hexdigest

from raise_finetune.dataset.output import Target
from raise_finetune.errors import BadInputError
from raise_finetune.storage.atomic import sync_file, sync_folder
from raise_finetune.storage.exchange import put_in_place, sync_tree
from raise_finetune.storage.folder import is_foreign

_LOCK = "lock"
_MADE = "made"
_PREVIOUS = "previous"


@contextmanager
def staging_folder(target: Path) -> Generator[Path]:
    """Yield a private, empty folder on the target's file system; it is gone afterwards.

    Raises ``BadInputError`` while another export to the same target is running, and where
    somebody else has put something in its place.
    """
    folder = target.with_name(f".export-{xxh3_64_hexdigest(os.fsencode(target.name))}")
    with _only_export_in(folder, target):
        _bring_back(folder / _PREVIOUS, target)
        empty(folder)
        try:
            yield folder
        finally:
            empty(folder)


def make_room(staging: Path, target: Target) -> Path:
    """Return the path at which to make the target's successor, under the target's own name."""
    folder = staging / _MADE
    folder.mkdir()
    return folder / target.path.name


def empty(staging: Path) -> None:
    """Remove what lies in a staging folder, but for the lock."""
    with suppress(OSError):
        for leftover in list(staging.iterdir()):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            elif leftover.name != _LOCK:
                with suppress(OSError):
                    leftover.unlink()


def publish(made: Path, target: Target) -> None:
    """Put the finished file or folder in the target's place, durably; raise ``OSError``."""
    if target.kind == "file":
        sync_file(made)
        made.replace(target.path)
    else:
        sync_tree(made)
        # ``_bring_back`` mends a kill between two steps.
        put_in_place(made, target.path, made.parent.parent / _PREVIOUS)
    sync_folder(target.path.parent)


@contextmanager
def _only_export_in(folder: Path, target: Path) -> Generator[None]:
    # The lock lies where all who might write to the target meet, whatever their account or
    # container. The system releases the lock of a process that was killed.
    lock = FileLock(folder / _LOCK, blocking=False)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        # What lies there is removed, and rows wait there.
        if is_foreign(folder):
            raise BadInputError("output_way_blocked", path=target, folder=folder) from None
    try:
        lock.acquire()
    except (Timeout, FileNotFoundError, FileExistsError) as error:  # held, or just being left
        raise BadInputError("export_running", path=target) from error
    try:
        yield
    finally:
        # The lock goes last, and while it is held: whoever comes next makes a new one. Only
        # Windows keeps it until it is released, and then from being removed under another.
        with suppress(OSError):
            (folder / _LOCK).unlink()
        lock.release()
        with suppress(OSError):
            if os.name == "nt":
                (folder / _LOCK).unlink()
            folder.rmdir()


def _bring_back(previous: Path, target: Path) -> None:
    if previous.exists() and not target.exists():
        previous.rename(target)
        sync_folder(target.parent)  # before the folder that it lay in goes
