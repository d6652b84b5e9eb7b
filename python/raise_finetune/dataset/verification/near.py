"""Near-duplicates on two sides: looked for again, in the rows as they lie there."""

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.candidates import find_near_pairs
from raise_finetune.dataset.near.codes import Texts, texts_of
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.shingles import QuestionAnswer
from raise_finetune.dataset.near.signing import compared_texts
from raise_finetune.dataset.near.similarity import SHORT, near
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.reading import RowReader, example_of
from raise_finetune.dataset.prompts.structured import ALPACA
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.verification.existing import Dataset
from raise_finetune.dataset.verification.lines import check_lines
from raise_finetune.dataset.verification.result import Findings


def can_recount(dataset: Dataset, recipe: ExportRecipe, profile: PromptProfile) -> bool:
    """Tell whether near-duplicates are to be kept off two sides, and rows tell what they compare.

    An ``alpaca`` row does not tell the turns of a whole conversation apart.
    """
    whole = recipe.examples.are_whole
    is_readable = not (whole and profile is ALPACA)
    return recipe.dedup.near != "off" and is_readable and len(dataset.rows_by_split()) > 1


class NearCheck:
    """Takes the rows, compared as the export compared them; ``folder`` is its room."""

    def __init__(
        self, dataset: Dataset, recipe: ExportRecipe, reader: RowReader, folder: Path
    ) -> None:
        self._dataset = dataset
        self._recipe = recipe
        self._reader = reader
        self._folder = folder
        self._index = NearIndex(folder)
        self._files: list[WrittenFile] = []
        self._file_of = array("I")
        self._row_of = array("Q")

    def __enter__(self) -> Self:
        self._index.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._index.__exit__(*exception)

    def take(self, file: WrittenFile, number: int, messages: list[Message]) -> None:
        """Take a row that can be read; files come one after another."""
        if not self._files or self._files[-1] is not file:
            self._files.append(file)
        self._file_of.append(len(self._files) - 1)
        self._row_of.append(number)
        self._index.add([self._texts(messages)])

    def find(self, leaks: Findings, pulse: Pulse) -> None:
        """Note each pair of near-duplicates that stands on two sides."""
        rows = self._index.finish()
        if not rows:
            return
        sides = np.array([file.split for file in self._files])[
            np.frombuffer(self._file_of, np.uint32)
        ]
        pairs = find_near_pairs(
            self._index, np.zeros(rows, np.bool_), self._recipe.dedup.threshold, pulse
        )
        first, second = texts_of(pairs.codes)
        crosses = sides[first] != sides[second]
        first, second = first[crosses], second[crosses]
        if self._recipe.examples.system_prompts == "keep" and not self._reader.tells_system_prompts:
            is_near = self._are_near_without_system_prompt(first, second)
            first, second = first[is_near], second[is_near]
        found: list[tuple[int, int]] = sorted(zip(first.tolist(), second.tolist(), strict=True))
        for one, other in found:
            file = self._files[self._file_of[one]]
            place = f"{self._files[self._file_of[other]].path}:{self._row_of[other]}"
            leaks.add("near_duplicate_on_two_sides", file.path, self._row_of[one], place)

    def _are_near_without_system_prompt(self, first: Texts, second: Texts) -> NDArray[np.bool_]:
        """Tell which pairs are near also without the paragraphs that their questions begin with.

        A system prompt may be among those; the export compared the questions alone, and those
        that are short not at all.
        """
        if not len(first):
            return np.zeros(0, np.bool_)
        texts = dict(self._read_again({*first.tolist(), *second.tolist()}))
        folder = self._folder / "questions"
        folder.mkdir()
        with NearIndex(folder) as index:
            for one, other in zip(first.tolist(), second.tolist(), strict=True):
                index.add(_without_system_prompts(texts[one], texts[other]))
            index.finish()
            numbers = np.arange(0, 2 * len(first), 2)
            is_near = near(index.file, numbers, numbers + 1, self._recipe.dedup.threshold) > 0
            is_long = index.sizes() >= SHORT
            return is_near & is_long[numbers] & is_long[numbers + 1]

    def _read_again(self, wanted: Iterable[int]) -> Iterator[tuple[int, QuestionAnswer]]:
        """Yield the texts of some rows, by number."""
        numbers = {(self._file_of[each], self._row_of[each]): each for each in wanted}
        for place, file in enumerate(self._files):
            path = self._dataset.path_of(file)
            for row_number, _, row in check_lines(
                path, file.path, self._reader.columns, Findings("lines")
            ):
                number = numbers.get((place, row_number))
                messages = None if number is None else self._reader.read(row)
                if number is not None and messages is not None:
                    yield number, self._texts(messages)

    def _texts(self, messages: list[Message]) -> QuestionAnswer:
        is_pair = self._recipe.output.task == "dpo"
        whole = self._recipe.examples.are_whole
        return compared_texts(example_of(messages, paired=is_pair), whole=whole)


def _without_system_prompts(one: QuestionAnswer, other: QuestionAnswer) -> list[QuestionAnswer]:
    """Leave out the paragraphs that both questions begin with, or nearly: the last always stays.

    System prompts often differ in a name or a date alone.
    """
    paragraphs = [question.split("\n\n") for question, _ in (one, other)]
    shared = 0
    for first, second in zip(*(each[:-1] for each in paragraphs), strict=False):
        if not _are_alike(first, second):
            break
        shared += 1
    first, second = ("\n\n".join(each[shared:]) for each in paragraphs)
    return [(first, one[1]), (second, other[1])]


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two paragraphs have half of their words in common."""
    first, second = set(one.split()), set(other.split())
    return 2 * len(first & second) >= len(first | second)
