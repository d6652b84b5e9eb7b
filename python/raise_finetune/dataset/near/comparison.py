"""Some texts compared with their neighbours: what a second core can do as well as this one."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.codes import Texts, texts_of
from raise_finetune.dataset.near.shingle_file import ShingleFile
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.near.similarity import HeldShingles, near_of_held


class Rule(NamedTuple):
    """Which texts are near-duplicates, and how many of them are enough for a text, if any are."""

    threshold: float
    enough: int | None


class Neighbours(NamedTuple):
    """Pairs of texts to compare, as codes: those of the nearest neighbours first.

    ``texts`` are those of the pairs, sorted; ``partners`` is how many near-duplicates of each are
    known already.
    """

    by_distance: Sequence[U64]
    texts: Texts
    partners: NDArray[np.int64]


class Compared(NamedTuple):
    """The pairs that were compared, their similarity (0: not near), and those passed over."""

    codes: U64
    similarity: NDArray[np.float32]
    passed_over: U64


def compare(file: ShingleFile, neighbours: Neighbours, rule: Rule) -> Compared:
    """Compare pairs, unless both texts have enough near-duplicates without."""
    held = HeldShingles(file, neighbours.texts)
    partners = neighbours.partners.copy()
    compared, similarities, passed_over = list[U64](), list[NDArray[np.float32]](), list[U64]()
    for codes in neighbours.by_distance:
        first, second = texts_of(codes)
        places = [np.searchsorted(neighbours.texts, side) for side in (first, second)]
        wanted = np.ones(len(codes), np.bool_)
        if rule.enough is not None:
            wanted = np.minimum(*(partners[side] for side in places)) < rule.enough
        similarity = near_of_held(held, first[wanted], second[wanted], rule.threshold)
        for side in places:
            np.add.at(partners, side[wanted][similarity > 0], 1)
        compared.append(codes[wanted])
        similarities.append(similarity)
        passed_over.append(codes[~wanted])
    return Compared(
        np.concatenate(compared), np.concatenate(similarities), np.concatenate(passed_over)
    )


def compare_in(folder: Path, neighbours: Neighbours, rule: Rule) -> Compared:
    """Do what ``compare`` does, in a process that lives as long as the folder's index at most."""
    return compare(_opened(folder), neighbours, rule)


@lru_cache(maxsize=1)
def _opened(folder: Path) -> ShingleFile:
    return ShingleFile(folder)
