"""Train, val and test: a stable hash of what belongs together decides, so rows never move."""

from collections.abc import Iterable, Iterator
from typing import Literal

from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.records import Row

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")


def split_of(group: str, options: OutputSection) -> Split:
    """Return the side of a conversation or document, or of its whole space.

    It depends on the name, the seed and the fractions alone: when data grows, nothing changes
    side; when the fraction grows, rows only leave ``train``.
    """
    if options.split_by == "space":
        group = group.partition("/")[0]
    digest = xxh3_64_intdigest(group.encode("utf-8", "surrogatepass"), seed=options.seed)
    place = (digest >> 11) / 2**53  # exact, and below 1
    if place < options.val_fraction:
        return "val"
    if place >= 1 - options.test_fraction:
        return "test"
    return "train"


def assign_splits(
    batches: Iterable[list[Row]], options: OutputSection
) -> Iterator[list[tuple[Split, Row]]]:
    """Yield each row with its side."""
    for batch in batches:
        yield [(split_of(row.group, options), row) for row in batch]
