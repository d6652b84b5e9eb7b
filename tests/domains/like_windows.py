"""Has ``raise_finetune`` see a Python that is Windows', as far as that can be tried elsewhere.

``python -m domains.like_windows ARGUMENT…`` runs ``raise-finetune`` so. Its modules find none of
the modules and names that Windows' Python lacks; all others, such as the standard library's, are
left as they are. A file that the program holds open can be neither renamed, replaced nor removed.
"""

import builtins
import errno
import os
import signal
import subprocess
import sys
import time
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_MODULES = frozenset({"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"})
_MISSING: Mapping[types.ModuleType, frozenset[str]] = {
    os: frozenset(
        [
            "O_CLOEXEC",
            "O_DIRECTORY",
            "O_NOFOLLOW",
            "O_NONBLOCK",
            "POSIX_FADV_WILLNEED",
            "chown",
            "fchmod",
            "fork",
            "geteuid",
            "getgid",
            "getpgid",
            "getuid",
            "killpg",
            "mkfifo",
            "nice",
            "pipe2",
            "posix_fadvise",
            "pread",
            "pwrite",
            "sched_getaffinity",
            "setsid",
            "statvfs",
            "sysconf",
            "uname",
        ]
    ),
    signal: frozenset(
        [
            "ITIMER_PROF",
            "ITIMER_REAL",
            "SIGALRM",
            "SIGCHLD",
            "SIGHUP",
            "SIGKILL",
            "SIGPIPE",
            "SIGQUIT",
            "SIGUSR1",
            "SIGUSR2",
            "alarm",
            "pthread_sigmask",
            "setitimer",
            "sigwait",
        ]
    ),
    time: frozenset({"tzset"}),
    sys: frozenset(),
}
_OTHER: Mapping[types.ModuleType, Mapping[str, Any]] = {
    os: {
        "name": "nt",
        "supports_dir_fd": set[object](),
        "supports_fd": set[object](),
        "supports_follow_symlinks": set[object](),
    },
    sys: {"platform": "win32"},
}
_FLAGS = ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW", "DETACHED_PROCESS")


class _AsThere(types.ModuleType):
    """A module of the standard library as it is on Windows."""

    def __init__(self, module: types.ModuleType) -> None:
        super().__init__(module.__name__)
        self._module = module

    def __getattr__(self, name: str) -> Any:
        if name in _MISSING[self._module]:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return _OTHER.get(self._module, {}).get(name, getattr(self._module, name))


def pretend() -> None:
    """Begin; what is imported from now on is told so."""
    found = {module.__name__: _AsThere(module) for module in _MISSING}
    really_import = builtins.__import__

    def import_as_there(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - Python's own names
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> types.ModuleType:
        if str((globals or {}).get("__name__")).startswith("raise_finetune"):
            if name in _MODULES:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            if name in found:
                return found[name]
        return really_import(name, globals, locals, fromlist, level)

    builtins.__import__ = import_as_there
    for flag in _FLAGS:
        setattr(subprocess, flag, 0)
    _keep_open_files()


def _keep_open_files() -> None:
    """Refuse to rename, replace or remove what this process holds open."""
    rename, replace, unlink = os.rename, os.replace, os.unlink

    def rename_there(source: Any, target: Any) -> None:
        _check(source)
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        rename(source, target)

    def replace_there(source: Any, target: Any) -> None:
        _check(source)
        _check(target)
        if Path(target).is_dir():
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        replace(source, target)

    def unlink_there(path: Any, *, dir_fd: int | None = None) -> None:
        if dir_fd is None:
            _check(path)
        unlink(path, dir_fd=dir_fd)

    os.rename, os.replace, os.unlink, os.remove = (  # pyright: ignore[reportAttributeAccessIssue]
        rename_there,
        replace_there,
        unlink_there,
        unlink_there,
    )


def _check(path: Any) -> None:
    place = os.path.realpath(path)
    if any(each == place or each.startswith(f"{place}/") for each in _open_files()):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _open_files() -> set[str]:
    descriptors = Path("/proc/self/fd")
    held = {os.path.realpath(each) for each in descriptors.iterdir()}
    maps = Path("/proc/self/maps").read_text("utf-8", "surrogateescape")
    return held | {line.split(maxsplit=5)[-1] for line in maps.splitlines()}


if __name__ == "__main__":
    pretend()
    from raise_finetune.cli.app import main

    sys.exit(main())
