"""Some names of a collection that stand for all of them, drawn once as long as nothing changes.

A listing of 100,000 names takes longer than reading a thousand documents, so what was drawn from
it is kept: a folder's time of change says whether it still holds.
"""

import time
from collections.abc import Callable, Iterator
from heapq import nsmallest
from itertools import chain, islice
from threading import Lock
from typing import NamedTuple

from xxhash import xxh3_64_intdigest

from raise_finetune.storage.folder import Folder

_AT_ONCE = 8_192
# Fewer names are listed faster than it matters.
_WORTH_KEEPING = 1_000
_KEPT = 64
# File systems tell times no finer than this, so a second change within it would not show.
_COARSEST_TIME = 3_000_000_000  # nanoseconds


class NameSample(NamedTuple):
    """How many documents a collection holds, and the names of some of them.

    These have the lowest hashes, the lowest first: by chance, since data may repeat itself every
    so many names, and yet always the same. So each beginning of it is such a sample, too.
    """

    total: int
    names: tuple[bytes, ...]


# Who the folders are, and when they changed.
_Stamp = tuple[tuple[int, int, int], ...]

_kept: dict[tuple[_Stamp, int], NameSample] = {}
_lock = Lock()


def sample_folders(
    folders: list[Folder], names: Iterator[bytes], most: int, counted: Callable[[int], None]
) -> NameSample:
    """Return a sample of at most so many of the names that these folders hold.

    ``names`` are asked for only where the folders have changed. Good for estimates alone: a file
    system that does not note when a folder changed gives an old sample.
    """
    now = time.time_ns()
    stamp = _stamp(folders)
    with _lock:
        known = _kept.get((stamp, most))
    if known is not None:
        return known
    drawn = _draw(names, most, counted)
    is_settled = all(now - changed > _COARSEST_TIME for _, _, changed in stamp)
    if is_settled and drawn.total >= _WORTH_KEEPING:
        with _lock:
            if len(_kept) >= _KEPT:
                _kept.clear()
            _kept[stamp, most] = drawn
    return drawn


def _stamp(folders: list[Folder]) -> _Stamp:
    statuses = [folder.status() for folder in folders]
    return tuple((each.st_dev, each.st_ino, each.st_mtime_ns) for each in statuses)


def _draw(names: Iterator[bytes], most: int, counted: Callable[[int], None]) -> NameSample:
    total = 0
    lowest: list[tuple[int, bytes]] = []
    while some := list(islice(names, _AT_ONCE)):
        total += len(some)
        hashed = ((xxh3_64_intdigest(name), name) for name in some)
        lowest = nsmallest(most, chain(lowest, hashed))
        counted(total)
    return NameSample(total, tuple(name for _, name in lowest))
