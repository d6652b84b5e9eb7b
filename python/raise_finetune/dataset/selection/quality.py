"""Signals that an example is not worth learning, each of which the recipe can make a filter.

They are read from the last question and the answer to learn; of a whole conversation, from all its
questions and all its answers.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.recipe import ExportRecipe, QualitySection
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.selection.refusals import is_refusal
from raise_finetune.dataset.sources.language import detect_language

# Whether an example fails, from its question and its answer.
_Test = Callable[[str, str], bool]


class _Check(NamedTuple):
    fate: Fate
    fails: _Test


def check_quality(
    batches: Iterable[list[Example]], recipe: ExportRecipe, ledger: Ledger
) -> Iterator[list[Example]]:
    """Yield the examples that pass what the recipe asks for; the others get their fate.

    Answers that a preference trainer is to avoid pass: they are meant to be bad.
    """
    checks = _checks(recipe.quality)
    if not checks:
        yield from batches
        return
    whole = recipe.examples.are_whole
    for batch in batches:
        passing: list[Example] = []
        for example in batch:
            fate = _first_failed(checks, example, whole=whole) if example.good else None
            if fate is None:
                passing.append(example)
            else:
                ledger.mark(example.record, fate)
        yield passing


def _first_failed(checks: list[_Check], example: Example, *, whole: bool) -> Fate | None:
    question, answer = example.exchange(whole=whole)
    for fate, fails in checks:
        if fails(question, answer):
            return fate
    return None


def _checks(options: QualitySection) -> list[_Check]:
    """Return the checks that the recipe asks for, the cheapest first."""
    checks: list[_Check] = []
    if options.repeated_questions == "drop":
        checks.append(_Check("repeats_question", _repeats_question))
    length = _words if options.length_unit == "words" else len
    if options.min_question or options.min_answer:
        checks.append(_Check("too_short", _shorter(length, options)))
    if options.max_question or options.max_answer:
        checks.append(_Check("too_long", _longer(length, options)))
    if options.refusals == "drop":
        checks.append(_Check("refusal", _refuses))
    if options.max_repetition < 1:
        checks.append(_Check("repetitive", _repeats_itself(options.max_repetition)))
    if options.mixed_languages == "drop":
        checks.append(_Check("mixed_languages", _mixes_languages))
    return checks


def _repeats_question(question: str, answer: str) -> bool:
    # Nearly all differ in length or in the first letters, which costs nothing to see.
    return question == answer or (
        abs(len(question) - len(answer)) < _PUNCTUATION and _plain(question) == _plain(answer)
    )


# An answer that is the question but for so many marks and spaces still repeats it.
_PUNCTUATION = 8
_NO_WORD = re.compile(r"\W+")


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().casefold()


def _words(text: str) -> int:
    return len(text.split())


def _shorter(length: Callable[[str], int], options: QualitySection) -> _Test:
    question_least, answer_least = options.min_question, options.min_answer

    def fails(question: str, answer: str) -> bool:
        return length(answer) < answer_least or length(question) < question_least

    return fails


def _longer(length: Callable[[str], int], options: QualitySection) -> _Test:
    question_most, answer_most = options.max_question, options.max_answer

    def fails(question: str, answer: str) -> bool:
        return bool(answer_most and length(answer) > answer_most) or bool(
            question_most and length(question) > question_most
        )

    return fails


def _refuses(_question: str, answer: str) -> bool:
    return is_refusal(answer)


def _repeats_itself(most: float) -> _Test:
    def fails(_question: str, answer: str) -> bool:
        return repetition(answer) > most

    return fails


# A run of so many words that comes back is no accident; shorter texts are not judged.
_RUN = 4
_FEWEST_RUNS = 20


def repetition(text: str) -> float:
    """Return the share of an answer's runs of four words that were there before, from 0 to 1."""
    words = text.split()
    runs = list(zip(*(words[start:] for start in range(_RUN)), strict=False))
    if len(runs) < _FEWEST_RUNS:
        return 0.0
    return 1 - len(set(runs)) / len(runs)


def _mixes_languages(question: str, answer: str) -> bool:
    asked = detect_language(question)
    answered = detect_language(answer) if asked else None
    return answered is not None and answered != asked
