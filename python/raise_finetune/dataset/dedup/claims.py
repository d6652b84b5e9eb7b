"""What speaks for keeping a row: its rating, then its date; then its name, never the order."""

from array import array

import numpy as np

from raise_finetune.dataset.dedup.strings import Strings
from raise_finetune.dataset.near.codes import Texts


class Claims:
    """Many claims, in arrays: as Python's objects they would take four times the memory."""

    def __init__(self) -> None:
        self._ratings = array("d")
        self._dates = Strings()
        self._records = Strings()

    def add(self, rating: float, date: str, record: str) -> None:
        """Add the claim of a row."""
        self._ratings.append(rating)
        self._dates.add(date)
        self._records.add(record)

    def record(self, number: int) -> str:
        """Return the record that a claim is for."""
        return self._records.get(number)

    def ranking(self) -> Texts:
        """Return the numbers of the claims, the best first."""
        by_record = np.argsort(self._records.whole(), kind="stable")
        names = np.empty(len(by_record), np.int64)
        names[by_record] = np.arange(len(by_record), 0, -1)  # the smaller name is the better one
        ratings = np.frombuffer(self._ratings, np.float64)
        return np.lexsort((names, self._dates.whole(), ratings))[::-1]
