"""The canonical model: what every source becomes, whatever its shape on disk was.

Plain classes with slots, not pydantic models: a million of them pass through one export, and
their values were checked where they were read (``sources.py``).
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["system", "user", "assistant"]
SourceKind = Literal["conversation", "article", "element", "requirement", "chunk"]

LOWEST_RATING = 1.0
HIGHEST_RATING = 5.0


class Message(NamedTuple):
    """One message of an example, as it will stand in the prompt."""

    role: Role
    content: str


@dataclass(slots=True)
class Turn:
    """One message of a source conversation, with what is known about it.

    ``index`` counts the messages of the document from 0. ``date`` is as written on disk.
    ``invalid_rating`` holds what stood where a rating belongs and was none. ``feedback`` names
    the feedback record that decides about this answer.
    """

    index: int
    role: Role
    content: str
    rating: float | None = None
    date: object = None
    invalid_rating: str = ""
    feedback: str = ""


@dataclass(slots=True)
class Conversation:
    """A conversation as the user had it.

    ``record`` is ``space/database/collection/id`` or ``chats/name``; ``group`` is what no split
    may divide: the same, or for a copy kept with a rating the conversation it was taken from.
    Of such a copy only the last answer counts (``copy``); the others are its context.
    """

    record: str
    group: str
    turns: list[Turn]
    rating: float | None = None
    date: object = None
    tags: tuple[str, ...] = ()
    language: str = ""
    invalid_rating: str = ""
    copy: bool = False


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


@dataclass(slots=True)
class Example:
    """One row to be: a prompt, its context and the answer to learn.

    ``messages`` is an optional system message, then user and assistant in turn, ending with an
    assistant's. ``record`` names the ledger's record, ``group`` what no split may divide.
    ``rating`` is 0 when there is none. ``repairs`` names what was mended on the way.
    """

    record: str
    group: str
    kind: SourceKind
    messages: list[Message]
    rating: float = 0.0
    date: str = ""
    language: str = ""
    repairs: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Row:
    """An example as it will stand in the file: ``line`` is JSON, UTF-8, with its line end."""

    record: str
    group: str
    line: bytes
    rating: float
    date: str
    repairs: list[str]
