"""What speaks for keeping a row: its rating, then its date; then its name, never the order."""

from array import array

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.codes import Texts

_STRINGS_AT_ONCE = 4096


class Claims:
    """Many claims, in arrays: as Python's objects they would take four times the memory."""

    def __init__(self) -> None:
        self._ratings = array("d")
        self._dates = _Strings()
        self._records = _Strings()

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


class _Strings:
    """Short strings without NUL, in arrays each of which is as wide as its longest string."""

    def __init__(self) -> None:
        self._arrays: list[NDArray[np.bytes_]] = []
        self._last: list[bytes] = []

    def add(self, text: str) -> None:
        self._last.append(text.encode("utf-8", "surrogatepass"))
        if len(self._last) == _STRINGS_AT_ONCE:
            self._arrays.append(np.array(self._last, np.bytes_))
            self._last = []

    def get(self, number: int) -> str:
        which, place = divmod(number, _STRINGS_AT_ONCE)
        encoded = self._last[place] if which == len(self._arrays) else self._arrays[which][place]
        return bytes(encoded).decode("utf-8", "surrogatepass")

    def whole(self) -> NDArray[np.bytes_]:
        return np.concatenate((*self._arrays, np.array(self._last, np.bytes_)))
