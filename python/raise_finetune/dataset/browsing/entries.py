"""The conversations and documents of a domain, listed: what the window browses and searches.

The texts stay on disk; an entry holds what a list shows and what a search looks at, about a
kilobyte each, so 100,000 conversations fit in a desktop program's memory.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from raise_finetune.dataset.record_names import stem_of
from raise_finetune.dataset.records import Conversation, Documentation, SourceKind
from raise_finetune.dataset.selection.exchanges import application_turns
from raise_finetune.dataset.sources.dates import normal_date
from raise_finetune.dataset.sources.documentation import read_documentation
from raise_finetune.dataset.sources.feedback import AnswerRating
from raise_finetune.dataset.sources.fields import (
    first,
    first_text,
    in_language,
    localised,
    newest_date,
    tags,
)
from raise_finetune.dataset.sources.interpret import SourceBatch, read_conversation, turns
from raise_finetune.dataset.sources.overlay import RatingsByTarget, live_ratings
from raise_finetune.dataset.sources.ratings import RatingReader, rating_or_invalid

_SNIPPET = 160  # characters of the first question that a list shows
_MESSAGE_DATES = ("timestamp", "createdAt", "_created_at", "created_at")
_ACCENTS = re.compile("[\u0300-\u036f]")

Sort = Literal["newest", "oldest", "title", "best", "worst"]
RatedState = Literal["any", "rated", "unrated"]


@dataclass(slots=True)
class Entry:
    """One conversation or piece of documentation, as a list shows it.

    ``date`` is normalised (``dates.normal_date``); ``answers`` counts those that can be rated, and
    ``ratings`` holds one value for each rated one; ``haystack`` is what a search looks at, folded
    (see ``fold``).
    """

    record: str
    kind: SourceKind
    title: str
    snippet: str
    date: str
    tags: tuple[str, ...]
    answers: int
    ratings: tuple[float, ...]
    haystack: str = field(init=False)

    def __post_init__(self) -> None:
        parts = (self.title, self.snippet, *self.tags, self.record)
        self.haystack = fold("\n".join(parts))


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What a user asks a list for; empty values ask for nothing.

    ``folder`` is a prefix of records (``un2/default``), ``since`` and ``until`` are days. A
    conversation is unrated while one of its answers is; a rated entry passes if one of its
    ratings lies between ``lowest`` and ``highest``.
    """

    text: str = ""
    folder: str = ""
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    state: RatedState = "any"
    lowest: float = 1.0
    highest: float = 5.0


def list_batch(
    batch: SourceBatch, read_rating: RatingReader, given: RatingsByTarget
) -> list[Entry]:
    """Return the entries of a batch of documents; what is neither kind has none."""
    entries: list[Entry] = []
    for document in batch.documents:
        if document.value is None:
            continue
        record = batch.prefix + document.stem
        conversation = read_conversation(record, document.value, read_rating)
        if conversation is not None:
            entries.append(entry_of_conversation(conversation, read_rating, given))
            continue
        item = read_documentation(record, batch.database, document.value, read_rating)
        if isinstance(item, Documentation):
            entries.append(_entry_of_documentation(item))
    return entries


def entry_of_conversation(
    conversation: Conversation, read_rating: RatingReader, given: RatingsByTarget
) -> Entry:
    """Return the entry of a conversation, with the ratings and tags given in this application."""
    document = conversation.document
    of_all, _ = rating_or_invalid(document, read_rating)
    here = live_ratings(conversation, given)
    of_application = application_turns(conversation.messages)
    answers = [index for index in conversation.answers if index not in of_application]
    ratings = [
        here[index].rating if index in here else conversation.rating_of(index) or of_all
        for index in answers
    ]
    question = next((text for _, role, text in turns(conversation.messages) if role == "user"), "")
    snippet = " ".join(question[: 2 * _SNIPPET].split())[:_SNIPPET]
    title = title_of(document, conversation.record)
    return Entry(
        record=conversation.record,
        kind="conversation",
        title=title,
        snippet=snippet,
        date=date_of(conversation),
        tags=_with_given(tags(document), here.values()),
        answers=len(answers),
        ratings=tuple(rating for rating in ratings if rating is not None),
    )


