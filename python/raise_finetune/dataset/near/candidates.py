"""Which texts to compare: those that share a band, and whose sketches do not speak against it."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.bands import BANDS, BINS
from raise_finetune.dataset.near.codes import Texts, codes_of, texts_of
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.near.similarity import SHORT, near
from raise_finetune.dataset.progress import Pulse

# Of a key that many texts share, each is compared with so many of its neighbours.
_NEIGHBOURS = 8
_SKETCHES_AT_ONCE = 16_384
_STANDARD_DEVIATIONS = 2.5
_MIX = np.uint64(0x9E3779B97F4A7C15)


class NearPairs(NamedTuple):
    """Texts that are near-duplicates, by number, each pair once, and how similar they are.

    ``is_complete`` where all texts that share a key were compared: then no smaller set of these
    texts has a pair that is not among these.
    """

    first: Texts
    second: Texts
    similarity: NDArray[np.float64]
    is_complete: bool = True


def find_near_pairs(
    index: NearIndex,
    left_out: NDArray[np.bool_],
    threshold: float,
    pulse: Pulse,
    *,
    enough: int | None = None,
) -> NearPairs:
    """Return the pairs of near-duplicates among the texts that are not ``left_out``.

    ``left_out`` has one value for each text. The work grows with the number of texts, however
    many of them share a key: then each is compared with those that resemble it most. Two texts that
    have ``enough`` near-duplicates already are not compared, too; by default all are.
    """
    eligible = np.flatnonzero((index.sizes() >= SHORT) & ~left_out)
    sketches = index.sketches()
    codes, similarities = np.empty(0, np.uint64), np.empty(0)
    partners = np.zeros(len(left_out), np.int64)
    signatures = _whole_signatures(index, eligible)
    is_complete = True
    for band in range(BANDS):
        pulse.beat("comparing", len(eligible) * band // BANDS)
        texts, keys = _sharing(index, eligible, band, signatures)
        is_complete &= not np.any(keys[_NEIGHBOURS + 1 :] == keys[: -_NEIGHBOURS - 1])
        for candidates in _neighbours(texts, keys):
            wanted = candidates
            if enough is not None:
                first, second = texts_of(candidates)
                wanted = candidates[np.minimum(partners[first], partners[second]) < enough]
                is_complete &= len(wanted) == len(candidates)
            new = wanted[~np.isin(wanted, codes, assume_unique=True)]
            new = new[_may_be_near(new, sketches, threshold)]
            similarity = near(index, *texts_of(new), threshold)
            is_near = similarity > 0
            if is_near.any():
                codes = np.concatenate((codes, new[is_near]))
                similarities = np.concatenate((similarities, similarity[is_near]))
                for side in texts_of(new[is_near]):
                    partners += np.bincount(side, minlength=len(partners))
    return NearPairs(*texts_of(codes), similarities, is_complete)


def _whole_signatures(index: NearIndex, eligible: Texts) -> U64:
    """Return a number for each text that only those with the same keys in all bands share."""
    mixed = np.zeros(len(eligible), np.uint64)
    for band in range(BANDS):
        mixed *= _MIX
        mixed += index.band(band)[eligible]
    return mixed


def _sharing(index: NearIndex, eligible: Texts, band: int, signatures: U64) -> tuple[Texts, U64]:
    """Return the texts that share a key in the band, those with the same one side by side."""
    keys = index.band(band)[eligible]
    order = np.argsort(keys)
    sorted_keys = keys[order]
    is_shared = np.zeros(len(keys), np.bool_)
    is_repeated = sorted_keys[1:] == sorted_keys[:-1]
    is_shared[1:] = is_repeated
    is_shared[:-1] |= is_repeated
    places, shared = order[is_shared], sorted_keys[is_shared]
    # The next band brings those together that agree in both; their numbers decide nothing.
    following = index.band((band + 1) % BANDS)[eligible][places]
    order = np.lexsort((signatures[places], following, shared))
    return eligible[places[order]], shared[order]


def _neighbours(texts: Texts, keys: U64) -> Iterator[U64]:
    """Yield the pairs that share a key, as codes, the smaller number first: the nearest first."""
    for distance in range(1, _NEIGHBOURS + 1):
        is_same = keys[distance:] == keys[:-distance]
        if not is_same.any():
            return
        ones, others = texts[distance:][is_same], texts[:-distance][is_same]
        yield codes_of(np.minimum(ones, others), np.maximum(ones, others))


def _may_be_near(codes: U64, sketches: NDArray[np.uint8], threshold: float) -> NDArray[np.bool_]:
    """Drop the pairs whose bins agree far less often than near-duplicates' would."""
    deviation = (threshold * (1 - threshold) / BINS) ** 0.5
    least = BINS * (threshold - _STANDARD_DEVIATIONS * deviation)
    agreeing = np.empty(len(codes), np.int64)
    for start in range(0, len(codes), _SKETCHES_AT_ONCE):
        part = slice(start, start + _SKETCHES_AT_ONCE)
        first, second = texts_of(codes[part])
        agreeing[part] = (sketches[first] == sketches[second]).sum(axis=1)
    return agreeing >= least
