"""Folders for what need not outlast the work on it, not even where the work is killed.

What lies in them can be as private as the data, or as large as a model. So a folder is locked as
long as it is used, and whoever needs one next removes those that nobody holds any more.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from raise_finetune.storage.folder import is_foreign

if TYPE_CHECKING:
    from filelock import BaseFileLock

_PREFIX = "raise-finetune-work-"
_LOCK = "lock"
_CONTENT = "content"


@contextmanager
def scratch_folder(beside: Path | None = None) -> Generator[Path]:
    """Yield a private, empty folder that is gone afterwards; raises ``OSError``, with a place.

    It lies where the system wants such folders, or hidden ``beside`` a file that is to be replaced
    by what is made in it.
    """
    parent = Path(tempfile.gettempdir()) if beside is None else beside.parent
    prefix = _PREFIX if beside is None else f".{beside.name}-making-"
    _remove_abandoned(parent, prefix)
    folder, lock = _new_folder(parent, prefix)
    try:
        content = folder / _CONTENT
        content.mkdir()
        yield content
    except OSError as error:
        if error.filename is None:  # a write does not say where
            error.filename = str(parent)
        raise
    finally:
        _remove(folder, lock)


def _new_folder(parent: Path, prefix: str) -> "tuple[Path, BaseFileLock]":
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        try:
            lock = _hold(folder)
        except BaseException:
            shutil.rmtree(folder)  # without a lock in it nobody would ever know it for ours
            raise
        # Somebody who cleans up may have come between the two.
        if lock is not None and (folder / _LOCK).exists():
            return folder, lock


def _remove_abandoned(parent: Path, prefix: str) -> None:
    for name in os.listdir(parent):  # noqa: PTH208 - thousands of names may lie there
        folder = parent / name
        if name.startswith(prefix) and not is_foreign(folder) and (folder / _LOCK).exists():
            with suppress(OSError):
                lock = _hold(folder)
                if lock is not None:
                    _remove(folder, lock)


def _hold(folder: Path) -> "BaseFileLock | None":
    """Lock a folder; return None where another holds it; raises ``OSError``."""
    from filelock import FileLock, Timeout  # dear to load, and a listing needs none

    lock = FileLock(folder / _LOCK, blocking=False, is_singleton=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock


def _remove(folder: Path, lock: "BaseFileLock") -> None:
    shutil.rmtree(folder / _CONTENT, ignore_errors=True)  # all that is large, while it is held
    with suppress(OSError):
        (folder / _LOCK).unlink()
    lock.release()
    shutil.rmtree(folder, ignore_errors=True)  # Windows cannot remove a lock that is held