def _with_given(own: tuple[str, ...], given: Iterable[AnswerRating]) -> tuple[str, ...]:
    """Return a conversation's tags and those given to its answers: an export filters by both."""
    return tuple(dict.fromkeys([*own, *(tag for rating in given for tag in rating.tags)]))


def date_of(conversation: Conversation) -> str:
    """Return the date of the last change, else of the last message: a chat file has no other."""
    written = normal_date(newest_date(conversation.document))
    return written or (message_date(conversation.messages[-1]) if conversation.messages else "")


def message_date(message: object) -> str:
    """Return the date of one message, "" where it has none."""
    if not isinstance(message, dict):
        return ""
    return normal_date(first(cast("dict[str, Any]", message), _MESSAGE_DATES))


def title_of(document: dict[str, Any], record: str) -> str:
    """Return what a conversation is called, else the last part of its record."""
    title = localised(first_text(document, ("title", "name", "displayName")))
    return in_language("fr", title) or stem_of(record)


def title_of_documentation(item: Documentation) -> str:
    """Return what a piece of documentation is called, else the last part of its record."""
    fields = next(iter(item.fields.values()), dict[str, str]())
    title = fields.get("title") or fields.get("name") or fields.get("source")
    return title or stem_of(item.record)


def _entry_of_documentation(item: Documentation) -> Entry:
    fields = next(iter(item.fields.values()), dict[str, str]())
    return Entry(
        record=item.record,
        kind=item.kind,
        title=title_of_documentation(item),
        snippet=" ".join(fields.get("text", "")[: 2 * _SNIPPET].split())[:_SNIPPET],
        date=normal_date(item.date),
        tags=item.tags,
        answers=0,
        ratings=() if item.rating is None else (item.rating,),
    )


def fold(text: str) -> str:
    """Return the text without case and accents: who types ``securite`` looks for ``Sécurité``."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text.casefold()))


def find(entries: Iterable[Entry], wanted: EntryFilter) -> list[Entry]:
    """Return the entries that a user asks for, in the order given."""
    found = list(entries)
    for passes in _checks(wanted):
        found = [entry for entry in found if passes(entry)]
    return found


def arrange(entries: Iterable[Entry], sort: Sort) -> list[Entry]:
    """Return the entries sorted; those without a date or a rating come last."""
    if sort == "title":
        return sorted(entries, key=lambda entry: (fold(entry.title), entry.record))
    if sort == "newest":
        return sorted(entries, key=lambda entry: (entry.date, entry.record), reverse=True)
    if sort == "oldest":
        return sorted(entries, key=lambda entry: (not entry.date, entry.date, entry.record))
    sign = -1 if sort == "best" else 1
    return sorted(
        entries,
        key=lambda entry: (not entry.ratings, sign * _mean(entry.ratings), entry.record),
    )


def _checks(wanted: EntryFilter) -> list[Callable[[Entry], bool]]:
    """Return one check for each thing asked for, the cheap ones first."""
    checks: list[Callable[[Entry], bool]] = []
    if wanted.folder:
        prefix = f"{wanted.folder}/"
        checks.append(lambda entry: entry.record.startswith(prefix))
    if wanted.kinds:
        checks.append(lambda entry: entry.kind in wanted.kinds)
    if wanted.since:
        checks.append(lambda entry: entry.date[:10] >= wanted.since)
    if wanted.until:
        checks.append(lambda entry: "" < entry.date[:10] <= wanted.until)
    if wanted.tags:
        checks.append(lambda entry: not wanted.tags.isdisjoint(entry.tags))
    if wanted.state == "unrated":
        checks.append(lambda entry: len(entry.ratings) < entry.answers)
    elif wanted.state == "rated" or wanted.lowest > 1.0 or wanted.highest < 5.0:
        checks.append(
            lambda entry: any(wanted.lowest <= rating <= wanted.highest for rating in entry.ratings)
        )
    words = fold(wanted.text).split()
    if words:
        checks.append(lambda entry: all(word in entry.haystack for word in words))
    return checks


def _mean(ratings: tuple[float, ...]) -> float:
    return sum(ratings) / len(ratings) if ratings else 0.0


def count_tags(entries: Iterable[Entry], limit: int) -> list[tuple[str, int]]:
    """Return the commonest tags with their counts."""
    counts = Counter(tag for entry in entries for tag in entry.tags)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
