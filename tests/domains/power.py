"""A disk that may lose its power at any moment, and what it holds when the power is back.

While a ``Disk`` records, every fsync and every change of a name (rename, exchange, unlink, mkdir,
rmdir) under its folder is a moment at which the power may go. What then remains:

- of a file: what it held when it was last synced, or what it holds now, or a torn mixture;
- of a folder: its names when it was last synced, and any of the changes since, in any selection.
  A rename is one change, whatever two folders it touches.

That is less than today's file systems promise, and all that POSIX does.
"""

import os
import random
import stat
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from raise_finetune.storage import exchange

Remains: TypeAlias = dict[str, "bytes | Remains"]
"""What a folder holds after a power cut: its files' bytes and its folders, by name."""

_RANDOM_CUTS = 3
_CALLS = ("mkdir", "remove", "rename", "replace", "rmdir", "unlink")


@dataclass(eq=False)
class _File:
    now: bytes
    synced: bytes = b""


@dataclass(eq=False)
class _Folder:
    now: "_Names" = field(default_factory=lambda: _Names())
    synced: "_Names" = field(default_factory=lambda: _Names())


_Node: TypeAlias = _File | _Folder
_Names: TypeAlias = dict[str, _Node]
# For each name that one change touched: what it stands for after it, None for nothing.
_Change: TypeAlias = dict[tuple[_Folder, str], _Node | None]


class Disk:
    """What lies under a folder, what of it is surely on the disk, and all that cuts may leave."""

    def __init__(self, root: Path, seed: int = 0) -> None:
        self.calls: list[str] = []
        self._root = root
        self._random = random.Random(seed)  # noqa: S311
        self._nodes: dict[tuple[int, int], _Node] = {}
        self._pending: list[_Change] = []
        self._cuts: dict[str, Remains] = {}
        self._top = self._look()
        for node in self._nodes.values():
            node.synced = node.now.copy() if isinstance(node, _Folder) else node.now  # pyright: ignore[reportAttributeAccessIssue]
        self._pending.clear()

    @contextmanager
    def recording(self) -> Generator["Disk"]:
        """Watch what this process does, until the end."""
        with pytest.MonkeyPatch.context() as patch:
            for name in _CALLS:
                patch.setattr(os, name, self._watched(name, getattr(os, name)))
            swap = self._watched("exchange", exchange.exchange_folders)
            patch.setattr(exchange, "exchange_folders", swap)
            patch.setattr(os, "fsync", self._watched_sync(os.fsync))
            yield self
        self._cut()

    def cuts(self) -> list[Remains]:
        """Return all that power cuts at the recorded moments may leave, each once."""
        return list(self._cuts.values())

    def surely(self) -> Remains:
        """Return what there is whenever the power goes from now on."""
        return _remains(self._top, lambda folder: folder.synced, _synced)

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            self._cut()
            done = call(*arguments, **options)
            before = len(self._pending)
            self._look()
            one = {key: node for change in self._pending[before:] for key, node in change.items()}
            if one:
                self._pending[before:] = [one]
                self.calls.append(name)
            return done

        return watched

    def _watched_sync(self, call: Callable[[int], None]) -> Callable[[int], None]:
        def watched(descriptor: int) -> None:
            self._cut()
            call(descriptor)
            node = self._nodes.get(_identity(os.fstat(descriptor)))
            if isinstance(node, _File):
                node.synced = node.now
            elif node is not None:
                self._commit(node)
            if node is not None:
                self.calls.append("sync")

        return watched

    def _look(self) -> _Folder:
        """Bring the model up to date; each name that differs is a pending change of its own."""
        seen: dict[tuple[int, int], _Node] = {}
        top = self._look_at(self._root, seen)
        self._nodes = seen  # a number that is free may be given to another file
        assert isinstance(top, _Folder)
        return top

    def _look_at(self, path: Path, seen: dict[tuple[int, int], _Node]) -> _Node:
        status = path.lstat()
        identity = _identity(status)
        node = self._nodes.get(identity)
        if not stat.S_ISDIR(status.st_mode):
            content = path.read_bytes()
            if not isinstance(node, _File):
                node = _File(content)
            node.now = content
        else:
            if not isinstance(node, _Folder):
                node = _Folder()
            entries = {each.name: self._look_at(each, seen) for each in sorted(path.iterdir())}
            for name in sorted(node.now.keys() | entries.keys()):
                if node.now.get(name) is not entries.get(name):
                    self._pending.append({(node, name): entries.get(name)})
            node.now = entries
        seen[identity] = node
        return node

    def _commit(self, folder: _Folder) -> None:
        """Put the folder's changes onto the disk, and those before them that they build on."""
        keys = {key for change in self._pending for key in change if key[0] is folder}
        kept: list[_Change] = []
        committed: list[_Change] = []
        for change in reversed(self._pending):
            if keys.isdisjoint(change):
                kept.append(change)
            else:
                keys |= change.keys()
                committed.append(change)
        for change in reversed(committed):
            _apply(change, lambda folder: folder.synced)
        self._pending = kept[::-1]

    def _cut(self) -> None:
        self._look()
        pending = self._pending
        choices = [[], pending]
        choices += [
            [change for change in pending if self._random.random() < 0.5]
            for _ in range(_RANDOM_CUTS if len(pending) > 1 else 0)
        ]
        for chosen in choices:
            names: dict[int, _Names] = {}

            def names_of(folder: _Folder, names: dict[int, _Names] = names) -> Any:
                return names.setdefault(id(folder), folder.synced.copy())

            for change in chosen:
                _apply(change, names_of)
            for content in (_synced, _torn, _now):
                remains = _remains(self._top, names_of, content)
                self._cuts.setdefault(repr(remains), remains)


def _apply(change: _Change, names_of: Callable[[_Folder], _Names]) -> None:
    for (folder, name), node in change.items():
        if node is None:
            names_of(folder).pop(name, None)
        else:
            names_of(folder)[name] = node


def _remains(
    folder: _Folder,
    names_of: Callable[[_Folder], _Names],
    content: Callable[[_File], bytes],
) -> Remains:
    return {
        name: content(node) if isinstance(node, _File) else _remains(node, names_of, content)
        for name, node in names_of(folder).items()
    }


def _synced(file: _File) -> bytes:
    return file.synced


def _torn(file: _File) -> bytes:
    if file.now == file.synced:
        return file.now
    half = len(file.now) // 2
    return file.now[:half] + bytes(len(file.now) - half)


def _now(file: _File) -> bytes:
    return file.now


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def lay_out(remains: Remains, folder: Path) -> Path:
    """Make a folder that holds what a cut left, and return it."""
    folder.mkdir()
    for name, content in remains.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            lay_out(content, folder / name)
    return folder


def files_in(remains: Remains, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file."""
    for name, content in sorted(remains.items()):
        if isinstance(content, bytes):
            yield prefix + name, content
        else:
            yield from files_in(content, f"{prefix}{name}/")
