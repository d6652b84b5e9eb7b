"""How similar two texts truly are: the Jaccard similarity of their shingles."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.codes import Texts
from raise_finetune.dataset.near.index import NearIndex
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


def near(index: NearIndex, first: Texts, second: Texts, threshold: float) -> NDArray[np.float64]:
    """Return the similarity of each pair of texts, 0 for those that are not near-duplicates.

    The answers alone must be as alike as the whole: to one long question, "yes" and "no" are two
    answers, and where it comes from a template its words say nothing. Short ones must be the same.
    """
    found = np.zeros(len(first))
    for start in range(0, len(first), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        similarity, is_short = _compare(index, first[part], second[part])
        asked = np.where(is_short, 1.0, threshold)
        is_near = (similarity.whole >= threshold) & (similarity.answers >= asked)
        found[part] = np.where(is_near, similarity.whole, 0.0)
    return found


def _compare(index: NearIndex, first: Texts, second: Texts) -> tuple[Similarity, NDArray[np.bool_]]:
    """Return the similarities, and whether one of the answers is short."""
    ones, others = _by_pair(index, first), _by_pair(index, second)
    count = len(first)
    both = np.concatenate((ones, others))
    both.sort(kind="stable")  # two sorted runs, which are merged
    shared = both[1:][both[1:] == both[:-1]]
    whole = _jaccard(*(_counts(each, count) for each in (ones, others, shared)))
    answers = [_counts(each[(each & ANSWER) == ANSWER], count) for each in (ones, others, shared)]
    is_short = np.minimum(answers[0], answers[1]) < _SHORT_ANSWER
    return Similarity(whole, _jaccard(*answers)), is_short


def _by_pair(index: NearIndex, texts: Texts) -> U64:
    """Return the texts' shingles, each with the number of its pair above its 32 bits."""
    pairs = np.repeat(np.arange(len(texts), dtype=np.uint64), index.sizes()[texts])
    return (pairs << _PAIR_SHIFT) | index.shingles_of(texts)


def _counts(shingles: U64, pairs: int) -> NDArray[np.int64]:
    return np.bincount((shingles >> _PAIR_SHIFT).astype(np.int64), minlength=pairs)


def _jaccard(
    ones: NDArray[np.int64], others: NDArray[np.int64], shared: NDArray[np.int64]
) -> NDArray[np.float64]:
    return shared / np.maximum(ones + others - shared, 1)
