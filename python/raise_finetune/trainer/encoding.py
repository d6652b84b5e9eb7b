"""Rows → what trl trains on: ``input_ids`` and ``labels``, so that it adds nothing of its own."""

# pyright: reportUnknownMemberType=false
# datasets leaves its types open.

from dataclasses import dataclass

import datasets
import numpy as np

from raise_finetune.dataset.tokens import Tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.training.config import DataSection
from raise_finetune.training.rows import EncodedRow, encode_rows, is_kept, labels_of
from raise_finetune.training.source import TrainingData

_PARITY_ROWS = 5


@dataclass(frozen=True, slots=True)
class EncodedSplit:
    """The rows of one split that are trained on, how many were left out, and how many trimmed."""

    dataset: datasets.Dataset
    dropped: int
    trimmed: int
    first: list[EncodedRow]

    def prompts(self) -> list[dict[str, object]]:
        """Return the prompts of a few rows with their ids."""
        return [
            {"row": row.number, "prompt": row.prompt, "ids": row.prompt_ids} for row in self.first
        ]


def encode_split(
    data: TrainingData, split: str, tokenizer: Tokenizer, section: DataSection
) -> EncodedSplit:
    """Encode a split; raises ``BadInputError`` for a row that is not what its profile promises."""
    input_ids: list[np.ndarray] = []
    labels: list[np.ndarray] = []
    first: list[EncodedRow] = []
    dropped = trimmed = 0
    for row in encode_rows(data, split, tokenizer, section):
        trimmed += row.is_trimmed
        if not is_kept(row, section):
            dropped += 1
            continue
        input_ids.append(np.array(row.ids[: section.max_length], dtype=np.int32))
        labels.append(np.array(labels_of(row, section)[: section.max_length], dtype=np.int32))
        if len(first) < _PARITY_ROWS:
            first.append(row)
    if split == "train" and not input_ids:
        raise BadInputError("training_nothing_kept", max_length=section.max_length)
    dataset = datasets.Dataset.from_dict({"input_ids": input_ids, "labels": labels})
    return EncodedSplit(dataset, dropped, trimmed, first)
