"""Documents and chat files → conversations and documentation.

Conversations lie on disk in five shapes, which differ only in names: ``messages`` or
``history``, roles in either case, ``timestamp`` or ``createdAt``.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from raise_finetune.dataset.documentation import read_documentation
from raise_finetune.dataset.fields import declared_language, localised, newest_date, tags
from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.ratings import RatingReader, rating_or_invalid
from raise_finetune.dataset.records import Conversation, Documentation, Role, Turn
from raise_finetune.storage.reader import StoredDocument

_ROLES: dict[object, Role] = {
    spelling: role
    for role in ("user", "assistant", "system")
    for spelling in (role, role.capitalize(), role.upper())
}


class SourceBatch(NamedTuple):
    """Documents of one folder; ``prefix`` + file stem is a record's name."""

    prefix: str
    layer: str
    documents: list[StoredDocument]


def interpret(
    batches: Iterable[SourceBatch], read_rating: RatingReader, ledger: Ledger, *, whole: bool
) -> Iterator[list[Conversation | Documentation]]:
    """Yield what the documents hold; each announces its records, the unusable get their fate.

    ``whole``: a conversation is one record; otherwise each of its answers is one.
    """
    for batch in batches:
        found: list[Conversation | Documentation] = []
        for document in batch.documents:
            record = batch.prefix + document.file.removesuffix(".json")
            if document.value is None:
                ledger.announce(1, documents=1)
                ledger.mark(record, Fate(document.problem), document.detail)
                continue
            item = read_conversation(record, document.value, read_rating)
            if item is not None:
                ledger.announce(1 if whole else count_answers(item), documents=1)
                found.append(item)
                continue
            ledger.announce(1, documents=1)
            item = read_documentation(record, batch.layer, document.value, read_rating)
            if isinstance(item, Fate):
                ledger.mark(record, item)
            else:
                found.append(item)
        yield found


def count_answers(conversation: Conversation) -> int:
    """Return how many records a conversation is, taken by answers: at least one."""
    if conversation.copy:
        return 1
    return sum(turn.role == "assistant" for turn in conversation.turns) or 1


def read_conversation(
    record: str, document: dict[str, Any], read_rating: RatingReader
) -> Conversation | None:
    """Return the conversation that a document holds, or None where it holds none."""
    messages = document.get("messages")
    if not isinstance(messages, list):
        messages = document.get("history")
        if not isinstance(messages, list):
            return None
    rating, invalid = rating_or_invalid(document, read_rating)
    return Conversation(
        record=record,
        group=record,
        turns=_turns(cast("list[object]", messages), read_rating),
        rating=rating,
        date=newest_date(document),
        tags=tags(document),
        language=declared_language(document),
        invalid_rating=invalid,
    )


def _turns(messages: list[object], read_rating: RatingReader) -> list[Turn]:
    turns: list[Turn] = []
    for index, message in enumerate(messages):
        if not isinstance(message, dict):
            continue
        message = cast("dict[str, Any]", message)
        role = _ROLES.get(message.get("role"))
        if role is None:  # a tool's output, or no message at all
            continue
        content = message.get("content")
        if not isinstance(content, str):
            content = _flatten(content)
        turn = Turn(index, role, _clean(content))
        if role == "assistant":
            turn.date = message.get("createdAt") or message.get("timestamp")
            turn.rating, turn.invalid_rating = rating_or_invalid(message, read_rating)
        turns.append(turn)
    return turns


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


def _clean(text: str) -> str:
    """Trim, and take out NUL, which tokenizers and loaders stumble over."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text.strip()
