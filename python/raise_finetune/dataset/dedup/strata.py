"""Strata: of which languages and sources the rows of each side are.

The hash that decides a side knows neither, so each stratum gets about its share of every side; a
small one may miss a side by chance. Where the recipe asks for strata, those then get one group
there. Exact shares are not to be had: a side that depended on how many others there are would
change as they come.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.ledger import Stratum
from raise_finetune.dataset.near.codes import codes_of, texts_of
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.sources.language import detect_language
from raise_finetune.dataset.split import SPLITS
from raise_finetune.dataset.writing.columns import Column, shares

Sides = NDArray[np.uint8]  # a side's place among ``SPLITS``, for each row

_TRAIN, _VAL, _TEST = range(len(SPLITS))


class Strata:
    """The stratum of each of some rows: the codes of these, and that of each row.

    Where the recipe asks for strata, the places of the rows' groups as well.
    """

    def __init__(self, options: OutputSection) -> None:
        self.codes: dict[Stratum, int] = {}
        self.of_rows = array("I")
        self.places = array("d")
        self._options = options
        self._detects = "language" in options.stratify
        self._last: tuple[str, str] | None = None  # most rows are of the stratum of the one before
        self._code = 0

    def add(self, example: Example, source: str, place: float) -> None:
        """Note the stratum of the next row; ``place`` is its group's, between 0 and 1."""
        language = example.language
        if self._detects and not language:
            language = detect_language(example.learned[-1].content) or ""
        if (source, language) != self._last:
            self._last = Stratum(source, language)
            self._code = self.codes.setdefault(self._last, len(self.codes))
        self.of_rows.append(self._code)
        if self._options.stratify:
            self.places.append(place)


class StrataSpool:
    """The strata of all rows, which wait on disk as the rows do."""

    def __init__(self, options: OutputSection, folder: Path) -> None:
        self._options = options
        self._codes: dict[Stratum, int] = {}
        self._of_rows = Column(folder / "rows.strata", np.uint32)
        self._places = Column(folder / "rows.places", np.float64)

    def append(self, strata: Strata) -> None:
        """Add the strata of the next rows."""
        codes = [self._codes.setdefault(each, len(self._codes)) for each in strata.codes]
        if codes:
            of_rows = np.array(codes, np.uint32)[np.frombuffer(strata.of_rows, np.uint32)]
            self._of_rows.append(of_rows.tobytes())
            self._places.append(strata.places.tobytes())

    def count(self, sides: Sides, stays: NDArray[np.bool_]) -> Mapping[Stratum, Mapping[str, int]]:
        """Return for each stratum how many of the rows that stay are on each side."""
        width = len(SPLITS)
        counts = np.zeros(len(self._codes) * width, np.int64)
        for first, strata in self._of_rows.parts():
            part = slice(first, first + len(strata))
            places = strata.astype(np.int64) * width + sides[part]
            counts += np.bincount(places[stays[part]], minlength=len(counts))
        counts = counts.reshape(-1, width)
        return {
            stratum: {
                side: rows
                for side, rows in zip(SPLITS, counts[self._codes[stratum]].tolist(), strict=True)
                if rows
            }
            for stratum in sorted(self._codes)
            if counts[self._codes[stratum]].any()
        }

    def fill(self, groups: Column[np.uint64], sides: Sides, stays: NDArray[np.bool_]) -> Sides:
        """Return the sides, each stratum present on every side that it has enough groups for.

        Enough is one by the side's fraction. The group that changes its side is the one in
        ``train`` whose place is the nearest; ``stays`` are the rows that count.
        """
        if not self._options.stratify:
            return sides
        members = self._members(groups, sides, stays)
        moved = dict(chain.from_iterable(each.missing(self._options) for each in members))
        filled = sides.copy()
        for first, names in groups.parts():
            part = filled[first : first + len(names)]
            for group, side in moved.items():
                part[names == np.uint64(group)] = side
        return filled

    def _members(
        self, groups: Column[np.uint64], sides: Sides, stays: NDArray[np.bool_]
    ) -> Iterable["_Members"]:
        """Return the groups of each stratum; one of several strata counts where most rows are."""
        ranks = self._ranks()
        members: dict[int, _Members] = {}
        for share in shares(groups):  # all rows of a group are in the same one
            here = stays[share.rows]
            rows = share.rows[here]
            names, first, number = np.unique(
                share.hashes[here], return_index=True, return_inverse=True
            )
            strata = ranks[self._of_rows.of(rows)]
            pairs, counts = np.unique(codes_of(number, strata), return_counts=True)
            group, stratum = texts_of(pairs)
            best = np.lexsort((stratum, -counts, group))
            best = best[np.unique(group[best], return_index=True)[1]]
            of_group = stratum[best]
            places = self._places.of(rows)[first]
            for each in np.unique(of_group).tolist():
                own = of_group == each
                found = members.setdefault(each, _Members())
                found.add(names[own], sides[rows[first]][own], places[own])
        return members.values()

    def _ranks(self) -> NDArray[np.int64]:
        """Return for each code the rank of what the recipe tells strata apart by.

        Ranks go by name, not by which came first: the order of the files decides nothing.
        """
        by = self._options.stratify
        keys = [tuple(getattr(stratum, key) for key in by) for stratum in self._codes]
        ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
        return np.array([ranks[key] for key in keys], np.int64)


@dataclass(slots=True)
class _Members:
    """The groups of one stratum: how many there are, and on which sides.

    Of those in ``train``, ``ends`` holds the places and names of the two that are nearest to the
    other sides.
    """

    groups: int = 0
    in_train: int = 0
    sides: set[int] = field(default_factory=set[int])
    ends: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])

    def add(self, names: U64, sides: Sides, places: NDArray[np.float64]) -> None:
        """Add some groups."""
        self.groups += len(names)
        self.sides.update(np.unique(sides).tolist())
        in_train = np.flatnonzero(sides == _TRAIN)
        if not len(in_train):
            return
        self.in_train += len(in_train)
        order = in_train[np.lexsort((names[in_train], places[in_train]))][[0, -1]]
        found = zip(places[order].tolist(), names[order].tolist(), strict=True)
        ends = sorted([*self.ends, *found])
        self.ends = [ends[0], ends[-1]]

    def missing(self, options: OutputSection) -> Iterator[tuple[int, int]]:
        """Yield the groups to move, each with its new side, and leave one to train on."""
        left = self.in_train
        for side, fraction, end in (
            (_TEST, options.test_fraction, -1),
            (_VAL, options.val_fraction, 0),
        ):
            enough = self.groups * fraction >= 1
            if enough and left > 1 and side not in self.sides:
                yield self.ends[end][1], side
                left -= 1


def source_of(group: str) -> str:
    """Return the collection of a conversation or document, ``chats`` for a chat file."""
    space, *rest = group.split("/", 3)
    return "/".join((space, *rest[:2])) if len(rest) > 2 else space
