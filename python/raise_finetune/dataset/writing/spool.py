"""Rows that wait on disk until all have been seen: the same memory for a thousand or a million.

Three files are written in step: the rows, one pickle for each batch; what speaks for keeping each,
which is asked for more often than its line; and a 64-bit hash of each line, by which repeated ones
are found.
"""

import pickle
from array import array
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.records import Row
from raise_finetune.dataset.writing.columns import Column, shares

_HASH = "Q"
RowClaim: TypeAlias = tuple[float, str, str]  # rating, date, record


class PackedRows(NamedTuple):
    """A batch of rows, as it waits on disk."""

    size: int
    rows: bytes
    claims: bytes
    hashes: bytes


def packed(batch: list[Row]) -> PackedRows:
    """Pack a batch of rows to ``append``."""
    # As tuples: pickled as objects they cost three times as much.
    rows = [
        (
            row.record,
            row.group,
            row.kind,
            row.line,
            row.rating,
            row.date,
            row.repairs,
            row.messages,
            row.masked,
            row.others,
        )
        for row in batch
    ]
    claims = [(row.rating, row.date, row.record) for row in batch]
    hashes = array(_HASH, map(xxh3_64_intdigest, [row.line for row in batch]))
    return PackedRows(
        len(batch),
        pickle.dumps(rows, pickle.HIGHEST_PROTOCOL),
        pickle.dumps(claims, pickle.HIGHEST_PROTOCOL),
        hashes.tobytes(),
    )


class RowSpool:
    """Rows on disk, written once and read as often as needed, batch by batch."""

    def __init__(self, folder: Path) -> None:
        self.rows = 0
        self._starts = array("Q")  # where each batch begins in its file, and with which row
        self._firsts = array("Q")
        self._hashes = Column(folder / "rows.hashes", np.uint64)
        with ExitStack() as opened:  # where one cannot be opened, the others do not stay open
            self._rows, self._claims = (
                opened.enter_context((folder / name).open("w+b"))
                for name in ("rows.pickles", "rows.claims")
            )
            self._files = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._files.close()

    def add(self, batch: list[Row]) -> None:
        """Append a batch of rows."""
        self.append(packed(batch))

    def append(self, batch: PackedRows) -> None:
        """Append a batch that was packed before."""
        self._starts.append(self._rows.tell())
        self._firsts.append(self.rows)
        self._rows.write(batch.rows)
        self._claims.write(batch.claims)
        self._hashes.append(batch.hashes)
        self.rows += batch.size

    def batches(self) -> Iterator[tuple[int, list[Row]]]:
        """Yield each batch with the number of its first row, in the order they were added."""
        self._rows.seek(0)
        for first in self._firsts:
            yield first, self._load()

    def rows_of(self, numbers: NDArray[np.int64]) -> Iterator[tuple[int, Row]]:
        """Yield some rows, each with its number; the numbers are sorted."""
        firsts = np.frombuffer(self._firsts, np.uint64).astype(np.int64)
        batch_of = np.searchsorted(firsts, numbers, "right") - 1
        loaded, rows = -1, list[Row]()
        for number, batch in zip(map(int, numbers), map(int, batch_of), strict=True):
            if batch != loaded:
                self._rows.seek(self._starts[batch])
                loaded, rows = batch, self._load()
            yield number, rows[number - self._firsts[batch]]

    def claims(self) -> Iterator[tuple[int, list[RowClaim]]]:
        """Yield what speaks for each row, batch by batch as ``batches`` does."""
        self._claims.seek(0)
        for first in self._firsts:
            yield first, pickle.load(self._claims)  # noqa: S301 - as for the rows

    def records(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the records of some rows."""
        wanted = np.zeros(self.rows, np.bool_)
        wanted[list(numbers)] = True
        return {
            number: record
            for first, claims in self.claims()
            for number, (_, _, record) in enumerate(claims, first)
            if wanted[number]
        }

    def repeated(self) -> NDArray[np.int64]:
        """Return the numbers of the rows whose line has the hash of another one's, sorted."""
        found = [np.empty(0, np.int64)]
        for rows, hashes in shares(self._hashes):
            order = np.argsort(hashes, kind="stable")
            hashes = hashes[order]
            same = np.flatnonzero(hashes[1:] == hashes[:-1])
            found.append(rows[np.union1d(order[same], order[same + 1])])
        return np.sort(np.concatenate(found))

    def _load(self) -> list[Row]:
        # Nobody but ``add`` has written there.
        return [Row(*row) for row in pickle.load(self._rows)]  # noqa: S301
