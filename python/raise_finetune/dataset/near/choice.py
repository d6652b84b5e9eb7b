"""Which of several near-duplicates stay, so that none of those that stay are near each other."""

from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.candidates import NearPairs
from raise_finetune.dataset.near.codes import Texts, are_among, codes_of, texts_of
from raise_finetune.dataset.near.shingles import U64

# Measures pairs of texts by number: their similarity, 0 where they are not near.
Measure = Callable[[Texts, Texts], NDArray[np.float32]]

_ROUNDS = 4
# There may be millions of pairs; each step makes several arrays of its own of them.
_PAIRS_AT_ONCE = 16_384


class Replaced(NamedTuple):
    """The texts that go, by number, what stays in place of each, and how similar the two are."""

    texts: Texts
    better: Texts
    similarity: NDArray[np.float32]


class _Known(NamedTuple):
    """Pairs that were measured; codes, sorted, of their places in the ranking, worse << 32."""

    codes: U64
    similarity: NDArray[np.float32]

    def with_others(self, codes: U64, similarity: NDArray[np.float32]) -> "_Known":
        """Return these and others, which are sorted, too."""
        places = np.searchsorted(self.codes, codes)
        return _Known(
            np.insert(self.codes, places, codes), np.insert(self.similarity, places, similarity)
        )

    def near_ones(self) -> Iterator[tuple[Texts, Texts]]:
        """Yield the places of those that are near, in order: the worse and the better ones."""
        for part in _parts(len(self.codes)):
            yield texts_of(self.codes[part][self.similarity[part] > 0])


def choose(pairs: NearPairs, ranking: Texts, measure: Measure) -> Replaced:
    """Return which texts go, and what stays in place of each.

    ``ranking`` names all texts of the pairs, the best first. A text goes only when one that is
    better, and stays, is truly near it: a chain of small steps does not make its ends alike.
    """
    known = _by_place(pairs, ranking)
    better = _settle(known, len(ranking))
    for _ in range(_ROUNDS):
        untried = _untried(known, better)
        if not len(untried):
            break
        worse_places, better_places = texts_of(untried)
        known = known.with_others(untried, measure(ranking[worse_places], ranking[better_places]))
        better = _settle(known, len(ranking))
    gone = np.flatnonzero(better >= 0)
    which = np.searchsorted(known.codes, codes_of(gone, better[gone]))
    return Replaced(ranking[gone], ranking[better[gone]], known.similarity[which])


def _by_place(pairs: NearPairs, ranking: Texts) -> _Known:
    by_text = np.argsort(ranking)
    texts = ranking[by_text]
    codes = np.empty_like(pairs.codes)
    for part in _parts(len(codes)):
        first, second = (
            by_text[np.searchsorted(texts, side)] for side in texts_of(pairs.codes[part])
        )
        codes[part] = codes_of(np.maximum(first, second), np.minimum(first, second))
    order = np.argsort(codes)
    return _Known(codes[order], pairs.similarity[order])


def _settle(known: _Known, places: int) -> Texts:
    """Return what stays in place of each, or -1 where it stays itself; the best settle first."""
    better = array("q", [-1]) * places
    for worse_ones, better_ones in known.near_ones():
        for one, other in zip(worse_ones.tolist(), better_ones.tolist(), strict=True):
            if better[one] < 0 and better[other] < 0:
                better[one] = other
    return np.array(better, np.int64)


def _untried(known: _Known, better: Texts) -> U64:
    """Return the pairs of a text and what stays in the place of one near it, sorted.

    Not all pairs were candidates, and of many copies of one text all but one shall go.
    """
    staying = np.where(better < 0, np.arange(len(better)), better)
    found = [np.empty(0, np.uint64)]
    for one, other in known.near_ones():
        first, second = np.concatenate((one, other)), staying[np.concatenate((other, one))]
        codes = codes_of(np.maximum(first, second), np.minimum(first, second))
        codes = np.unique(codes[first != second])
        found.append(codes[~are_among(codes, known.codes)])
    return np.unique(np.concatenate(found))


def _parts(pairs: int) -> Iterator[slice]:
    for start in range(0, pairs, _PAIRS_AT_ONCE):
        yield slice(start, start + _PAIRS_AT_ONCE)
