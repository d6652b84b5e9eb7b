"""What belongs together, for each row by number: its conversation, its side, how it begins."""

from array import array
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.dedup.strata import Sides, Strata, source_of
from raise_finetune.dataset.ledger import Stratum
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.split import SPLITS, place_of, split_at

# Conversations that begin with fewer characters in common need not continue each other.
_LONG_OPENING = 200


class Grouping:
    """Filled with each example before it is a row; 21 bytes a row."""

    def __init__(self, options: OutputSection) -> None:
        self._options = options
        self._openings = array("Q")
        self._groups = array("Q")
        self._sides = array("B")
        self._settled: Sides | None = None
        self._strata = Strata(options)

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
            self._groups.append(digest)
            self._sides.append(side)
            self._openings.append(_opening(example))
            self._strata.add(example, source, place)

    def extend(self, others: "Grouping") -> None:
        """Add the rows of another one after these."""
        self._openings += others._openings
        self._groups += others._groups
        self._sides += others._sides
        self._strata.extend(others._strata)

    def settle(self, stays: NDArray[np.bool_]) -> None:
        """Let each stratum stand on every side, where the recipe asks for that.

        ``stays`` has one value for each row; to be called once all were seen.
        """
        self._settled = self._strata.fill(self.groups, self.sides, stays)

    def count_strata(self, stays: NDArray[np.bool_]) -> Mapping[Stratum, Mapping[str, int]]:
        """Return for each stratum how many of the rows that stay are on each side."""
        return self._strata.count(self.sides, stays)

    @property
    def groups(self) -> U64:
        """A hash of each row's conversation or document."""
        return np.frombuffer(self._groups, np.uint64)

    @property
    def sides(self) -> Sides:
        """The side of each row, as its place among ``SPLITS``."""
        return np.frombuffer(self._sides, np.uint8) if self._settled is None else self._settled

    @property
    def openings(self) -> U64:
        """A hash of the first exchange in each row's context, or 0 where that says little."""
        return np.frombuffer(self._openings, np.uint64)


def _opening(example: Example) -> int:
    if example.kind != "conversation":
        return 0
    messages = example.messages
    start = 1 if messages[0].role == "system" else 0
    question, answer = messages[start].content, messages[start + 1].content
    if len(question) + len(answer) < _LONG_OPENING:
        return 0
    return xxh3_64_intdigest(f"{question}\0{answer}".encode("utf-8", "surrogatepass"))
