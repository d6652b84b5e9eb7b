"""Where candidates lie: byte offsets in a joined block, as texts and offsets in characters."""

from collections.abc import Iterator, Sequence
from itertools import chain, compress, islice

import numpy as np
import numpy.typing as npt

from raise_finetune.dataset.sanitize.anchors import Candidates

JOINT = b"\0"
_WORD_BITS = 64
# As signed bytes, those of UTF-8 that continue a character are the lowest.
_LOWEST_FIRST_BYTE = -64

# The number of a candidate's text, and where it starts in that.
Place = tuple[int, int]
_Integers = npt.NDArray[np.int64]


def places(candidates: Candidates, encoded: Sequence[bytes]) -> Iterator[tuple[int, list[Place]]]:
    """Yield each anchor with the places of its candidates, in order.

    The block is the texts in UTF-8, ``encoded``, with ``JOINT`` between them. All candidates are
    placed at once: one by one it would take a sixth of the time of their checks.
    """
    starts = np.fromiter(chain.from_iterable(candidates.values()), np.int64)
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    text_ends = np.cumsum(sizes + len(JOINT))
    numbers = np.searchsorted(text_ends, starts, "right")
    offsets = starts - (text_ends - sizes - len(JOINT))[numbers]
    characters = _characters(numbers, offsets, encoded)
    placed = zip(numbers.tolist(), characters.tolist(), strict=True)
    for anchor, own in candidates.items():
        yield anchor, list(islice(placed, len(own)))


def _characters(numbers: _Integers, offsets: _Integers, encoded: Sequence[bytes]) -> _Integers:
    """Return how many characters stand before each byte offset, in the text of that number."""
    # Only texts with candidates are looked through: mostly these are few.
    has_candidates = np.zeros(len(encoded), np.bool_)
    has_candidates[numbers] = True
    place_of_text = (np.cumsum(has_candidates) - 1)[numbers]
    texts = list(compress(encoded, has_candidates.tolist()))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.cumsum(sizes) - sizes
    continuations = _Continuations(b"".join(texts))
    before_text = continuations.before(begins)[place_of_text]
    return offsets - continuations.before(begins[place_of_text] + offsets) + before_text


class _Continuations:
    """The bytes of UTF-8 that continue a character, as bits; to know how many stand before one."""

    def __init__(self, data: bytes) -> None:
        bits = np.packbits(np.frombuffer(data, np.int8) < _LOWEST_FIRST_BYTE, bitorder="little")
        self._words = np.zeros(len(data) // _WORD_BITS + 1, "<u8")
        self._words.view(np.uint8)[: len(bits)] = bits
        self._counts = np.zeros(len(self._words) + 1, np.int64)
        np.cumsum(np.bitwise_count(self._words), out=self._counts[1:])

    def before(self, places: _Integers) -> _Integers:
        """Return how many there are before each place."""
        words, bits = np.divmod(places, _WORD_BITS)
        below = (np.uint64(1) << bits.astype(np.uint64)) - np.uint64(1)
        return self._counts[words] + np.bitwise_count(self._words[words] & below)
