"""One number a row, on disk: memory does not grow with the rows, if these are read in parts.

What has to be told of all rows at once, such as which of them share a hash, is told of one share of
them after the other: a pass over the file for each costs less than a sorted copy of it, up to tens
of millions of rows.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

_ROWS_AT_ONCE = 1 << 15
_BYTES_AT_ONCE = 1 << 16

Number = TypeVar("Number", bound=np.generic)
Rows = NDArray[np.int64]  # numbers of rows


class Column(Generic[Number]):
    """Numbers of one kind, a row after the other.

    First all are appended, then they are read as often as needed. The file is open only while
    something is written or read: of many columns at once each would take a descriptor.
    """

    def __init__(self, path: Path, kind: type[Number]) -> None:
        self.rows = 0
        self._path = path
        self._kind = np.dtype(kind)
        self._waiting = bytearray()
        path.write_bytes(b"")

    def append(self, numbers: bytes) -> None:
        """Add the numbers of the next rows, as they lie in memory."""
        self.rows += len(numbers) // self._kind.itemsize
        self._waiting += numbers
        if len(self._waiting) >= _BYTES_AT_ONCE:
            self._write()

    def parts(self) -> Iterator[tuple[int, NDArray[Number]]]:
        """Yield all numbers, some rows at a time, with the first of these."""
        self._write()
        with self._path.open("rb") as file:
            for first in range(0, self.rows, _ROWS_AT_ONCE):
                data = file.read(_ROWS_AT_ONCE * self._kind.itemsize)
                yield first, np.frombuffer(data, self._kind)

    def whole(self) -> NDArray[Number]:
        """Return all numbers, which then do take memory."""
        self._write()
        return np.frombuffer(self._path.read_bytes(), self._kind)

    def of(self, rows: Rows) -> NDArray[Number]:
        """Return the numbers of some rows, which are sorted."""
        numbers = np.empty(len(rows), self._kind)
        for first, part in self.parts():
            here = slice(*np.searchsorted(rows, (first, first + len(part))))
            numbers[here] = part[rows[here] - first]
        return numbers

    def _write(self) -> None:
        if self._waiting:
            with self._path.open("ab") as file:
                file.write(self._waiting)
            self._waiting.clear()


class Share(NamedTuple):
    """Some rows, sorted, and their hashes."""

    rows: Rows
    hashes: NDArray[np.uint64]


def shares(column: Column[np.uint64], lowest: int = 0) -> Iterator[Share]:
    """Yield all rows, share by share: those with the same hash are in the same one.

    Each takes an equal range of the hashes, and so about as many rows as the others; few rows are
    one share. Rows whose hash is below ``lowest`` are left out.
    """
    number = -(-column.rows // _ROWS_AT_ONCE)
    for share in range(number):
        low = np.uint64(max(lowest, (share << 64) // number))
        high = np.uint64((share + 1 << 64) // number - 1)
        rows, hashes = list[Rows](), list[NDArray[np.uint64]]()
        for first, part in column.parts():
            here = np.flatnonzero((part >= low) & (part <= high))
            rows.append(here + first)
            hashes.append(part[here])
        yield Share(np.concatenate(rows), np.concatenate(hashes))
