"""A whole folder that takes another's place."""

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from raise_finetune.storage.atomic import sync_file, sync_folder

CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL)
"""What the system or the file system says where it swaps no folders."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def replace_folder(fresh: Path, target: Path) -> None:
    """Put a folder that is complete in the target's place, durably; what stood there goes.

    Where folders can be swapped there is a target at every moment. Raises ``OSError``.
    """
    sync_tree(fresh)
    try:
        if target.exists():
            exchange_folders(fresh, target)
        else:
            fresh.rename(target)
    except OSError as error:
        if error.errno not in CANNOT_EXCHANGE:
            raise
        previous = fresh.with_name(f"{fresh.name}-previous")
        shutil.rmtree(previous, ignore_errors=True)
        replace_in_two_steps(fresh, target, previous)
        fresh = previous
    sync_folder(target.parent)
    shutil.rmtree(fresh, ignore_errors=True)


def replace_in_two_steps(fresh: Path, target: Path, previous: Path) -> None:
    """Put what stands at the target at ``previous``, and ``fresh`` in its place.

    Between the two there is no target. Raises ``OSError``, such as where Windows moves no folder
    of which a file is open; then the target is what it was.
    """
    # What is put into a folder whose own name is not on the disk is lost with it.
    sync_folder(target.parent)
    target.rename(previous)
    try:
        fresh.rename(target)
    except OSError:
        previous.rename(target)
        raise


def sync_tree(folder: Path) -> None:
    """Force all files and names under a folder onto the disk; raise ``OSError``."""
    for inner, _, names in os.walk(folder):
        for name in names:
            sync_file(Path(inner, name))
        sync_folder(Path(inner))


def exchange_folders(one: Path, other: Path) -> None:
    """Swap two folders in one step, where the system can; raise ``OSError`` (ENOSYS: it cannot)."""
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    failed = library.renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    )
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))
