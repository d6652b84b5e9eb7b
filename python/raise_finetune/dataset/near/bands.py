"""Shingles → a signature for each text, of which similar texts share a part.

One-permutation MinHash: the shingles' range is cut into bins, of which each keeps its smallest
shingle. Two texts with the Jaccard similarity J agree in about the share J of their bins. A band
is a few bins together: it agrees with the probability J^``BINS_PER_BAND``, and there are ``BANDS``
of them to agree by one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.shingles import ROW_SHIFT, U64

BANDS = 12
BINS_PER_BAND = 5
BINS = BANDS * BINS_PER_BAND

_SHINGLE = np.uint64(0xFFFF_FFFF)
_SHINGLE_BITS = np.uint64(32)
_BORROWED = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX = np.uint64(0x9FB21C651E98DF25)
_LAST_BYTE = np.uint64(56)


class Signatures(NamedTuple):
    """What texts are compared by: a key for each band, a byte for each bin."""

    band_keys: U64  # (BANDS, rows)
    sketches: NDArray[np.uint8]  # (rows, BINS)


def sign(shingles: U64, rows: int) -> Signatures:
    """Return the signatures of a batch from its distinct shingles.

    A row without any shingle gets one all the same; it is the caller's to leave out.
    """
    smallest, is_filled = _smallest_of_bins(shingles, rows)
    _fill_from_the_next(smallest, is_filled)
    smallest *= _MIX
    bins = smallest.reshape(rows, BANDS, BINS_PER_BAND)
    keys = np.zeros((rows, BANDS), np.uint64)
    for place in range(BINS_PER_BAND):
        keys += bins[:, :, place]
        keys *= _MIX
        keys ^= keys >> _SHINGLE_BITS
    return Signatures(keys.T, (smallest >> _LAST_BYTE).astype(np.uint8))


def _smallest_of_bins(shingles: U64, rows: int) -> tuple[U64, NDArray[np.bool_]]:
    """Since the shingles are sorted, the first one of each bin is its smallest."""
    values = shingles & _SHINGLE
    places = (values * np.uint64(BINS)) >> _SHINGLE_BITS
    places += (shingles >> ROW_SHIFT) * np.uint64(BINS)
    is_first = np.ones(len(places), np.bool_)
    np.not_equal(places[1:], places[:-1], out=is_first[1:])
    firsts = places[is_first]
    smallest = np.zeros(rows * BINS, np.uint64)
    smallest[firsts] = values[is_first]
    is_filled = np.zeros(rows * BINS, np.bool_)
    is_filled[firsts] = True
    return smallest.reshape(rows, BINS), is_filled.reshape(rows, BINS)


def _fill_from_the_next(smallest: U64, is_filled: NDArray[np.bool_]) -> None:
    """Let an empty bin borrow from the next one that is filled, going round.

    The distance goes into what is borrowed, or all bins would agree when one does.
    """
    own = np.arange(BINS)
    nowhere = 2 * BINS
    sources = np.where(is_filled, own, nowhere)
    rounds = np.concatenate((sources, sources + BINS), axis=1)
    following = np.minimum.accumulate(rounds[:, ::-1], axis=1)[:, : BINS - 1 : -1]
    distance = (following - own).astype(np.uint64)
    borrowed = np.take_along_axis(smallest, following % BINS, axis=1)
    np.add(borrowed, distance * _BORROWED, out=smallest)
