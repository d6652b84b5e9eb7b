"""What a profile writes around contents, cut out of lines that it writes itself."""

from typing import NamedTuple

from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message

# Stand for contents; no profile writes them, and none strips them.
_SYSTEM, _QUESTION, _ANSWER, _NEXT = "\ue000", "\ue001", "\ue002", "\ue003"


class Pieces(NamedTuple):
    """The pieces of a profile's lines, BOS included.

    ``begin`` stands before the first question without a system prompt, ``before_system`` and
    ``after_system`` around a system prompt; ``reopen`` before any later question.
    ``system_last`` says that a system prompt stands before the last question, not the first.
    """

    begin: str
    before_system: str
    after_system: str
    reopen: str
    end_question: str
    begin_answer: str
    end_answer: str
    system_last: bool


def pieces_of(profile: TextProfile) -> Pieces:
    """Return what the profile writes around contents."""
    question, answer, later = (
        Message("user", _QUESTION),
        Message("assistant", _ANSWER),
        Message("user", _NEXT),
    )
    system = Message("system", _SYSTEM)
    prompt = profile.prompt([question])
    begin, end_question = prompt.split(_QUESTION)
    exchange = profile.line([question, answer])
    begin_answer, end_answer = exchange.removeprefix(prompt).split(_ANSWER)
    third = profile.prompt([question, answer, later])
    reopen = _between(third, _ANSWER, _NEXT).removeprefix(end_answer)
    with_system = profile.prompt([system, question])
    long = profile.prompt([system, question, answer, later])
    return Pieces(
        begin=begin,
        before_system=with_system.split(_SYSTEM)[0],
        after_system=_between(with_system, _SYSTEM, _QUESTION),
        reopen=reopen,
        end_question=end_question,
        begin_answer=begin_answer,
        end_answer=end_answer,
        system_last=long.index(_SYSTEM) > long.index(_ANSWER),
    )


def _between(line: str, first: str, second: str) -> str:
    return line[line.index(first) + len(first) : line.index(second)]


def read_prompt(prompt: str, profile: TextProfile) -> list[Message] | None:
    """Return the messages that a prompt was written from; None where the profile never wrote it.

    Where a profile marks the system prompt by nothing but its place, it stays in the question.
    """
    pieces = pieces_of(profile)
    body = prompt.removesuffix(pieces.end_question)
    for messages in (_with_system(body, pieces), _turns(body, pieces.begin, pieces)):
        if messages is not None and profile.prompt(messages) == prompt:
            return messages
    return None


def _with_system(body: str, pieces: Pieces) -> list[Message] | None:
    if pieces.system_last or not pieces.after_system.strip():
        return None
    if not body.startswith(pieces.before_system):
        return None
    system, found, rest = body.removeprefix(pieces.before_system).partition(pieces.after_system)
    turns = _turns(rest, "", pieces)
    return [Message("system", system), *turns] if found and system and turns else None


def _turns(body: str, begin: str, pieces: Pieces) -> list[Message] | None:
    if not body.startswith(begin):
        return None
    *exchanges, question = body.removeprefix(begin).split(pieces.end_answer + pieces.reopen)
    messages: list[Message] = []
    for exchange in exchanges:
        asked, found, answer = exchange.partition(pieces.end_question + pieces.begin_answer)
        if not found:
            return None
        messages += (Message("user", asked), Message("assistant", answer))
    return [*messages, Message("user", question)]
