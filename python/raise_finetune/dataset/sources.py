"""Documents and chat files → conversations and documentation.

Conversations lie on disk in five shapes, which differ only in names: ``messages`` or
``history``, roles in either case, ``timestamp`` or ``createdAt``.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

from raise_finetune.dataset.documentation import read_documentation
from raise_finetune.dataset.fields import localised
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.ratings import RatingReader, rating_or_invalid
from raise_finetune.dataset.records import Answer, Conversation, Documentation, Role
from raise_finetune.storage.reader import StoredDocument

_ROLES: dict[str, Role] = {
    spelling: role
    for role in ("user", "assistant", "system")
    for spelling in (role, role.capitalize(), role.upper())
}


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
        for document in batch.documents:
            record = batch.prefix + document.file[:-5]  # ".json"
            if document.problem is not None:
                records += 1
                ledger.mark(record, document.problem, document.detail)
                continue
            value = cast("dict[str, Any]", document.value)
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
        yield found


def read_conversation(
    record: str, document: dict[str, Any], read_rating: RatingReader
) -> Conversation | None:
    """Return the conversation that a document holds, or None where it holds none."""
    for key in ("messages", "history"):
        messages: object = document.get(key)
        if isinstance(messages, list):
            messages = cast("list[Any]", messages)
            roles = [_role(message) for message in messages]
            answers = [
                Answer(index, *rating_or_invalid(messages[index], read_rating))
                for index, role in enumerate(roles)
                if role == "assistant"
            ]
            # A requirement has a history too, but not of messages.
            if answers or any(roles):
                return Conversation(record, record, document, messages, answers)
    return None


def turns(messages: Sequence[Any]) -> Iterator[tuple[int, Role, str]]:
    """Yield index, role and text of the messages of people, assistants and systems.

    The index counts all messages of the document from 0; the text is as written.
    """
    for index, message in enumerate(messages):
        role = _role(message)
        if role is not None:
            content = message.get("content")
            yield index, role, content if isinstance(content, str) else _flatten(content)


def _role(message: object) -> Role | None:
    """Return the role, or None for what is no message of a known one (a tool's output, say)."""
    if type(message) is not dict:
        return None
    role = cast("dict[str, object]", message).get("role")
    return _ROLES.get(role) if isinstance(role, str) else None


def _flatten(content: object) -> str:
    """Return the text of a content that is no string: parts, or a text for each language."""
    if isinstance(content, dict):
        return next(iter(localised(cast("dict[str, object]", content)).values()), "")
    if isinstance(content, list):
        parts = cast("list[object]", content)
        texts = [
            cast("dict[str, object]", part).get("text") for part in parts if isinstance(part, dict)
        ]
        return "\n".join(text for text in texts if isinstance(text, str))
    return ""
