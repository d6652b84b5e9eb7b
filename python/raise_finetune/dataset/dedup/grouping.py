"""What belongs together, for each row: its conversation, its side, how it begins."""

from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.dedup.strata import Sides, Strata, StrataSpool, source_of
from raise_finetune.dataset.ledger import Stratum
from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.split import SPLITS, place_of, split_at
from raise_finetune.dataset.writing.columns import Column

# Conversations that begin with fewer characters in common need not continue each other.
_LONG_OPENING = 200


class Grouping:
    """What belongs together of some rows, noted of their examples.

    ``groups`` are hashes of the conversations or documents, ``sides`` their places among
    ``SPLITS``, ``openings`` hashes of the first exchange in each row's context, or 0 where that
    says little.
    """

    def __init__(self, options: OutputSection) -> None:
        self.groups = array("Q")
        self.sides = array("B")
        self.openings = array("Q")
        self.strata = Strata(options)
        self._options = options

    def note(self, examples: Iterable[Example]) -> None:
        """Note the group of each example, the side it falls on and how its conversation begins."""
        name, source, digest, place, side = None, "", 0, 0.0, 0
        for example in examples:
            if example.group != name:  # most follow one of their own
                name = example.group
                source = source_of(name)
                digest = xxh3_64_intdigest(name.encode("utf-8", "surrogatepass"))
                place = place_of(name, self._options)
                side = SPLITS.index(split_at(place, self._options))
            self.groups.append(digest)
            self.sides.append(side)
            self.openings.append(_opening(example))
            self.strata.add(example, source, place)


class GroupingSpool:
    """What belongs together of all rows; on disk as the rows are, but for a byte a row.

    See ``Grouping`` for ``groups``, ``sides`` and ``openings``.
    """

    def __init__(self, options: OutputSection, folder: Path) -> None:
        self._sides = array("B")
        self._settled: Sides | None = None
        self.groups = Column(folder / "rows.groups", np.uint64)
        self.openings = Column(folder / "rows.openings", np.uint64)
        self._strata = StrataSpool(options, folder)

    def append(self, grouping: Grouping) -> None:
        """Add the next rows."""
        self.groups.append(grouping.groups.tobytes())
        self.openings.append(grouping.openings.tobytes())
        self._sides += grouping.sides
        self._strata.append(grouping.strata)

    def settle(self, stays: NDArray[np.bool_]) -> None:
        """Let each stratum stand on every side, where the recipe asks for that.

        ``stays`` has one value for each row; to be called once all were seen.
        """
        self._settled = self._strata.fill(self.groups, self.sides, stays)

    def count_strata(self, stays: NDArray[np.bool_]) -> Mapping[Stratum, Mapping[str, int]]:
        """Return for each stratum how many of the rows that stay are on each side."""
        return self._strata.count(self.sides, stays)

    @property
    def sides(self) -> Sides:
        """The side of each row, as its place among ``SPLITS``."""
        return np.frombuffer(self._sides, np.uint8) if self._settled is None else self._settled


def _opening(example: Example) -> int:
    if example.kind != "conversation":
        return 0
    messages = example.messages
    start = 1 if messages[0].role == "system" else 0
    question, answer = messages[start].content, messages[start + 1].content
    if len(question) + len(answer) < _LONG_OPENING:
        return 0
    return xxh3_64_intdigest(f"{question}\0{answer}".encode("utf-8", "surrogatepass"))
