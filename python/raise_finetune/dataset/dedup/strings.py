"""Many short strings, in arrays: as Python's objects they would take several times the memory."""

import numpy as np
from numpy.typing import NDArray

_STRINGS_AT_ONCE = 4096


class Strings:
    """Short strings without NUL, in arrays each of which is as wide as its longest string."""

    def __init__(self) -> None:
        self._arrays: list[NDArray[np.bytes_]] = []
        self._last: list[bytes] = []

    def add(self, text: str) -> None:
        """Add a string."""
        self._last.append(text.encode("utf-8", "surrogatepass"))
        if len(self._last) == _STRINGS_AT_ONCE:
            self._arrays.append(np.array(self._last, np.bytes_))
            self._last = []

    def get(self, number: int) -> str:
        """Return a string by its number."""
        which, place = divmod(number, _STRINGS_AT_ONCE)
        encoded = self._last[place] if which == len(self._arrays) else self._arrays[which][place]
        return bytes(encoded).decode("utf-8", "surrogatepass")

    def whole(self) -> NDArray[np.bytes_]:
        """Return all strings, encoded."""
        return np.concatenate((*self._arrays, np.array(self._last, np.bytes_)))
