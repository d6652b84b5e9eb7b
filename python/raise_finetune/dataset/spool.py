"""Rows that wait on disk until all have been seen: the same memory for a thousand or a million.

Two files are written in step: the rows, one pickle for each batch, and a 64-bit hash of each
line, by which repeated ones are found.
"""

import pickle
from array import array
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import numpy as np
from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.records import Row

_HASH = "Q"


class RowSpool:
    """Rows on disk, written once and read as often as needed, batch by batch."""

    def __init__(self, folder: Path) -> None:
        self.rows = 0
        self._batches = 0
        with ExitStack() as opened:  # where one cannot be opened, the other does not stay open
            self._rows, self._hashes = (
                opened.enter_context((folder / name).open("w+b"))
                for name in ("rows.pickles", "rows.hashes")
            )
            self._files = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._files.close()

    def add(self, batch: list[Row]) -> None:
        """Append a batch of rows."""
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
        self._rows.write(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))
        hashes = map(xxh3_64_intdigest, [row.line for row in batch])
        self._hashes.write(array(_HASH, hashes).tobytes())
        self.rows += len(batch)
        self._batches += 1

    def batches(self) -> Iterator[tuple[list[Row], "array[int]"]]:
        """Yield each batch with the hashes of its lines, in the order they were added."""
        self._rows.seek(0)
        self._hashes.seek(0)
        for _ in range(self._batches):
            rows = pickle.load(self._rows)  # noqa: S301 - nobody but ``add`` has written there
            hashes = array(_HASH)
            hashes.frombytes(self._hashes.read(len(rows) * hashes.itemsize))
            yield [Row(*row) for row in rows], hashes

    def numbered_batches(self) -> Iterator[tuple[int, list[Row], "array[int]"]]:
        """Yield each batch as ``batches`` does, with the number of its first row."""
        first = 0
        for rows, hashes in self.batches():
            yield first, rows, hashes
            first += len(rows)

    def records(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the records of some rows."""
        wanted = np.zeros(self.rows, np.bool_)
        wanted[list(numbers)] = True
        return {
            number: row.record
            for first, rows, _ in self.numbered_batches()
            for number, row in enumerate(rows, first)
            if wanted[number]
        }

    def repeated_hashes(self) -> frozenset[int]:
        """Return the hashes that more than one line has."""
        self._hashes.seek(0)
        hashes = np.fromfile(self._hashes, np.uint64)
        hashes.sort()
        return frozenset(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
