"""Rows that wait on disk until all have been seen: the same memory for a thousand or a million.

Two files are written in step: the rows, one pickle for each batch, and a 64-bit hash of each
line, by which repeated ones are found.
"""

import pickle
from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.records import Row

# So many hashes are compared at a time; more would cost memory, fewer more passes.
_COMPARED_AT_ONCE = 16_384
_HASH = "Q"
_HASH_BITS = 64


class RowSpool:
    """Rows on disk, written once and read as often as needed, batch by batch."""

    def __init__(self, folder: Path) -> None:
        self.rows = 0
        self._batches = 0
        self._files = ExitStack()
        self._rows, self._hashes = (
            self._files.enter_context((folder / name).open("w+b"))
            for name in ("rows.pickles", "rows.hashes")
        )

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

    def repeated_hashes(self) -> set[int]:
        """Return the hashes that more than one line has."""
        parts = self.rows // _COMPARED_AT_ONCE + 1
        repeated: set[int] = set()
        for part in range(parts):
            seen: set[int] = set()
            for value in self._hashes_of(part, parts):
                if value in seen:
                    repeated.add(value)
                else:
                    seen.add(value)
        return repeated

    def _hashes_of(self, part: int, parts: int) -> Iterator[int]:
        """Yield the hashes that lie in the given part of all possible ones."""
        self._hashes.seek(0)
        low = (part << _HASH_BITS) // parts
        high = ((part + 1) << _HASH_BITS) // parts
        while block := self._hashes.read(array(_HASH).itemsize * _COMPARED_AT_ONCE):
            hashes = array(_HASH)
            hashes.frombytes(block)
            yield from [value for value in hashes if low <= value < high]
