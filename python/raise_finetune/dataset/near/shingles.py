"""Texts → shingles: each word with the one before it, as a number.

A batch of texts is one array of bytes, and every step one pass over it in compiled code: a loop
over words in Python would cost ten times as much.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
QuestionAnswer = tuple[str, str]  # a question and its answer

# The low bit of a shingle says which of the two it stands in: the same words weigh in the one
# only against the same words in the one.
ANSWER = np.uint64(1)
ROW_SHIFT = np.uint64(32)  # a batch's shingles carry their row above their 32 bits

_FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among the 64-bit numbers
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_FIRST = np.uint64(0x5DEECE66D)  # stands before the first word
_HALF = np.uint64(32)
_UNMARKED = np.uint64(0xFFFF_FFFE)


def shingles(pairs: Sequence[QuestionAnswer]) -> U64:
    """Return the distinct shingles of all pairs, sorted: ``row << 32 | shingle``.

    A word is a run of letters and digits, without regard to the case of ASCII letters; every
    character beyond ASCII counts as a letter. The first word of a text is a shingle, too, so that
    a text of one word has one. ``row`` is the pair's place in the batch.
    """
    text, ends = _joined(pairs)
    starts, words = _words(text)
    counts = np.diff(np.searchsorted(starts, ends), prepend=0)
    part = np.repeat(np.arange(len(ends), dtype=np.uint64), counts)
    before = np.empty_like(words)
    before[1:] = words[:-1]
    before[(np.cumsum(counts) - counts)[counts > 0]] = _FIRST
    found = before * np.uint64(_FACTOR) + words
    found ^= found >> _HALF
    found *= _MIX
    found >>= _HALF
    found &= _UNMARKED
    found |= part & ANSWER
    found |= (part >> ANSWER) << ROW_SHIFT
    return distinct(found)


def distinct(values: U64) -> U64:
    """Sort the values in place and return each of them once."""
    values.sort()
    is_new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_new[1:])
    return values[is_new]


def _joined(pairs: Sequence[QuestionAnswer]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return all texts as bytes, 0 where no word is, and where each ends."""
    texts = [text.encode("utf-8", "replace") for pair in pairs for text in pair]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    joined = b"\0".join((*texts, b"")).translate(_LETTERS)
    return np.frombuffer(joined, np.uint8), np.cumsum(lengths + 1)


def _words(text: NDArray[np.uint8]) -> tuple[NDArray[np.int64], U64]:
    """Return where each word starts, and its hash.

    The hash is that of a polynomial: byte × factor^place, summed over the word and divided by
    the power at its start, so that the place of the word in the text does not matter.
    """
    powers, inverses = _powers_up_to(len(text))
    terms = text * powers[: len(text)]
    in_word = text != 0
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


def _letters() -> bytes:
    """Return what each byte counts as: itself, a small letter, or 0 where it is in no word."""
    ascii_bytes = map(chr, range(128))
    lowered = [ord(char.lower()) if char.isalnum() else 0 for char in ascii_bytes]
    return bytes([*lowered, *range(128, 256)])


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


_LETTERS = _letters()
_known_powers = np.empty(0, np.uint64), np.empty(0, np.uint64)
