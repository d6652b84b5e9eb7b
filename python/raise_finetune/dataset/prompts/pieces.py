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
