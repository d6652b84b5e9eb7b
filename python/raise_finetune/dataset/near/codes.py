"""Pairs of texts as single numbers, which sort and compare in compiled code."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.shingles import U64

Texts = NDArray[np.int64]
Numbers = NDArray[np.integer[Any]]  # all of them below 2**32

_SHIFT = np.uint64(32)
_LOW = np.uint64(0xFFFF_FFFF)


def codes_of(first: Numbers, second: Numbers) -> U64:
    """Return ``first << 32 | second``."""
    return (first.astype(np.uint64) << _SHIFT) | second.astype(np.uint64)


def texts_of(codes: U64) -> tuple[Texts, Texts]:
    """Return the two numbers of each pair."""
    return (codes >> _SHIFT).astype(np.int64), (codes & _LOW).astype(np.int64)


def are_among(codes: U64, sorted_codes: U64) -> NDArray[np.bool_]:
    """Tell which codes are among others, which are sorted."""
    if not len(sorted_codes):
        return np.zeros(len(codes), np.bool_)
    places = np.searchsorted(sorted_codes, codes)
    return sorted_codes[np.minimum(places, len(sorted_codes) - 1)] == codes
