"""Nothing that was learned may be tested: conversations that repeat one on another side go.

A row's side is its conversation's own, for ever; so where a conversation in ``train`` repeats or
continues one in ``val`` or ``test``, it is the one in ``train`` that is left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.dedup.dropped import DroppedRows
from raise_finetune.dataset.dedup.grouping import GroupingSpool
from raise_finetune.dataset.ledger import BothSidesCounts
from raise_finetune.dataset.near.codes import Texts, codes_of, texts_of
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.writing.columns import Column, shares
from raise_finetune.dataset.writing.spool import RowSpool

Links = U64  # pairs of groups by the hashes of their names, shape (n, 2)

# What more conversations share is a habit of speech, and no sign that one repeats another.
HABIT = 8
# Each is in so many pairs that these take more memory than all rows.
_ROWS_AT_ONCE = 1 << 16


class Leaks(NamedTuple):
    """The rows that go, and for each a row that stays and that it would have given away."""

    rows: Texts
    others: Texts


def find_leaks(grouping: GroupingSpool, stays: NDArray[np.bool_], pairs: U64) -> Leaks:
    """Return the rows to leave out; ``pairs`` are codes of all rows, whether they stay or not.

    Two conversations are one when half of the rows of either are the other's, or when they begin
    with the same exchange. Of other pairs only the row itself goes.
    """
    whole = _leaks_of_groups(grouping, stays, pairs)
    stays = stays.copy()
    stays[whole.rows] = False
    alone = np.array(list(_weaker(pairs, grouping.sides, stays)), np.int64).reshape(-1, 2)
    rows = np.concatenate((whole.rows, alone[:, 0]))
    others = np.concatenate((whole.others, alone[:, 1]))
    order = np.argsort(rows)
    return Leaks(rows[order], others[order])


def drop_leaks(spool: RowSpool, grouping: GroupingSpool, pairs: U64, dropped: DroppedRows) -> None:
    """Drop the rows that would give away what another side tests."""
    leaks = find_leaks(grouping, ~dropped.mask(), pairs)
    if not len(leaks.rows):
        return
    names = spool.records(leaks.others)
    for row, other in zip(leaks.rows.tolist(), leaks.others.tolist(), strict=True):
        dropped.add(row, "split_leak", other, names[other])


def count_both_sides(grouping: GroupingSpool, pairs: U64, dropped: DroppedRows) -> BothSidesCounts:
    """Count what stands on more than one side, among the rows that stay."""
    stays, sides = ~dropped.mask(), grouping.sides
    conversations = 0
    for rows, groups in shares(grouping.groups):
        here = stays[rows]
        one_of_each = _distinct(groups[here], sides[rows[here]])
        conversations += len(one_of_each) - len(np.unique(groups[here]))
    first, second = texts_of(pairs)
    crosses = sides[first] != sides[second]
    crosses &= stays[first] & stays[second]
    return BothSidesCounts(conversations, near_duplicates=int(np.count_nonzero(crosses)))


def _leaks_of_groups(grouping: GroupingSpool, stays: NDArray[np.bool_], pairs: U64) -> Leaks:
    """Return all rows of the groups that repeat or continue one on another side."""
    links = np.concatenate((_repeating(grouping, pairs), _continuing(grouping)))
    groups, numbers = np.unique(links, return_inverse=True)
    row_of = np.full(len(groups), -1, np.int64)  # one that stays, of each group
    for rows, places in _rows_of(groups, grouping.groups):
        here = stays[rows]
        row_of[places[here]] = rows[here]
    lost = np.full(len(groups), -1, np.int64)
    codes = codes_of(*numbers.reshape(-1, 2).T)
    for group, other in _weaker(codes, grouping.sides[row_of], row_of >= 0):
        lost[group] = row_of[other]
    is_lost = lost >= 0
    found, others = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for rows, places in _rows_of(groups[is_lost], grouping.groups):
        here = stays[rows]
        found.append(rows[here])
        others.append(lost[is_lost][places[here]])
    return Leaks(np.concatenate(found), np.concatenate(others))


def _rows_of(groups: U64, of_rows: Column[np.uint64]) -> Iterator[tuple[Texts, Texts]]:
    """Yield the rows of some groups, which are sorted, and the place of each one's group there."""
    if not len(groups):
        return
    for first, part in of_rows.parts():
        places = np.searchsorted(groups, part)
        here = np.flatnonzero(groups[np.minimum(places, len(groups) - 1)] == part)
        yield first + here, places[here]


