"""Choices that look random and depend only on a seed, a purpose and an index.

Not ``random.Random``: seeding one for each of a million conversations would cost more than
writing them, and its sequences are only promised for some of its methods.
"""

from collections.abc import Iterator, Sequence
from hashlib import shake_128
from struct import Struct
from typing import TypeVar

T = TypeVar("T")

_WORDS = 64
_BLOCK = Struct(f"<{_WORDS}I")


class Draws:
    """An endless sequence of choices, the same on every machine."""

    __slots__ = ("_next",)

    def __init__(self, seed: int, purpose: str, index: int = 0) -> None:
        self._next = _words(f"{seed}/{purpose}/{index}").__next__

    def word(self) -> int:
        """Return 32 bits."""
        return self._next()

    def below(self, limit: int) -> int:
        """Return a number from 0 to ``limit - 1`` (at most 2³²)."""
        return self._next() * limit >> 32

    def between(self, lowest: int, highest: int) -> int:
        """Return a number from ``lowest`` to ``highest``, both included."""
        return lowest + (self._next() * (highest - lowest + 1) >> 32)

    def chance(self, percent: int) -> bool:
        """Return True in ``percent`` of 100 cases."""
        return self._next() * 100 >> 32 < percent

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self._next() * len(items) >> 32]

    def sample(self, items: Sequence[T], count: int, *, ordered: bool = False) -> list[T]:
        """Return ``count`` different items (or all there are), shuffled unless ``ordered``."""
        positions = list(range(len(items)))
        count = min(count, len(positions))
        for place in range(count):
            other = place + self.below(len(positions) - place)
            positions[place], positions[other] = positions[other], positions[place]
        chosen = positions[:count]
        if ordered:
            chosen.sort()
        return [items[position] for position in chosen]

    def digits(self) -> str:
        """Return eight hexadecimal digits."""
        return f"{self._next():08x}"

    def identifier(self) -> str:
        """Return a UUID of version 4."""
        a, b, c, d = self.digits(), self.digits(), self.digits(), self.digits()
        return f"{a}-{b[:4]}-4{b[5:]}-{'89ab'[int(c[0], 16) >> 2]}{c[1:4]}-{c[4:]}{d}"


def _words(key: str) -> Iterator[int]:
    block = 0
    while True:
        yield from _BLOCK.unpack(shake_128(f"{key}/{block}".encode()).digest(_BLOCK.size))
        block += 1
