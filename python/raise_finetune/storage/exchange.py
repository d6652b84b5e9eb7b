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
        shutil.rmtree(target)
        fresh.rename(target)
    sync_folder(target.parent)
    shutil.rmtree(fresh, ignore_errors=True)


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
