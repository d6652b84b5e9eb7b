"""The turns of a conversation → exchanges of one question and one answer, mended visibly.

What is mended is named in the exchange's ``repairs``; an answer that no example can be made of is
listed in ``rejected`` with its fate.
"""

from dataclasses import dataclass, field

from raise_finetune.dataset.ledger import Fate
from raise_finetune.dataset.recipe import ExamplesSection
from raise_finetune.dataset.records import Conversation, Turn

SYSTEM_FEEDBACK = "[SYSTEM_FEEDBACK]"


@dataclass(slots=True)
class Exchange:
    """A question and its answer; ``turn`` is the answer's, with its rating and date."""

    question: str
    answer: str
    turn: Turn
    repairs: list[str]


@dataclass(slots=True)
class Exchanges:
    """What a conversation holds; ``rejected`` pairs an answer's index with its fate."""

    system: str = ""
    exchanges: list[Exchange] = field(default_factory=list[Exchange])
    rejected: list[tuple[int, Fate]] = field(default_factory=list[tuple[int, Fate]])


def read_exchanges(conversation: Conversation, options: ExamplesSection) -> Exchanges:
    """Return the exchanges of a conversation; each answer is in one of the two lists."""
    found = Exchanges()
    questions: list[str] = []
    is_application = False  # the open question is the application's own, not a person's
    for turn in conversation.turns:
        if turn.role == "assistant":
            fate = _add_exchange(found, turn, questions, options, is_application=is_application)
            if fate is not None:
                found.rejected.append((turn.index, fate))
            questions, is_application = [], False
        elif turn.content.startswith(SYSTEM_FEEDBACK):
            is_application = True
        elif turn.role == "user":
            questions.append(turn.content)
            is_application = False
        elif not found.exchanges and not questions and options.system_prompts == "keep":
            found.system = f"{found.system}\n\n{turn.content}" if found.system else turn.content
    return found


def _add_exchange(
    found: Exchanges,
    turn: Turn,
    questions: list[str],
    options: ExamplesSection,
    *,
    is_application: bool,
) -> Fate | None:
    """Add the exchange that ends with this answer, or return why there is none."""
    if is_application or turn.content.startswith(SYSTEM_FEEDBACK):
        return Fate.SYSTEM_FEEDBACK
    if not questions:
        return Fate.NO_QUESTION
    repairs: list[str] = []
    question = questions[-1]
    if len(questions) > 1:
        question = _one_question(questions, options, repairs)
    if not question:
        return Fate.EMPTY_QUESTION
    answer = turn.content
    if "###" in answer and options.prompt_leaks != "keep":
        answer = _cut_leak(answer, options)
        if answer != turn.content:
            if options.prompt_leaks == "drop" or not answer:
                return Fate.PROMPT_LEAK
            repairs.append("prompt_leak_cut")
    if not answer:
        return Fate.EMPTY_ANSWER
    found.exchanges.append(Exchange(question, answer, turn, repairs))
    return None


def _one_question(questions: list[str], options: ExamplesSection, repairs: list[str]) -> str:
    """Several questions before one answer: calls that failed, or a thought added."""
    distinct = list(dict.fromkeys(question for question in questions if question))
    if options.doubled_questions == "join" and len(distinct) > 1:
        repairs.append("questions_joined")
        return "\n\n".join(distinct)
    repairs.append("earlier_questions_left_out")
    return questions[-1]


def _cut_leak(answer: str, options: ExamplesSection) -> str:
    """Return what stands before the first heading that belongs to a prompt."""
    cuts = [at for marker in options.leak_markers if (at := answer.find(marker)) >= 0]
    return answer[: min(cuts)].rstrip() if cuts else answer
