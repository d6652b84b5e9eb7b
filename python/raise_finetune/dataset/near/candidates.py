"""Which texts to compare: those that share a band, and whose sketches do not speak against it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.bands import BANDS, BINS
from raise_finetune.dataset.near.codes import Texts, are_among, codes_of, texts_of
from raise_finetune.dataset.near.comparison import (
    Compared,
    Neighbours,
    Rule,
    compare,
    compare_in,
)
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.near.similarity import SHORT
from raise_finetune.dataset.progress import Pulse

# Of a key that many texts share, each is compared with so many of its neighbours.
_NEIGHBOURS = 8
_TEXTS_AT_ONCE = 2048
_STANDARD_DEVIATIONS = 2.5
_MIX = np.uint64(0x9E3779B97F4A7C15)


class NearPairs(NamedTuple):
    """Texts that are near-duplicates, each pair once, and how similar they are.

    ``uncompared`` tells of each text whether it shares a key with one that it was not compared
    with: no smaller set of the other texts has a pair that is not among these.
    """

    codes: U64
    similarity: NDArray[np.float32]
    uncompared: NDArray[np.bool_]


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
    signatures = _whole_signatures(index, eligible)
    search = _Search(index, len(left_out), Rule(threshold, enough))
    for band in range(BANDS):
        pulse.beat("comparing", len(eligible) * band // BANDS)
        texts, keys = _sharing(index, eligible, band, signatures)
        for done in search.compare(texts, keys):
            pulse.beat("comparing", int(len(eligible) * (band + done / len(texts)) / BANDS))
    return search.pairs()


class _Search:
    """The comparison of the texts that share a key, band after band."""

    def __init__(self, index: NearIndex, texts: int, rule: Rule) -> None:
        self._index = index
        self._sizes = index.sizes()
        self._sketches = index.sketches()
        self._rule = rule
        self._partners = np.zeros(texts, np.int64)
        self._uncompared = np.zeros(texts, np.bool_)
        self._compared = np.empty(0, np.uint64)  # sorted codes
        self._found = [np.empty(0, np.uint64)]
        self._similarities = [np.empty(0, np.float32)]

    def pairs(self) -> NearPairs:
        """Return what was found."""
        codes, similarity = np.concatenate(self._found), np.concatenate(self._similarities)
        return NearPairs(codes, similarity, self._uncompared)

    def compare(self, texts: Texts, keys: U64) -> Iterator[int]:
        """Compare the texts of one band, of which those with the same key lie side by side.

        Yields how many of them are begun, now and then.
        """
        self._uncompared[texts[_is_crowded(keys)]] = True
        begun: list[Callable[[], Compared]] = []
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            yield start
            before = min(start, _NEIGHBOURS)
            part = slice(start - before, start + _TEXTS_AT_ONCE)
            pairs = [
                self._worthwhile(each) for each in _neighbours(texts[part], keys[part], before)
            ]
            if pairs:
                begun.append(self._begin(pairs))
        # What is found counts from the next band on: so it does not matter who compares what.
        self._take([each() for each in begun])

    def _begin(self, by_distance: list[U64]) -> Callable[[], Compared]:
        texts = np.union1d(*texts_of(np.concatenate(by_distance)))
        neighbours = Neighbours(by_distance, texts, self._partners[texts])
        here = partial(compare, self._index.file, neighbours, self._rule)
        return self._index.core.begin(
            compare_in, self._index.folder, neighbours, self._rule, here=here, at_once=True
        )

    def _take(self, parts: Sequence[Compared]) -> None:
        for codes, similarity, passed_over in parts:
            is_near = similarity > 0
            self._found.append(codes[is_near])
            self._similarities.append(similarity[is_near])
            for side in texts_of(codes[is_near]):
                np.add.at(self._partners, side, 1)
            for side in texts_of(passed_over):
                self._uncompared[side] = True
        self._compared = np.concatenate((self._compared, *(part.codes for part in parts)))
        self._compared.sort()  # in place: takes less memory than to insert what is new

    def _worthwhile(self, codes: U64) -> U64:
        """Return the pairs that were not compared before, and may be near."""
        codes = codes[~are_among(codes, self._compared)]
        one, other = (self._sizes[side] for side in texts_of(codes))
        threshold = self._rule.threshold
        codes = codes[np.minimum(one, other) / np.maximum(one, other) >= threshold]
        return codes[_may_be_near(codes, self._sketches, threshold)]


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
    keys = keys[order]
    is_shared = np.zeros(len(keys), np.bool_)
    is_repeated = keys[1:] == keys[:-1]
    is_shared[1:] = is_repeated
    is_shared[:-1] |= is_repeated
    places, shared = order[is_shared], keys[is_shared]
    del keys, order  # of all texts: for a million of them it matters
    # The next band brings those together that agree in both; their numbers decide nothing.
    following = index.band((band + 1) % BANDS)[eligible[places]]
    order = np.lexsort((signatures[places], following, shared))
    return eligible[places[order]], shared[order]


def _is_crowded(keys: U64) -> NDArray[np.bool_]:
    """Tell which keys, sorted, are shared by more texts than are compared with each other."""
    _, counts = np.unique(keys, return_counts=True)
    return np.repeat(counts > _NEIGHBOURS + 1, counts)


def _neighbours(texts: Texts, keys: U64, before: int) -> Iterator[U64]:
    """Yield the pairs that share a key, as codes, the smaller number first: the nearest first.

    Pairs within the first ``before`` texts are left out.
    """
    for distance in range(1, _NEIGHBOURS + 1):
        start = max(distance, before)
        is_same = keys[start:] == keys[start - distance : -distance]
        if not is_same.any():
            return
        ones, others = texts[start:][is_same], texts[start - distance : -distance][is_same]
        yield codes_of(np.minimum(ones, others), np.maximum(ones, others))


def _may_be_near(codes: U64, sketches: NDArray[np.uint8], threshold: float) -> NDArray[np.bool_]:
    """Drop the pairs whose bins agree far less often than near-duplicates' would."""
    deviation = (threshold * (1 - threshold) / BINS) ** 0.5
    least = BINS * (threshold - _STANDARD_DEVIATIONS * deviation)
    first, second = texts_of(codes)
    return (sketches[first] == sketches[second]).sum(axis=1) >= least
