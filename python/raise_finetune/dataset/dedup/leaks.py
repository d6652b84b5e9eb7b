"""Nothing that was learned may be tested: conversations that repeat one on another side go.

A row's side is its conversation's own, for ever; so where a conversation in ``train`` repeats or
continues one in ``val`` or ``test``, it is the one in ``train`` that is left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.dedup.grouping import Grouping
from raise_finetune.dataset.dedup.leaving import Leaving
from raise_finetune.dataset.ledger import Crossings
from raise_finetune.dataset.near.codes import Texts, codes_of, texts_of
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.split import SPLITS
from raise_finetune.dataset.writing.spool import RowSpool

Groups = NDArray[np.uint32]  # the number of each row's conversation or document

# What more conversations share is a habit of speech, and no sign that one repeats another.
HABIT = 8
# Each is in so many pairs that these take more memory than all rows.
_ROWS_AT_ONCE = 1 << 16


class Leaks(NamedTuple):
    """The rows that go, and for each a row that stays and that it would have given away."""

    rows: Texts
    others: Texts


def find_leaks(grouping: Grouping, stays: NDArray[np.bool_], pairs: U64) -> Leaks:
    """Return the rows to leave out; ``pairs`` are codes of all rows, whether they stay or not.

    Two conversations are one when half of the rows of either are the other's, or when they begin
    with the same exchange. Of other pairs only the row itself goes.
    """
    groups = _numbered(grouping.groups)
    sizes = np.bincount(groups)
    row_of = np.full(len(sizes), -1, np.int64)  # one that stays, of each group
    row_of[groups[stays]] = np.flatnonzero(stays)
    linked = np.union1d(_repeating(groups, sizes, pairs), _continuing(groups, grouping.openings))
    lost = np.full(len(sizes), -1, np.int64)
    for group, other in _weaker(linked, grouping.sides[row_of], row_of >= 0):
        lost[group] = row_of[other]
    other_of = np.where(stays, lost[groups], -1)
    stays = stays & (other_of < 0)
    for row, other in _weaker(pairs, grouping.sides, stays):
        other_of[row] = other
    rows = np.flatnonzero(other_of >= 0)
    return Leaks(rows, other_of[rows])


def leave_leaks(spool: RowSpool, grouping: Grouping, pairs: U64, leaving: Leaving) -> None:
    """Let the rows go that would give away what another side tests."""
    leaks = find_leaks(grouping, ~leaving.goes(), pairs)
    if not len(leaks.rows):
        return
    names = spool.records(leaks.others)
    for row, other in zip(leaks.rows.tolist(), leaks.others.tolist(), strict=True):
        leaving.add(row, "split_leak", other, names[other])


def count_crossings(grouping: Grouping, pairs: U64, leaving: Leaving) -> Crossings:
    """Count what stands on more than one side, among the rows that stay."""
    stays = ~leaving.goes()
    groups, sides = _numbered(grouping.groups), grouping.sides
    is_on = np.zeros((len(SPLITS), len(np.bincount(groups))), np.bool_)
    for side, has_group in enumerate(is_on):
        has_group[groups[stays & (sides == side)]] = True
    first, second = texts_of(pairs)
    crosses = sides[first] != sides[second]
    crosses &= stays[first] & stays[second]
    return Crossings(
        conversations=int(np.count_nonzero(is_on) - np.count_nonzero(is_on.any(axis=0))),
        near_duplicates=int(np.count_nonzero(crosses)),
    )


def _numbered(hashes: U64) -> Groups:
    """Return numbers in the place of hashes, from 0 on; as ``np.unique`` does, in less memory."""
    order = np.argsort(hashes)
    is_new = np.zeros(len(hashes), np.bool_)
    is_new[1:] = np.diff(hashes[order]) != 0
    numbers = np.empty(len(hashes), np.uint32)
    numbers[order] = np.cumsum(is_new, dtype=np.uint32)
    return numbers


def _repeating(groups: Groups, sizes: Texts, pairs: U64) -> U64:
    """Return the pairs of groups, as codes, of which one has half of its rows in the other."""
    links, counts = np.unique(_partners(groups, pairs), return_counts=True)
    own, other = texts_of(links)
    half = 2 * counts >= sizes[own]
    return codes_of(np.minimum(own, other)[half], np.maximum(own, other)[half])


def _partners(groups: Groups, pairs: U64) -> U64:
    """Return for each row, as codes, its own group and each other one that it has a pair in.

    Rows with many of them are left out.
    """
    found = [np.empty(0, np.uint64)]
    first, second = texts_of(pairs)
    for start in range(0, len(groups), _ROWS_AT_ONCE):
        rows, partners = list[Texts](), list[Groups]()
        for own, other in ((first, second), (second, first)):
            here = np.flatnonzero((own >= start) & (own < start + _ROWS_AT_ONCE))
            rows.append(own[here])
            partners.append(groups[other[here]])
        codes = np.unique(codes_of(np.concatenate(rows), np.concatenate(partners)))
        row, partner = texts_of(codes)
        foreign = groups[row] != partner
        row, partner = row[foreign], partner[foreign]
        rare = np.bincount(row - start, minlength=1)[row - start] <= HABIT
        found.append(codes_of(groups[row[rare]], partner[rare]))
    return np.concatenate(found)


def _continuing(groups: Groups, openings: U64) -> U64:
    """Return the pairs of groups, as codes, that begin with the same exchange."""
    tells = openings != 0
    # Most rows follow one of their own conversation, and tell what that one told.
    tells[1:] &= (openings[1:] != openings[:-1]) | (groups[1:] != groups[:-1])
    _, opening = np.unique(openings[tells], return_inverse=True)
    opening, group = texts_of(np.unique(codes_of(opening, groups[tells])))
    rare = np.bincount(opening)[opening] <= HABIT
    opening, group = opening[rare], group[rare]
    found = [np.empty(0, np.uint64)]
    for distance in range(1, min(HABIT, len(group))):
        same = opening[distance:] == opening[:-distance]
        found.append(codes_of(group[:-distance][same], group[distance:][same]))
    return np.concatenate(found)


def _weaker(
    pairs: U64, sides: NDArray[np.uint8], stands: NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Yield from each pair on two sides the one to leave out, and the other.

    What is tested stands before what is validated, and both before what is trained on.
    """
    first, second = texts_of(pairs)
    crosses = (sides[first] != sides[second]) & stands[first] & stands[second]
    first, second = first[crosses], second[crosses]
    is_stronger = sides[first] > sides[second]
    stronger, weaker = np.where(is_stronger, (first, second), (second, first))
    order = np.lexsort((stronger, weaker, -sides[stronger].astype(np.int64)))
    lost: set[int] = set()
    for strong, weak in zip(stronger[order].tolist(), weaker[order].tolist(), strict=True):
        if strong not in lost and weak not in lost:
            lost.add(weak)
            yield weak, strong