def _distinct(first: NDArray[np.generic], second: NDArray[np.generic]) -> Texts:
    """Return the places of one of each distinct pair, in the order of the pairs."""
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return order[is_new]


def _repeating(grouping: GroupingSpool, pairs: U64) -> Links:
    """Return the groups on two sides of which one has half of its rows in the other."""
    is_paired = np.zeros(grouping.groups.rows, np.bool_)
    for side in texts_of(pairs):
        is_paired[side] = True
    rows = np.flatnonzero(is_paired)
    groups, first, numbers = np.unique(
        grouping.groups.of(rows), return_index=True, return_inverse=True
    )
    sides = grouping.sides[rows[first]]
    numbers = numbers.astype(np.uint32)
    links, counts = np.unique(_partners(rows, numbers, pairs), return_counts=True)
    own, other = texts_of(links)
    crosses = sides[own] != sides[other]
    own, other, counts = own[crosses], other[crosses], counts[crosses]
    half = 2 * counts >= _sizes(groups, grouping.groups)[own]
    return np.stack((groups[own[half]], groups[other[half]]), axis=1)


def _sizes(groups: U64, of_rows: Column[np.uint64]) -> Texts:
    """Return how many rows each of some groups has."""
    sizes = np.zeros(len(groups), np.int64)
    for _, places in _rows_of(groups, of_rows):
        np.add.at(sizes, places, 1)
    return sizes


def _partners(paired: Texts, groups: NDArray[np.uint32], pairs: U64) -> U64:
    """Return for each row, as codes, its own group and each other one that it has a pair in.

    Rows with many of them are left out. ``groups`` are those of the ``paired`` rows, all that have
    a pair, sorted.
    """

    def group_of(rows: Texts) -> NDArray[np.uint32]:
        return groups[np.searchsorted(paired, rows)]

    found = [np.empty(0, np.uint64)]
    first, second = texts_of(pairs)
    for start in range(0, paired.max(initial=-1) + 1, _ROWS_AT_ONCE):
        rows, partners = list[Texts](), list[NDArray[np.uint32]]()
        for own, other in ((first, second), (second, first)):
            here = np.flatnonzero((own >= start) & (own < start + _ROWS_AT_ONCE))
            rows.append(own[here])
            partners.append(group_of(other[here]))
        codes = np.unique(codes_of(np.concatenate(rows), np.concatenate(partners)))
        row, partner = texts_of(codes)
        foreign = group_of(row) != partner
        row, partner = row[foreign], partner[foreign]
        rare = np.bincount(row - start, minlength=1)[row - start] <= HABIT
        found.append(codes_of(group_of(row[rare]), partner[rare]))
    return np.concatenate(found)


def _continuing(grouping: GroupingSpool) -> Links:
    """Return the groups on two sides that begin with the same exchange."""
    found = [np.empty((0, 2), np.uint64)]
    for rows, openings in shares(grouping.openings, lowest=1):
        groups = grouping.groups.of(rows)
        one_of_each = _distinct(openings, groups)
        _, opening, counts = np.unique(
            openings[one_of_each], return_inverse=True, return_counts=True
        )
        rare = counts[opening] <= HABIT
        opening, one_of_each = opening[rare], one_of_each[rare]
        groups, sides = groups[one_of_each], grouping.sides[rows[one_of_each]]
        for distance in range(1, min(HABIT, len(groups))):
            same = opening[distance:] == opening[:-distance]
            same &= sides[distance:] != sides[:-distance]
            found.append(np.stack((groups[:-distance][same], groups[distance:][same]), axis=1))
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
