"""Train, val and test: a stable hash of what belongs together decides, so rows never move."""

from typing import Literal

from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.record_names import space_of

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")
WHOLE = "all"
"""What stands for the side of a row in an export that is one file."""


def split_of(group: str, options: OutputSection) -> Split:
    """Return the side of a conversation or document, or of its whole space.

    It depends on the name, the seed and the fractions alone: when data grows, nothing changes
    side; when the fraction grows, rows only leave ``train``.
    """
    return split_at(place_of(group, options), options)


def place_of(group: str, options: OutputSection) -> float:
    """Return the place of a group between 0 and 1, which its name and the seed decide."""
    if options.split_by == "space":
        group = space_of(group)
    digest = xxh3_64_intdigest(group.encode("utf-8", "surrogatepass"), seed=options.seed)
    return (digest >> 11) / 2**53  # exact, and below 1


def split_at(place: float, options: OutputSection) -> Split:
    """Return the side that a place lies on."""
    if place < options.val_fraction:
        return "val"
    if place >= 1 - options.test_fraction:
        return "test"
    return "train"
