"""What belongs together, for each row by number: its conversation and how that begins."""

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.records import Example, Row
from raise_finetune.dataset.split import SPLITS, split_of

# Conversations that begin with fewer characters in common need not continue each other.
_LONG_OPENING = 200


class Grouping:
    """Filled while rows are made; 17 bytes a row."""

    def __init__(self, options: OutputSection) -> None:
        self._options = options
        self._openings = array("Q")
        self._groups = array("Q")
        self._sides = array("B")

    def watch(self, batches: Iterable[list[Example]]) -> Iterator[list[Example]]:
        """Note how the conversation of each example begins."""
        for batch in batches:
            self._openings.extend(map(_opening, batch))
            yield batch

    def add(self, rows: Iterable[Row]) -> None:
        """Note the group of each row and the side it falls on; rows come as their examples did."""
        for row in rows:
            self._groups.append(xxh3_64_intdigest(row.group.encode("utf-8", "surrogatepass")))
            self._sides.append(SPLITS.index(split_of(row.group, self._options)))

    @property
    def groups(self) -> U64:
        """A hash of each row's conversation or document."""
        return np.frombuffer(self._groups, np.uint64)

    @property
    def sides(self) -> NDArray[np.uint8]:
        """The side of each row, as its place among ``SPLITS``."""
        return np.frombuffer(self._sides, np.uint8)

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
