"""Texts → shingles: each word with the one before it, as a number.

A batch of texts is one array of bytes, and every step one pass over it in compiled code: a loop
over words in Python would cost ten times as much.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Pair = tuple[str, str]  # a question and its answer

# The low bit of a shingle says which of the two it stands in: the same words weigh in the one
# only against the same words in the one.
ANSWER = np.uint64(1)
ROW_SHIFT = np.uint64(32)  # a batch's shingles carry their row above their 32 bits

_FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among the 64-bit numbers
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_FIRST = np.uint64(0x5DEECE66D)  # stands before the first word
_HALF = np.uint64(32)
_UNMARKED = np.uint64(0xFFFF_FFFE)


def shingles(pairs: Sequence[Pair]) -> U64:
    """Return the distinct shingles of all pairs, sorted: ``row << 32 | shingle``.

    A word is a run of letters and digits, without regard to the case of ASCII letters; every
    character beyond ASCII counts as a letter. The first word of a text is a shingle, too, so that
    a text of one word has one. ``row`` is the pair's place in the batch.
    """
    text, ends = _joined(pairs)
    starts, words = _words(text)
    part = np.searchsorted(ends, starts, side="right")
    before = np.empty_like(words)
    before[1:] = words[:-1]
    is_first = np.ones(len(words), np.bool_)
    np.not_equal(part[1:], part[:-1], out=is_first[1:])
    before[is_first] = _FIRST
    found = before * np.uint64(_FACTOR) + words
    found ^= found >> _HALF
    found *= _MIX
    found >>= _HALF
    found &= _UNMARKED
    part = part.astype(np.uint64)
    found |= part & ANSWER
    found |= (part >> ANSWER) << ROW_SHIFT
    return distinct(found)


def distinct(values: U64) -> U64:
    """Sort the values in place and return each of them once."""
    values.sort()
    is_new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_new[1:])
    return values[is_new]


def _joined(pairs: Sequence[Pair]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return all texts as bytes, each with a separator, and where each ends."""
    texts = [text.encode("utf-8", "replace") for pair in pairs for text in pair]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    joined = b"\0".join((*texts, b""))
    return np.frombuffer(joined, np.uint8), np.cumsum(lengths + 1)


def _words(text: NDArray[np.uint8]) -> tuple[NDArray[np.int64], U64]:
    """Return where each word starts, and its hash.

    The hash is that of a polynomial: byte × factor^place, summed over the word and divided by
    the power at its start, so that the place of the word in the text does not matter.
    """
    powers, inverses = _powers_up_to(len(text))
    terms = _VALUES.take(text)
    terms *= powers[: len(text)]
    in_word = _IS_WORD.take(text)
    starts = np.flatnonzero(in_word[1:] > in_word[:-1]) + 1
    if len(text) and in_word[0]:
        starts = np.concatenate(([0], starts))
    if not len(starts):
        return starts, np.empty(0, np.uint64)
    words = np.add.reduceat(terms, starts)
    words *= inverses.take(starts)
    words ^= words >> _HALF
    words *= _MIX
    return starts, words


def _word_bytes() -> NDArray[np.bool_]:
    is_word = np.ones(256, np.bool_)
    is_word[:128] = [chr(byte).isalnum() for byte in range(128)]
    return is_word


def _byte_values() -> U64:
    """Return a number for each byte: 0 where it is in no word, the same for A and a."""
    values = np.arange(1, 257, dtype=np.uint64) * np.uint64(_FACTOR)
    values ^= values >> np.uint64(29)
    values *= _MIX
    values[ord("A") : ord("Z") + 1] = values[ord("a") : ord("z") + 1]
    values[~_IS_WORD] = 0
    return values


def _powers(factor: int, count: int) -> U64:
    powers = np.full(count, factor, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _powers_up_to(count: int) -> tuple[U64, U64]:
    """Return at least so many powers of the factor and of its inverse, made once."""
    global _known_powers
    if len(_known_powers[0]) < count:
        size = max(1 << 17, 1 << count.bit_length())
        _known_powers = _powers(_FACTOR, size), _powers(pow(_FACTOR, -1, 1 << 64), size)
    return _known_powers


_IS_WORD = _word_bytes()
_VALUES = _byte_values()
_known_powers = np.empty(0, np.uint64), np.empty(0, np.uint64)
