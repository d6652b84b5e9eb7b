"""Where candidates lie: byte offsets in a joined block, as texts and offsets in characters."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

from raise_finetune.dataset.sanitize.anchors import Candidates

JOINT = b"\0"
_JOINT_LENGTH = len(JOINT)
_WORD_BITS = 64
# As signed bytes, those of UTF-8 that continue a character are the lowest.
_LOWEST_FIRST_BYTE = -64

# Where a candidate starts in the block, the number of its text, and where it starts in that.
Place = tuple[int, int, int]


def places(
    candidates: Candidates, texts: Sequence[str], block: bytes
) -> Iterator[tuple[int, list[Place]]]:
    """Yield each anchor with the places of its candidates, in order.

    ``block`` is the texts in UTF-8 with ``JOINT`` between them. All candidates are placed at once:
    one by one it would take as long as to check them.
    """
    starts = np.fromiter(chain.from_iterable(candidates.values()), np.int64)
    characters = starts - _Continuations(block).before(starts)
    text_ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + _JOINT_LENGTH)
    numbers = np.searchsorted(text_ends, characters, "right")
    offsets = characters - np.concatenate(([0], text_ends))[numbers]
    placed = zip(starts.tolist(), numbers.tolist(), offsets.tolist(), strict=True)
    for anchor, own in candidates.items():
        yield anchor, list(islice(placed, len(own)))


class _Continuations:
    """The bytes of UTF-8 that continue a character, as bits; to know how many stand before one."""

    def __init__(self, data: bytes) -> None:
        bits = np.packbits(np.frombuffer(data, np.int8) < _LOWEST_FIRST_BYTE, bitorder="little")
        self._words = np.zeros(len(data) // _WORD_BITS + 1, "<u8")
        self._words.view(np.uint8)[: len(bits)] = bits
        self._counts = np.zeros(len(self._words) + 1, np.int64)
        np.cumsum(np.bitwise_count(self._words), out=self._counts[1:])

    def before(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return how many there are before each place."""
        words, bits = np.divmod(places, _WORD_BITS)
        below = (np.uint64(1) << bits.astype(np.uint64)) - np.uint64(1)
        return self._counts[words] + np.bitwise_count(self._words[words] & below)
