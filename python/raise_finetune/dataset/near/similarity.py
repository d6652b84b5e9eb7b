"""How similar two texts truly are: the Jaccard similarity of their shingles."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.codes import Texts
from raise_finetune.dataset.near.shingle_file import ShingleFile
from raise_finetune.dataset.near.shingles import ANSWER, U64

# Fewer shingles say too little: such texts are duplicates when they are the same, and only then.
SHORT = 20
_SHORT_ANSWER = 12
_PAIRS_AT_ONCE = 2048
_PAIR_SHIFT = np.uint64(32)


class Similarity(NamedTuple):
    """Of question and answer together, and of the answers alone."""

    whole: NDArray[np.float64]
    answers: NDArray[np.float64]


class HeldShingles:
    """The shingles of some texts in memory: of those that are compared more than once."""

    def __init__(self, file: ShingleFile, texts: Texts) -> None:
        """Read the shingles of ``texts``, which are sorted and distinct."""
        self._texts = texts
        self._sizes = file.sizes[texts].astype(np.int64)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._shingles = file.shingles_of(texts)

    def by_pair(self, texts: Texts) -> U64:
        """Return the shingles of one text of each pair, with the pair's number above 32 bits."""
        places = np.searchsorted(self._texts, texts)
        sizes = self._sizes[places]
        ends = np.cumsum(sizes)
        shift = np.repeat(self._starts[places] - (ends - sizes), sizes)
        pairs = np.repeat(np.arange(len(texts), dtype=np.uint64), sizes)
        return (pairs << _PAIR_SHIFT) | self._shingles[shift + np.arange(len(shift))]


def near(file: ShingleFile, first: Texts, second: Texts, threshold: float) -> NDArray[np.float32]:
    """Return the similarity of each pair of texts, 0 for those that are not near-duplicates."""
    found = np.zeros(len(first), np.float32)
    for start in range(0, len(first), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        held = HeldShingles(file, np.union1d(first[part], second[part]))
        found[part] = near_of_held(held, first[part], second[part], threshold)
    return found


def near_of_held(
    held: HeldShingles, first: Texts, second: Texts, threshold: float
) -> NDArray[np.float32]:
    """Return what ``near`` does, for pairs of the texts that are held.

    The answers alone must be as alike as the whole: to one long question, "yes" and "no" are two
    answers, and where it comes from a template its words say nothing. Short ones must be the same.
    """
    similarity, is_short = _compare(held, first, second)
    asked = np.where(is_short, 1.0, threshold)
    is_near = (similarity.whole >= threshold) & (similarity.answers >= asked)
    return np.where(is_near, similarity.whole, 0.0).astype(np.float32)


def _compare(
    held: HeldShingles, first: Texts, second: Texts
) -> tuple[Similarity, NDArray[np.bool_]]:
    """Return the similarities, and whether one of the answers is short."""
    ones, others = held.by_pair(first), held.by_pair(second)
    count = len(first)
    both = np.concatenate((ones, others))
    both.sort(kind="stable")  # two sorted runs, which are merged
    shared = both[1:][both[1:] == both[:-1]]
    whole = _jaccard(*(_counts(each, count) for each in (ones, others, shared)))
    answers = [_counts(each[(each & ANSWER) == ANSWER], count) for each in (ones, others, shared)]
    is_short = np.minimum(answers[0], answers[1]) < _SHORT_ANSWER
    return Similarity(whole, _jaccard(*answers)), is_short


def _counts(shingles: U64, pairs: int) -> NDArray[np.int64]:
    return np.bincount((shingles >> _PAIR_SHIFT).astype(np.int64), minlength=pairs)


def _jaccard(
    ones: NDArray[np.int64], others: NDArray[np.int64], shared: NDArray[np.int64]
) -> NDArray[np.float64]:
    return shared / np.maximum(ones + others - shared, 1)
