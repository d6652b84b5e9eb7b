"""The canonical model: what every source becomes, whatever its shape on disk was.

Plain classes with slots, not pydantic models: a million of them pass through one export, and
their values were checked where they were read (``sources/interpret.py``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Role = Literal["system", "user", "assistant"]
SourceKind = Literal["conversation", "article", "element", "requirement", "chunk"]

LOWEST_RATING = 1.0
HIGHEST_RATING = 5.0


class Message(NamedTuple):
    """One message of an example, as it will stand in the prompt."""

    role: Role
    content: str


class Rating(NamedTuple):
    """What is said of one answer: ``value`` lies between 1 and 5.

    It is None where something else stands in its place, which ``invalid`` holds, shortened.
    ``feedback`` names the feedback record that decides about this answer.
    """

    value: float | None
    invalid: str = ""
    feedback: str = ""


@dataclass(slots=True)
class Conversation:
    """A conversation as it lies on disk.

    ``record`` is its name; ``group`` is what no split may divide: the same, or for a copy kept with
    a rating the conversation it was taken from. Of such a copy only the last answer counts
    (``copy``); the others are its context. ``messages`` are the document's own, unchecked:
    ``sources.turns`` reads them. ``answers`` are the indexes of the assistant's among them,
    ``ratings`` what is said of single ones. ``forgotten`` are those that somebody asked to forget:
    neither examples nor context. ``origin`` is the record that the prompt of a generated answer was
    taken from, forgotten with it.
    ``originals`` are the texts of the answers in whose place corrections now stand.
    """

    record: str
    group: str
    document: dict[str, Any]
    messages: list[Any]
    answers: list[int]
    ratings: dict[int, Rating]
    copy: bool = False
    forgotten: frozenset[int] = frozenset()
    originals: Mapping[int, str] | None = None
    origin: str = ""

    def rating_of(self, index: int) -> float | None:
        """Return the rating that an answer has of its own."""
        rating = self.ratings.get(index)
        return None if rating is None else rating.value


@dataclass(slots=True)
class Documentation:
    """An article, a model element, a requirement or a knowledge chunk.

    ``fields`` holds, for each language it exists in, the values that templates may name.
    """

    record: str
    kind: SourceKind
    fields: dict[str, dict[str, str]]
    rating: float | None = None
    date: object = None
    tags: tuple[str, ...] = ()
    status: str = ""
    invalid_rating: str = ""


class Masked(NamedTuple):
    """What was masked in one example: how often each type of sensitive data, by which rules."""

    counts: dict[str, int]
    rules: list[str]


@dataclass(slots=True)
class Example:
    """One row to be: a prompt, its context and the answer to learn.

    ``messages`` is an optional system message, then user and assistant in turn, ending with an
    assistant's. ``record`` names the ledger's record, ``group`` what no split may divide.
    ``rating`` is 0 when there is none. ``repairs`` names what was mended on the way,
    ``masked`` what sensitive data was, None where there was none.

    For preference trainers: where ``paired``, an answer that was rejected stands before the last
    one; ``good`` tells whether the answer is one to learn or one to avoid.
    """

    record: str
    group: str
    kind: SourceKind
    messages: list[Message]
    rating: float
    date: str
    language: str
    repairs: list[str]
    paired: bool = False
    good: bool = True
    masked: Masked | None = None

    @property
    def learned(self) -> list[Message]:
        """The messages without the rejected answer."""
        return [*self.messages[:-2], self.messages[-1]] if self.paired else self.messages

    def exchange(self, *, whole: bool) -> tuple[str, str]:
        """Return the last question and the answer to learn; or with ``whole`` all of each."""
        messages = self.learned
        if not whole:
            return messages[-2].content, messages[-1].content
        questions, answers = (
            "\n".join(message.content for message in messages if message.role == role)
            for role in ("user", "assistant")
        )
        return questions, answers

    @property
    def rejected(self) -> list[Message]:
        """The messages with the rejected answer as the last one."""
        return self.messages[:-1]


@dataclass(slots=True)
class Row:
    """An example as it will stand in the file: ``line`` is JSON, UTF-8, with its line end.

    ``messages`` are those of the line, kept only where its tokens will be counted. ``others``
    are the lines of further profiles.
    """

    record: str
    group: str
    kind: SourceKind
    line: bytes
    rating: float
    date: str
    repairs: list[str]
    messages: Sequence[Message] = ()
    masked: Masked | None = None
    others: Sequence[bytes] = ()
