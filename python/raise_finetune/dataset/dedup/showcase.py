"""Some of the near-duplicates beside the rows that stay in their place, for a person to judge."""

from typing import NamedTuple

import numpy as np

from raise_finetune.dataset.dedup.dropped import DroppedRows
from raise_finetune.dataset.records import Row


class Shown(NamedTuple):
    """A row that goes, the one that stays instead, and how similar the two are."""

    gone: Row
    stays: Row
    similarity: float


class Showcase:
    """Takes the pairs that are least alike, since these are the ones to doubt."""

    def __init__(self, size: int) -> None:
        self.total = 0
        self._size = size
        self._pairs: list[tuple[int, int, float]] = []
        self._rows: dict[int, Row] = {}
        self._wanted: frozenset[int] = frozenset()

    def choose(self, dropped: DroppedRows) -> None:
        """Choose the pairs; to be called when all is decided, before ``see``."""
        rows, better, similarity = dropped.near_duplicates()
        self.total = len(rows)
        self._pairs = [
            (int(rows[place]), int(better[place]), float(similarity[place]))
            for place in np.argsort(similarity, kind="stable")[: self._size]
        ]
        self._wanted = frozenset(row for pair in self._pairs for row in pair[:2])

    def see(self, first: int, rows: list[Row]) -> None:
        """Keep what was chosen of a batch whose first row has the number ``first``."""
        for number in self._wanted.intersection(range(first, first + len(rows))):
            self._rows[number] = rows[number - first]

    def shown(self) -> list[Shown]:
        """Return the chosen pairs, the least alike first; once all batches were seen."""
        return [
            Shown(self._rows[gone], self._rows[stays], similarity)
            for gone, stays, similarity in self._pairs
        ]
