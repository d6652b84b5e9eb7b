"""The rows that training has not seen: what a model is asked, and the answers that are expected."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.errors import BadInputError
from raise_finetune.training.answers import training_text
from raise_finetune.training.config import DataSection
from raise_finetune.training.source import TrainingData, open_dataset

SPLIT = "val"


class HeldOutRow(NamedTuple):
    """One row, up to its last answer, and that answer with its EOS; ``number`` counts from 1.

    ``is_trimmable``: training leaves out its oldest exchanges where all are too long.
    """

    number: int
    prompt: str
    answer: str
    is_trimmable: bool = False


class NoHeldOutRowsError(BadInputError):
    """The dataset has no validation split."""


def held_out_rows(
    dataset: Path, profile: TextProfile, limit: int | None = None
) -> list[HeldOutRow]:
    """Return the first rows of a dataset's validation split; raises as ``read_held_out`` does."""
    return list(islice(read_held_out(dataset, profile), limit))


def read_held_out(dataset: Path, profile: TextProfile) -> Iterator[HeldOutRow]:
    """Return the rows of a dataset's validation split, as the model is to read them.

    Raises ``NoHeldOutRowsError``, and ``BadInputError`` where another profile has written them.
    """
    data = open_dataset(DataSection(dataset=str(dataset), profile=profile.name, verify=False))
    if SPLIT not in data.files:
        raise NoHeldOutRowsError("compare_no_validation", path=dataset)
    return _rows_of(data)


def _rows_of(data: TrainingData) -> Iterator[HeldOutRow]:
    for number, row in enumerate(data.rows(SPLIT), 1):
        written = training_text(row, data.profile)
        if written is None or not written.answers:
            raise BadInputError(
                "training_row_no_answer",
                path=data.place(SPLIT),
                line=number,
                profile=data.profile.name,
            )
        start, end = written.answers[-1]
        prompt, answer = written.text[:start], written.text[start:end]
        yield HeldOutRow(number, prompt, answer, data.learns_last_answers)
