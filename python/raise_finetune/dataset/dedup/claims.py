"""What speaks for keeping a row: its rating, then its date."""

from typing import NamedTuple

import numpy as np

from raise_finetune.dataset.near.codes import Texts
from raise_finetune.dataset.records import Row


class Claim(NamedTuple):
    """One row's claim, the strongest part first."""

    rating: float
    date: str
    record: str

    @classmethod
    def of(cls, row: Row) -> "Claim":
        """Return the claim of a row."""
        return cls(row.rating, row.date, row.record)

    def beats(self, other: "Claim") -> bool:
        """Compare rating, then date; the smaller name decides last, so the order never does."""
        if self[:2] != other[:2]:
            return self[:2] > other[:2]
        return self.record < other.record


class Claims:
    """Many claims, in arrays: as tuples they would take three times the memory."""

    def __init__(self) -> None:
        self._ratings: list[float] = []
        self._dates: list[bytes] = []
        self._records: list[bytes] = []

    def add(self, rating: float, date: str, record: str) -> None:
        """Add the claim of a row."""
        self._ratings.append(rating)
        self._dates.append(date.encode())
        self._records.append(record.encode("utf-8", "surrogatepass"))

    def record(self, number: int) -> str:
        """Return the record that a claim is for."""
        return self._records[number].decode("utf-8", "surrogatepass")

    def ranking(self) -> Texts:
        """Return the numbers of the claims, the best first."""
        by_record = np.argsort(np.array(self._records, np.bytes_), kind="stable")
        names = np.empty(len(by_record), np.int64)
        names[by_record] = np.arange(len(by_record), 0, -1)  # the smaller name is the better one
        dates = np.array(self._dates, np.bytes_)
        return np.lexsort((names, dates, np.array(self._ratings)))[::-1]
