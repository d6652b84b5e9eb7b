"""The rows that will not stay, and why."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.near.codes import Texts, codes_of
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.split import SPLITS, Split
from raise_finetune.dataset.writing.spool import RowSpool

_FATES: tuple[Fate, ...] = ("exported", "duplicate", "near_duplicate", "split_leak")


class Leaving:
    """The fate of each row, by number, and the row that stays in the place of each that goes.

    Thirteen bytes a row; only the names of the rows that stay in another's place are kept besides.
    """

    def __init__(self, rows: int) -> None:
        self.better = np.full(rows, -1, np.int64)
        self.similarity = np.zeros(rows, np.float32)
        self._fates = np.zeros(rows, np.uint8)
        self._names: dict[int, str] = {}

    def add(self, row: int, fate: Fate, better: int, name: str, similarity: float = 1.0) -> None:
        """Let a row go; ``name`` is the record of the one that stays in its place."""
        self._fates[row] = _FATES.index(fate)
        self.better[row] = better
        self.similarity[row] = similarity
        self._names[better] = name

    def goes(self) -> NDArray[np.bool_]:
        """Return for each row whether it goes."""
        return self._fates > 0

    def count(self) -> int:
        """Return how many rows go."""
        return int(np.count_nonzero(self._fates))

    def pairs(self) -> U64:
        """Return the codes of the rows that go, each with the one in its place."""
        rows = np.flatnonzero(self.goes())
        return codes_of(rows, self.better[rows])

    def near_duplicates(self) -> Texts:
        """Return the rows that go because they are near another."""
        return np.flatnonzero(self._fates == _FATES.index("near_duplicate"))

    def drop_from(
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
            for number, (row, split, fate) in enumerate(
                zip(rows, splits, fates, strict=True), first
            ):
                if fate:
                    name = self._names[int(self.better[number])]
                    ledger.mark(row.record, _FATES[fate], name)
                else:
                    staying.append((split, row))
            yield staying
