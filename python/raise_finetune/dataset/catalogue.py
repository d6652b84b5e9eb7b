"""The conversations and documents of a domain, listed: what the window browses and searches.

The texts stay on disk; an entry holds what a list shows and what a search looks at, about a
kilobyte each, so 100,000 conversations fit in a desktop program's memory.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from raise_finetune.dataset.dates import normal_date
from raise_finetune.dataset.documentation import read_documentation
from raise_finetune.dataset.fields import first, in_language, localised, newest_date, tags
from raise_finetune.dataset.overlay import RatingsByTarget, live_ratings
from raise_finetune.dataset.ratings import RatingReader, rating_or_invalid
from raise_finetune.dataset.records import Conversation, Documentation, SourceKind
from raise_finetune.dataset.sources import SourceBatch, read_conversation, turns

_SNIPPET = 160  # characters of the first question that a list shows

Sort = Literal["newest", "oldest", "title", "best", "worst"]
RatedState = Literal["any", "rated", "unrated"]


@dataclass(slots=True)
class Entry:
    """One conversation or piece of documentation, as a list shows it.

    ``date`` is normalised (``dates.normal_date``); ``ratings`` holds one value for each rated
    answer; ``haystack`` is what a search looks at, case folded.
    """

    record: str
    kind: SourceKind
    title: str
    snippet: str
    date: str
    tags: tuple[str, ...]
    answers: int
    ratings: tuple[float, ...]
    haystack: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks a list for; empty values ask for nothing.

    ``folder`` is a prefix of records (``un2/default``), ``since`` and ``until`` are days. A
    rated entry passes if one of its ratings lies between ``lowest`` and ``highest``.
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
        record = batch.prefix + document.file.removesuffix(".json")
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
    """Return the entry of a conversation, with the ratings given in this application."""
    document = conversation.document
    of_all, _ = rating_or_invalid(document, read_rating)
    here = live_ratings(conversation, given)
    ratings = [
        here[answer.index].rating if answer.index in here else answer.rating or of_all
        for answer in conversation.answers
    ]
    question = next((text for _, role, text in turns(conversation.messages) if role == "user"), "")
    snippet = " ".join(question[: 2 * _SNIPPET].split())[:_SNIPPET]
    title = title_of(document, conversation.record)
    return _entry(
        record=conversation.record,
        kind="conversation",
        title=title,
        snippet=snippet,
        date=normal_date(newest_date(document)),
        tags=tags(document),
        answers=len(conversation.answers),
        ratings=tuple(rating for rating in ratings if rating is not None),
    )


def title_of(document: dict[str, Any], record: str) -> str:
    """Return what a conversation is called, else the last part of its name."""
    title = localised(first(document, ("title", "name", "displayName")))
    return in_language("fr", title) or record.rpartition("/")[2]


def _entry_of_documentation(item: Documentation) -> Entry:
    fields = next(iter(item.fields.values()), dict[str, str]())
    title = fields.get("title") or fields.get("name") or fields.get("source") or ""
    return _entry(
        record=item.record,
        kind=item.kind,
        title=title or item.record.rpartition("/")[2],
        snippet=" ".join(fields.get("text", "")[: 2 * _SNIPPET].split())[:_SNIPPET],
        date=normal_date(item.date),
        tags=item.tags,
        answers=0,
        ratings=() if item.rating is None else (item.rating,),
    )


def _entry(
    *,
    record: str,
    kind: SourceKind,
    title: str,
    snippet: str,
    date: str,
    tags: tuple[str, ...],
    answers: int,
    ratings: tuple[float, ...],
) -> Entry:
    haystack = "\n".join((title, snippet, *tags, record)).casefold()
    return Entry(record, kind, title, snippet, date, tags, answers, ratings, haystack)


def find(entries: Iterable[Entry], wanted: Wanted, sort: Sort) -> list[Entry]:
    """Return the entries that a user asks for, sorted; all words of the text must occur."""
    words = wanted.text.casefold().split()
    found = [
        entry
        for entry in entries
        if _passes(entry, wanted) and all(word in entry.haystack for word in words)
    ]
    if sort == "title":
        found.sort(key=lambda entry: (entry.title.casefold(), entry.record))
    elif sort == "oldest":
        found.sort(key=lambda entry: (entry.date, entry.record))
    elif sort == "newest":
        found.sort(key=lambda entry: (entry.date, entry.record), reverse=True)
    else:
        sign = -1 if sort == "best" else 1
        found.sort(key=lambda entry: (not entry.ratings, sign * _mean(entry.ratings)))
    return found


def _passes(entry: Entry, wanted: Wanted) -> bool:
    if wanted.folder and not entry.record.startswith(f"{wanted.folder}/"):
        return False
    if wanted.kinds and entry.kind not in wanted.kinds:
        return False
    if wanted.tags and wanted.tags.isdisjoint(entry.tags):
        return False
    day = entry.date[:10]
    if (wanted.since and day < wanted.since) or (wanted.until and not "" < day <= wanted.until):
        return False
    return _passes_rating(entry.ratings, wanted)


def _passes_rating(ratings: Sequence[float], wanted: Wanted) -> bool:
    if wanted.state == "unrated":
        return not ratings
    if wanted.state == "any" and wanted.lowest <= 1.0 and wanted.highest >= 5.0:
        return True
    return any(wanted.lowest <= rating <= wanted.highest for rating in ratings)


def _mean(ratings: Sequence[float]) -> float:
    return sum(ratings) / len(ratings) if ratings else 0.0


def count_tags(entries: Iterable[Entry], limit: int) -> list[tuple[str, int]]:
    """Return the commonest tags with their counts."""
    counts = Counter(tag for entry in entries for tag in entry.tags)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
