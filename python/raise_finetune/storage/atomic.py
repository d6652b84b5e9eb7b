"""Files that are either the old one or the whole new one, even after a power cut.

The order is always: write a temporary file beside the target, fsync it, rename it over the
target, fsync the folder.
"""

import errno
import os
import re
import time
from contextlib import suppress
from pathlib import Path

from raise_finetune.errors import BadInputError, FailedError, RaiseError, system_reason

_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_TEMPORARY = re.compile(r"\.raise-[0-9a-f]{16}\.tmp")
_ABANDONED_SECONDS = 3600
# Windows replaces no file that somebody has open, if only to read it or to look for viruses: such
# readers are gone in a moment.
_ATTEMPTS, _PAUSE = (20 if os.name == "nt" else 1), 0.05
_CREATE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def write_file(
    target: Path, content: bytes, temporary: Path | None = None, mode: int = 0o666
) -> None:
    """Put ``content`` at ``target`` durably, through ``temporary`` in the same folder.

    Without one, that is ``temporary_in`` the folder; one that is given is for writers who take
    turns: what a crash left there is replaced. After a failure none is left. ``mode`` is what the
    file permits, less the process's umask. Raises ``BadInputError`` where writing is not allowed,
    else ``FailedError``.
    """
    temporary = temporary or temporary_in(target.parent)
    try:
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, _CREATE, mode)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, no path
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            publish(temporary, target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise as_raise_error(error, target) from error


def temporary_in(folder: Path) -> Path:
    """Return a hidden path that no other writer has, having removed what killed writers left.

    Nobody can tell a killed writer from a slow one, so what they left may stay for an hour.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                _remove_abandoned(entry)
    return folder / f".raise-{os.urandom(8).hex()}.tmp"


def _remove_abandoned(entry: os.DirEntry[str]) -> None:
    with suppress(OSError):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED_SECONDS:
            Path(entry.path).unlink()


def publish(temporary: Path, target: Path) -> None:
    """Rename a file or folder that is complete and synced, durably; raise ``OSError``."""
    for attempt in range(_ATTEMPTS):
        try:
            temporary.replace(target)
            break
        except PermissionError:
            if attempt + 1 == _ATTEMPTS:
                raise
            time.sleep(_PAUSE)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Force what was written to ``path`` onto the disk; raise ``OSError``."""
    # Windows flushes only a descriptor that may write.
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Force the names in a folder onto the disk; raise ``OSError``.

    Windows has no such call: there the file system orders a rename after its file's data.
    """
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folders(path: Path) -> None:
    """Create the folder and its missing parents durably; raise like ``write_file``."""
    if path.is_dir():
        return
    make_folders(path.parent)
    try:
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise as_raise_error(error, path) from error


def as_raise_error(error: OSError, path: str | Path) -> RaiseError:
    """Return what to tell the user about a failed write to ``path``."""
    reason = system_reason(error)
    if error.errno in _NOT_ALLOWED:
        return BadInputError("not_writable", path=str(path), reason=reason)
    if error.errno in _FULL:
        return FailedError("disk_full", path=str(path))
    return FailedError("write_failed", path=str(path), reason=reason)
