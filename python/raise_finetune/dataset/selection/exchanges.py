"""The turns of a conversation → exchanges of one question and one answer, mended visibly.

What is mended is named in the exchange's ``repairs``; an answer that no example can be made of is
listed in ``rejected`` with its fate.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from raise_finetune.dataset.ledger import Fate
from raise_finetune.dataset.recipe import ExamplesSection
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.sources.fields import clean
from raise_finetune.dataset.sources.interpret import turns

SYSTEM_FEEDBACK = "[SYSTEM_FEEDBACK]"


class _Leaks(NamedTuple):
    """Finds the first heading that belongs to a prompt.

    Most answers hold none of the ``characters`` that headings begin with, and these are looked
    for ten times as fast as the ``pattern``.
    """

    characters: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, answer: str) -> re.Match[str] | None:
        for character in self.characters:
            if character in answer:
                return self.pattern.search(answer)
        return None


@dataclass(slots=True)
class Exchange:
    """A question and its answer; ``place`` is the answer's index among the messages."""

    place: int
    question: Message
    answer: Message
    repairs: list[str]


@dataclass(slots=True)
class Exchanges:
    """What a conversation holds; ``rejected`` pairs an answer's index with its fate."""

    system: str
    exchanges: list[Exchange]
    rejected: list[tuple[int, Fate]]


def application_turns(messages: Sequence[Any]) -> frozenset[int]:
    """Return the indexes of what the application said to itself, and of the answers to it."""
    found: set[int] = set()
    is_asking = False
    for index, role, text in turns(messages):
        if clean(text).startswith(SYSTEM_FEEDBACK):
            found.add(index)
            is_asking = role != "assistant"
        elif role == "assistant":
            if is_asking:
                found.add(index)
            is_asking = False
        elif role == "user":
            is_asking = False
    return frozenset(found)


def read_exchanges(messages: Sequence[Any], options: ExamplesSection) -> Exchanges:
    """Return the exchanges of a conversation; each answer is in one of the two lists."""
    found = Exchanges("", [], [])
    leaks = _leaks(() if options.prompt_leaks == "keep" else options.leak_markers)
    questions: list[str] = []
    is_application = False  # the open question is the application's own, not a person's
    for index, role, text in turns(messages):
        content = clean(text)
        if role == "assistant":
            if is_application or content.startswith(SYSTEM_FEEDBACK):
                made = "system_feedback"
            else:
                made = _exchange(index, content, questions, options, leaks)
            if isinstance(made, str):
                found.rejected.append((index, made))
            else:
                found.exchanges.append(made)
            questions, is_application = [], False
        elif content.startswith(SYSTEM_FEEDBACK):
            is_application = True
        elif role == "user":
            questions.append(content)
            is_application = False
        elif not found.exchanges and not questions and options.system_prompts == "keep":
            found.system = "\n\n".join(filter(None, (found.system, content)))
    return found


def _exchange(
    index: int,
    answer: str,
    questions: list[str],
    options: ExamplesSection,
    leaks: _Leaks,
) -> Exchange | Fate:
    """Return the exchange that ends with this answer, or why there is none."""
    if not questions:
        return "no_question"
    repairs: list[str] = []
    question = questions[-1]
    if len(questions) > 1:
        question = _one_question(questions, options, repairs)
    if not question:
        return "empty_question"
    leak = leaks.search(answer)
    if leak is not None:
        answer = answer[: leak.start()].rstrip()
        if options.prompt_leaks == "drop" or not answer:
            return "prompt_leak"
        repairs.append("prompt_leak_cut")
    if not answer:
        return "empty_answer"
    return Exchange(index, Message("user", question), Message("assistant", answer), repairs)


def _one_question(questions: list[str], options: ExamplesSection, repairs: list[str]) -> str:
    """Several questions before one answer: calls that failed, or a thought added."""
    asked = [question for question in questions if question]
    distinct = list(dict.fromkeys(asked))
    if options.doubled_questions == "join" and len(distinct) > 1:
        repairs.append("questions_joined")
        return "\n\n".join(distinct)
    repairs.append("earlier_questions_left_out")
    return asked[-1] if asked else ""


@cache
def _leaks(markers: tuple[str, ...]) -> _Leaks:
    markers = tuple(filter(None, markers))
    characters = frozenset(marker[0] for marker in markers)
    return _Leaks(characters, re.compile("|".join(map(re.escape, markers))))
