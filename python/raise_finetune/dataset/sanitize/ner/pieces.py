"""Cuts long texts where no name stands, so that a model sees pieces of a bounded size."""

import re
from collections.abc import Iterator

LONGEST_PIECE = 4000  # characters

_BREAKS = ("\n", " ")
_WORD = re.compile(r"[^\W\d_]")


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text in which a name can stand, each with its offset.

    A cut falls after the last line end of a piece, else after its last blank; only a word longer
    than a piece is divided.
    """
    start = 0
    while start < len(text):
        end = _cut(text, start)
        piece = text[start:end]
        if _WORD.search(piece):
            yield start, piece
        start = end


def _cut(text: str, start: int) -> int:
    limit = start + LONGEST_PIECE
    if limit >= len(text):
        return len(text)
    # A cut near the beginning of a piece would make many small ones.
    for mark in _BREAKS:
        found = text.rfind(mark, start + LONGEST_PIECE // 2, limit)
        if found >= 0:
            return found + 1
    return limit
