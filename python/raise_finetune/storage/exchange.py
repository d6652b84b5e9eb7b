"""A whole folder that takes another's place."""

import ctypes
import errno
import os
import re
import shutil
import sys
from pathlib import Path

from raise_finetune.storage.atomic import sync_file, sync_folder

# What the system or the file system says where it swaps no folders.
_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL)
_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(rb"\\([0-7]{3})")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def replace_folder(fresh: Path, target: Path) -> None:
    """Put a folder that is complete in the target's place, durably; what stood there goes.

    Where folders can be swapped there is a target at every moment. Raises ``OSError``.
    """
    sync_tree(fresh)
    replaced = put_in_place(fresh, target, fresh.with_name(f"{fresh.name}-previous"))
    sync_folder(target.parent)
    shutil.rmtree(replaced, ignore_errors=True)


def put_in_place(fresh: Path, target: Path, previous: Path) -> Path:
    """Put a folder that is synced in the target's place; return where what stood there is now.

    In one step where folders can be swapped; else what stood there waits at ``previous``, and
    between two steps there is no target. Raises ``OSError``; then the target is what it was.
    """
    if not target.exists():
        fresh.rename(target)
        return fresh
    try:
        exchange_folders(fresh, target)
    except OSError as error:
        if error.errno not in _CANNOT_EXCHANGE:
            raise
    else:
        return fresh
    shutil.rmtree(previous, ignore_errors=True)
    _replace_in_two_steps(fresh, target, previous)
    return previous


def _replace_in_two_steps(fresh: Path, target: Path, previous: Path) -> None:
    # What is put into a folder whose own name is not on the disk is lost with it.
    sync_folder(target.parent)
    target.rename(previous)
    try:
        fresh.rename(target)
    except OSError:  # Windows moves no folder of which a file is open
        previous.rename(target)
        raise


def is_mounted(path: Path) -> bool:
    """Tell whether something is mounted on exactly this path, so that nothing takes its place.

    Only where the system lists its mounts (Linux): a device of its own says too little, since a
    volume may be of the same one, and a subvolume that can be replaced is of another.
    """
    try:
        lines = _MOUNTS.read_bytes().splitlines()
    except OSError:
        return False
    places = (
        _ESCAPED.sub(lambda found: bytes([int(found[1], 8)]), line.split()[4]) for line in lines
    )
    return os.fsencode(path) in places


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
