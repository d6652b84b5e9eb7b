"""A folder held open while it is read.

Files are opened relative to the folder's descriptor: faster than joined paths, and a folder
that is renamed or replaced meanwhile cannot mislead the reader. Below the root no symbolic
link is followed: a data folder received from somebody else must not pull files from elsewhere
into a training set, and a loop of links cannot hang anything.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

# O_NONBLOCK: a FIFO that waits for a writer must not stop us. None of them exists everywhere.
_FILE = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_HAS_DESCRIPTORS = {os.open, os.stat} <= os.supports_dir_fd and os.scandir in os.supports_fd

Identity = tuple[int, int]
Entries = AbstractContextManager[Iterator[os.DirEntry[str]]]


class Folder(Protocol):
    """A folder to list and to open files from; a context manager that closes it."""

    def entries(self) -> Entries:
        """List the folder, in no order."""
        ...

    def open_file(self, name: bytes) -> int:
        """Return a descriptor of a file to read; raise ``OSError`` (``ELOOP`` for a link)."""
        ...

    def holds(self, name: bytes) -> bool:
        """Say whether the folder has an entry of that name."""
        ...

    def status(self) -> os.stat_result:
        """Return what the system says of the folder itself."""
        ...

    def child(self, name: str) -> Self:
        """Open a folder of this folder; raise ``OSError`` where there is none."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_exception: object) -> None: ...


class DescriptorFolder:
    """A folder held by its descriptor (Linux, macOS)."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def entries(self) -> Entries:
        """List the folder."""
        return os.scandir(self._descriptor)

    def open_file(self, name: bytes) -> int:
        """Open a file; ``ELOOP`` for a link."""
        return os.open(name, _FILE, dir_fd=self._descriptor)

    def holds(self, name: bytes) -> bool:
        """Look the name up."""
        try:
            os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def status(self) -> os.stat_result:
        """Ask the descriptor."""
        return os.fstat(self._descriptor)

    def child(self, name: str) -> Self:
        """Open a folder of this folder, never through a link."""
        try:
            descriptor = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=self._descriptor)
        except NotADirectoryError:
            # What Linux says of a link, too.
            status = os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
            if stat.S_ISLNK(status.st_mode):
                raise _link_error(name) from None
            raise
        return type(self)(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        os.close(self._descriptor)


class PathFolder:
    """A folder known by its path, where folders have no descriptors (Windows)."""

    def __init__(self, path: str) -> None:
        self._path = path

    def entries(self) -> Entries:
        """List the folder."""
        return os.scandir(self._path)

    def open_file(self, name: bytes) -> int:
        """Open a file; ``ELOOP`` for a link."""
        path = self._refuse_link(os.fsdecode(name))
        return os.open(path, _FILE)

    def holds(self, name: bytes) -> bool:
        """Look the name up."""
        return os.path.lexists(os.path.join(self._path, os.fsdecode(name)))  # noqa: PTH118

    def status(self) -> os.stat_result:
        """Ask by the path."""
        return os.stat(self._path)  # noqa: PTH116

    def child(self, name: str) -> Self:
        """Open a folder of this folder, never through a link."""
        path = self._refuse_link(name)
        os.scandir(path).close()
        return type(self)(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        pass

    def _refuse_link(self, name: str) -> str:
        path = os.path.join(self._path, name)  # noqa: PTH118 - per document, and pathlib is slow
        if os.path.islink(path):  # noqa: PTH114
            raise _link_error(path)
        return path


def open_folder(path: Path, *below: str) -> Folder:
    """Open ``path`` (possibly itself a link), then the folders ``below`` it one by one.

    Raises ``OSError`` for the first that cannot be opened.
    """
    folder = _open_root(path)
    for name in below:
        with folder:
            folder = folder.child(name)
    return folder


def identity_of(folder: Folder) -> Identity:
    """Return what tells a folder from another one that has its name now."""
    status = folder.status()
    return status.st_dev, status.st_ino


def is_foreign(path: Path) -> bool:
    """Tell whether something is there that is no real folder of this account.

    Where a folder is everybody's, others may have put a link or a folder of theirs in it.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    is_own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    return not (stat.S_ISDIR(status.st_mode) and is_own)


def _open_root(path: Path) -> Folder:
    if _HAS_DESCRIPTORS:
        return DescriptorFolder(os.open(path, _FOLDER))
    os.scandir(path).close()
    return PathFolder(str(path))


def _link_error(path: str) -> OSError:
    return OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
