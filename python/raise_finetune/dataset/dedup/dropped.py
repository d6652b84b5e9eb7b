"""The rows that are dropped, and why."""

from array import array
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.dedup.strings import Strings
from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.near.choice import Replaced
from raise_finetune.dataset.near.codes import Texts, codes_of
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.split import SPLITS, Split
from raise_finetune.dataset.writing.spool import RowSpool

_FATES: tuple[Fate, ...] = ("exported", "duplicate", "near_duplicate", "split_leak")


class DroppedRows:
    """The fate of each row, by number, and the row that stays in the place of each that goes.

    A byte a row; twelve more and the name of another for each one that goes.
    """

    def __init__(self, rows: int) -> None:
        self._fates = np.zeros(rows, np.uint8)
        self._rows = array("I")
        self._better = array("I")
        self._similarity = array("f")
        self._names = Strings()

    def add(self, row: int, fate: Fate, better: int, name: str, similarity: float = 1.0) -> None:
        """Drop a row; ``name`` is the record of the one that stays in its place."""
        self._fates[row] = _FATES.index(fate)
        self._rows.append(row)
        self._better.append(better)
        self._similarity.append(similarity)
        self._names.add(name)

    def mask(self) -> NDArray[np.bool_]:
        """Return for each row whether it is dropped."""
        return self._fates > 0

    def count(self) -> int:
        """Return how many rows are dropped."""
        return len(self._rows)

    def pairs(self) -> U64:
        """Return the codes of the rows that go, each with the one in its place."""
        order = self._order()
        return codes_of(_numbers(self._rows)[order], _numbers(self._better)[order])

    def near_duplicates(self) -> Replaced:
        """Return the rows that are dropped because they are near another, sorted."""
        order = self._order()
        rows = _numbers(self._rows)[order]
        near = self._fates[rows] == _FATES.index("near_duplicate")
        order = order[near]
        return Replaced(
            rows[near].astype(np.int64),
            _numbers(self._better)[order].astype(np.int64),
            np.frombuffer(self._similarity, np.float32)[order],
        )

    def staying_rows(
        self,
        spool: RowSpool,
        sides: NDArray[np.uint8],
        ledger: Ledger,
        see: Callable[[int, list[Row]], None] | None = None,
    ) -> Iterator[list[tuple[Split, Row]]]:
        """Yield the rows that stay, each with its side; the others get their fate.

        ``sides`` are the rows' places among ``SPLITS``. ``see`` is shown every batch, with the
        number of its first row.
        """
        names = (self._names.get(int(place)) for place in self._order())
        for first, rows in spool.batches():
            if see is not None:
                see(first, rows)
            part = slice(first, first + len(rows))
            numbers: list[int] = sides[part].tolist()
            splits: list[Split] = [SPLITS[side] for side in numbers]
            fates: list[int] = self._fates[part].tolist()
            if not any(fates):
                yield list(zip(splits, rows, strict=True))
                continue
            staying: list[tuple[Split, Row]] = []
            for row, split, fate in zip(rows, splits, fates, strict=True):
                if fate:
                    ledger.mark(row.record, _FATES[fate], next(names))
                else:
                    staying.append((split, row))
            yield staying

    def _order(self) -> Texts:
        """Return the places of those that go, in the order of the rows."""
        return np.argsort(_numbers(self._rows), kind="stable")


def _numbers(rows: "array[int]") -> NDArray[np.uint32]:
    return np.frombuffer(rows, np.uint32)
