"""Where the answers stand in a training text: what the loss is taken on.

A dataset's rows are text, so the answers are found by what a profile writes around them. That is
unambiguous, since an export keeps the profile's control strings out of people's words.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple, cast

from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.prompts.control import control_strings
from raise_finetune.dataset.prompts.text import TextProfile, joined
from raise_finetune.dataset.records import Message, Role

_QUESTION = "\ufffc"  # stands for any question; no profile writes it

Span = tuple[int, int]


class TrainingText(NamedTuple):
    """A row as the text that a model reads; ``answers`` are character spans, EOS included."""

    text: str
    answers: list[Span]


def training_text(row: Mapping[str, Any], profile: TextProfile) -> TrainingText | None:
    """Return a row's text, or None for columns that are not one of an export's.

    Rows of messages are written by ``profile`` here, with its control strings neutralised first,
    as an export of text does. Of a row with a prompt and a completion, only the completion counts.
    """
    match row:
        case {"text": str(line)}:
            return TrainingText(line, list(answers_in(line, profile)))
        case {"prompt": str(prompt), "completion": str(completion)}:
            line = prompt + completion
            end = line.rfind(profile.special_tokens.eos, len(prompt))
            answers = [(len(prompt), end + len(profile.special_tokens.eos))] if end >= 0 else []
            return TrainingText(line, answers)
        case _:
            messages = _messages(row)
            return None if messages is None else _written(messages, profile)


def answers_in(line: str, profile: TextProfile) -> Iterator[Span]:
    """Yield where each answer of a finished line begins and ends, its EOS included."""
    opening, eos = answer_opening(profile.name), profile.special_tokens.eos
    start = line.find(opening)
    while start >= 0:
        start += len(opening)
        end = line.find(eos, start)
        if end < 0:
            return
        yield start, end + len(eos)
        start = line.find(opening, end)


@cache
def answer_opening(profile_name: str) -> str:
    """Return what a profile writes between a question and its answer."""
    exchange = (Message("user", _QUESTION), Message("assistant", "x"))
    parts = get_text_profile(profile_name).parts(exchange)
    first_trained = next(index for index, part in enumerate(parts) if part.trained)
    return joined(parts[:first_trained]).rpartition(_QUESTION)[2]


def _written(messages: Sequence[Message], profile: TextProfile) -> TrainingText:
    strings = control_strings(tuple(profile.control_strings))
    parts = profile.parts([Message(role, strings.neutralise(text)) for role, text in messages])
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part.text))
    answers: list[Span] = []
    for part, (start, end) in zip(parts, pairwise(ends), strict=True):
        if part.trained and answers and answers[-1][1] == start:
            answers[-1] = (answers[-1][0], end)
        elif part.trained:
            answers.append((start, end))
    return TrainingText(joined(parts), answers)


_SHAREGPT_ROLES: Mapping[str, Role] = {"system": "system", "human": "user", "gpt": "assistant"}
_ROLES: Mapping[str, Role] = {"system": "system", "user": "user", "assistant": "assistant"}


def _messages(row: Mapping[str, Any]) -> list[Message] | None:
    """Return the messages of a structured row, or None where it is not one."""
    match row:
        case {"messages": list()}:
            found = _turns(row["messages"], "role", "content", _ROLES)
        case {"conversations": list()}:
            found = _turns(row["conversations"], "from", "value", _SHAREGPT_ROLES)
        case {"instruction": str(instruction), "input": str(context), "output": str(answer)}:
            question = f"{context}\n\n{instruction}" if context else instruction
            return [Message("user", question), Message("assistant", answer)]
        case _:
            return None
    return found if _alternate(found) else None


def _turns(
    turns: Sequence[Any], role: str, content: str, roles: Mapping[str, Role]
) -> list[Message]:
    """Return the turns that can be read; what is missing shows in ``_alternate``."""
    found: list[Message] = []
    for turn in turns:
        fields = cast("dict[str, Any]", turn) if isinstance(turn, dict) else {}
        speaker, words = roles.get(str(fields.get(role))), fields.get(content)
        if speaker is not None and isinstance(words, str):
            found.append(Message(speaker, words))
    return found


def _alternate(messages: Sequence[Message]) -> bool:
    roles = [role for role, _ in messages]
    turns = roles[1:] if roles[:1] == ["system"] else roles
    return len(turns) >= 2 and turns == ["user", "assistant"] * (len(turns) // 2)
