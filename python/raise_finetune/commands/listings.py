"""Lists that the page scrolls through, kept as they were when they were asked for.

A rating given meanwhile may take its conversation off the list of the unrated, or to another
place; the pages of a list that was already begun still fit together.
"""

import secrets
from collections import OrderedDict
from threading import Lock

_KEPT = 8


class Listings:
    """The last few lists, each by a name of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, list[str]] = OrderedDict()

    def keep(self, records: list[str]) -> str:
        """Keep a list and return the name to ask for its pages by."""
        name = secrets.token_hex(8)
        with self._lock:
            self._kept[name] = records
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> list[str] | None:
        """Return a kept list, or None where it is kept no longer."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)
