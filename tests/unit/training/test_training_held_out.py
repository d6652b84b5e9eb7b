"""Held-out rows are scored as they are trained on: the same ids, the same ones left out."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from domains.tree import Json, Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.tokens import Tokenizer, load_tokenizer
from raise_finetune.inference.comparison import Comparer
from raise_finetune.inference.held_out import SPLIT, held_out_rows
from raise_finetune.inference.messages import TokenScore
from raise_finetune.inference.process import Inference
from raise_finetune.training.config import DataSection, Overlong
from raise_finetune.training.rows import encode_rows, is_kept
from raise_finetune.training.source import open_dataset

LONGEST = 64
TOO_LONG = (4, 9, 14)


class Recorder:
    """Stands for llama.cpp: it has the trained tokenizer, and notes what it is to score."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.scored: list[list[int]] = []

    def tokenize(self, text: str) -> list[int]:
        return self._tokenizer.encode_line(text)

    def score(
        self, ids: Sequence[int], answer: Sequence[int], *, adapter: bool
    ) -> list[TokenScore]:
        if adapter:
            self.scored.append([*ids, *answer])
        return [TokenScore(logprob=-1.0, likeliest=0)] * len(answer)


def _dataset(folder: Path, unit: str) -> Path:
    """Export conversations of one to five exchanges, most of them held out; a few answer long."""
    tree = Tree(folder / "domain")
    for number in range(24):
        turns: list[Json] = []
        for turn in range(number % 5 + 1):
            turns += exchange(f"{number}.{turn}? " + "q " * 9, f"{number}.{turn}. " + "a " * 9)
        turns[-1]["rating"] = 5
        if number in TOO_LONG:
            turns[-1]["content"] += "b " * LONGEST
        tree.conversation(f"c{number}", *turns)
    recipe = {
        "examples": {"unit": unit},
        "rating": {"include_unrated": unit == "conversation"},
        "dedup": {"near": "off"},
        "output": {"val_fraction": 0.7},
    }
    export_dataset(ExportRecipe.model_validate(recipe), folder / "set", root=tree.root)
    return folder / "set"


@pytest.mark.parametrize(
    ("unit", "overlong", "trims"),
    [
        ("answer", "trim", True),
        ("answer", "drop", False),
        ("answer", "cut", False),
        ("conversation", "trim", False),
    ],
)
def test_held_out_rows_are_scored_as_training_reads_them(
    tmp_path: Path, tiny_mistral: Path, unit: str, overlong: Overlong, trims: bool
):
    dataset, tokenizer = _dataset(tmp_path, unit), load_tokenizer(str(tiny_mistral))
    section = DataSection(dataset=str(dataset), max_length=LONGEST, overlong=overlong)
    rows = list(encode_rows(open_dataset(section), SPLIT, tokenizer, section))
    trained = [
        row
        for row in rows
        if is_kept(row, section) and row.answers[-1][0] < LONGEST  # of whole ones, the last answer
    ]
    recorder = Recorder(tokenizer)
    comparer = Comparer(cast("Inference", recorder), get_text_profile("inst"), context=2048)

    held_out = held_out_rows(dataset, comparer.profile)
    loss = comparer.loss(held_out, section=section)

    assert loss is not None
    assert recorder.scored == [row.ids[:LONGEST] for row in trained]
    assert (loss.rows, loss.skipped) == (len(trained), len(rows) - len(trained))
    assert loss.trimmed == sum(row.is_trimmed for row in trained)
    assert (loss.trimmed > 0) == trims
    assert loss.skipped > 0 or overlong == "cut"
    assert loss.base == loss.adapter == 1.0


def test_no_row_is_longer_than_the_context(tmp_path: Path, tiny_mistral: Path):
    recorder = Recorder(load_tokenizer(str(tiny_mistral)))
    comparer = Comparer(cast("Inference", recorder), get_text_profile("inst"), context=LONGEST)
    held_out = held_out_rows(_dataset(tmp_path, "answer"), comparer.profile)
    loss = comparer.loss(held_out, section=DataSection(max_length=512))
    assert loss is not None
    assert loss.trimmed > 0
    assert max(map(len, recorder.scored)) <= LONGEST
