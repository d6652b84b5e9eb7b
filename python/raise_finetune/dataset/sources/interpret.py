"""Documents and chat files → conversations and documentation.

Conversations lie on disk in five shapes, which differ only in names: ``messages`` or
``history``, roles in either case, ``timestamp`` or ``createdAt``.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.records import Conversation, Documentation, Rating, Role
from raise_finetune.dataset.sources.documentation import read_documentation
from raise_finetune.dataset.sources.fields import localised
from raise_finetune.dataset.sources.ratings import RatingReader, rating_or_invalid
from raise_finetune.storage.reader import StoredDocument

_ROLES: dict[str, Role] = {
    spelling: role
    for role in ("user", "assistant", "system")
    for spelling in (role, role.capitalize(), role.upper())
}
_ASSISTANT = frozenset(spelling for spelling, role in _ROLES.items() if role == "assistant")


class SourceBatch(NamedTuple):
    """Documents of one folder; ``prefix`` + file stem is a record's name."""

    prefix: str
    database: str
    documents: list[StoredDocument]


def interpret(
    batches: Iterable[SourceBatch], read_rating: RatingReader, ledger: Ledger, *, whole: bool
) -> Iterator[list[Conversation | Documentation]]:
    """Yield what the documents hold; each announces its records, the unusable get their fate.

    ``whole``: a conversation is one record; otherwise each of its answers is one.
    """
    for batch in batches:
        found: list[Conversation | Documentation] = []
        records = 0
        for file, value, problem, detail, digest in batch.documents:
            record = batch.prefix + file[:-5]  # ``stem``, without a call for each of a million
            ledger.input.add(record, digest)
            if value is None:
                records += 1
                ledger.mark(record, problem or "unreadable", detail)
                continue
            item = read_conversation(record, value, read_rating)
            if item is not None:
                records += 1 if whole else len(item.answers) or 1
                found.append(item)
                continue
            records += 1
            item = read_documentation(record, batch.database, value, read_rating)
            if isinstance(item, str):
                ledger.mark(record, item)
            else:
                found.append(item)
        ledger.announce(records, documents=len(batch.documents))
        ledger.flush()
        yield found


def read_conversation(
    record: str, document: dict[str, Any], read_rating: RatingReader
) -> Conversation | None:
    """Return the conversation that a document holds, or None where it holds none."""
    for key in ("messages", "history"):
        listed: object = document.get(key)
        if isinstance(listed, list):
            messages = cast("list[Any]", listed)
            answers = _answers(messages)
            # A requirement has a history too, but not of messages.
            if answers or any(_roles(messages)):
                ratings = _ratings(messages, answers, read_rating)
                return Conversation(record, record, document, messages, answers, ratings)
    return None


def _answers(messages: Sequence[Any]) -> list[int]:
    try:
        # Nearly all lists hold messages only: a call for each would cost three times as much.
        return [n for n, message in enumerate(messages) if message["role"] in _ASSISTANT]
    except (KeyError, TypeError):
        return [n for n, message in enumerate(messages) if _role(message) == "assistant"]


def _ratings(
    messages: Sequence[Any], answers: Sequence[int], read_rating: RatingReader
) -> dict[int, Rating]:
    ratings: dict[int, Rating] = {}
    for index in answers:
        if read_rating.keys.isdisjoint(messages[index]):
            continue  # nearly all: a call for each would cost three times as much
        value, invalid = rating_or_invalid(messages[index], read_rating)
        if value is not None or invalid:
            ratings[index] = Rating(value, invalid)
    return ratings


def turns(messages: Sequence[Any]) -> Iterator[tuple[int, Role, str]]:
    """Yield index, role and text of the messages of people, assistants and systems.

    The index counts all messages of the document from 0; the text is as written.
    """
    for index, role in enumerate(_roles(messages)):
        if role is not None:
            content = messages[index].get("content")
            yield index, role, content if isinstance(content, str) else content_text(content)


def _roles(messages: Sequence[Any]) -> list[Role | None]:
    """Return the roles, None for what is no message of a known one (a tool's output, say)."""
    try:
        return [_ROLES.get(message["role"]) for message in messages]
    except (KeyError, TypeError):
        return [_role(message) for message in messages]


def _role(message: Any) -> Role | None:  # noqa: ANN401 - whatever a file holds
    try:
        return _ROLES.get(message["role"])
    except (KeyError, TypeError):
        return None


def content_text(content: object) -> str:
    """Return the text of a content, which may be parts, or a text for each language."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return next(iter(localised(cast("dict[str, object]", content)).values()), "")
    if isinstance(content, list):
        parts = cast("list[object]", content)
        texts = [
            cast("dict[str, object]", part).get("text") for part in parts if isinstance(part, dict)
        ]
        return "\n".join(text for text in texts if isinstance(text, str))
    return ""
