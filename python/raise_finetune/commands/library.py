"""Commands that browse the data folder: open it, list and search it, read one conversation."""

from typing import Annotated, Literal

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.domain import Domain, open_domain
from raise_finetune.commands.models import LongRequest, Request, Response, WireModel
from raise_finetune.commands.progress import TaskProgress, reporting_pulse
from raise_finetune.commands.registry import command
from raise_finetune.dataset.catalogue import (
    Entry,
    RatedState,
    Sort,
    Wanted,
    count_tags,
    find,
    title_of,
)
from raise_finetune.dataset.dates import normal_date
from raise_finetune.dataset.documentation import read_documentation
from raise_finetune.dataset.exchanges import SYSTEM_FEEDBACK
from raise_finetune.dataset.feedback import Feedback, answer_hashes, find_feedback, read_target
from raise_finetune.dataset.fields import newest_date, tags
from raise_finetune.dataset.ratings import rating_or_invalid
from raise_finetune.dataset.records import Conversation, Role, SourceKind
from raise_finetune.dataset.sources import read_conversation, turns
from raise_finetune.errors import BadInputError

PAGE = 500
_TAGS = 100


class OpenRequest(LongRequest):
    """Whether to read the folder again even if it was read before."""

    refresh: bool = False


class FolderCount(WireModel):
    """A collection (``un2/default/articles``) or ``chats``, and how many entries it holds."""

    name: str
    entries: int


class TagCount(WireModel):
    """A tag and how many entries carry it."""

    tag: str
    entries: int


class LibraryResponse(Response):
    """What lies in the data folder."""

    root: str
    entries: int
    conversations: int
    answers: int
    rated_answers: int
    unusable: int
    folders: tuple[FolderCount, ...]
    tags: tuple[TagCount, ...]


class ListRequest(Request):
    """Which entries to list, in which order; empty values ask for nothing."""

    text: str = ""
    folder: str = ""
    kinds: tuple[SourceKind, ...] = ()
    tags: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    state: RatedState = "any"
    lowest: Annotated[float, Field(ge=1, le=5)] = 1.0
    highest: Annotated[float, Field(ge=1, le=5)] = 5.0
    sort: Sort = "newest"
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=PAGE)] = 100


class LibraryEntry(WireModel):
    """One row of the list; ``ratings`` has one value for each rated answer."""

    record: str
    kind: SourceKind
    title: str
    snippet: str
    date: str
    tags: tuple[str, ...]
    answers: int
    ratings: tuple[float, ...]


class ListResponse(Response):
    """One page of the list, and how many entries there are in all."""

    total: int
    entries: tuple[LibraryEntry, ...]


class ReadRequest(Request):
    """The record to read."""

    record: str


class GivenRating(WireModel):
    """What the user said here about an answer."""

    rating: float
    correction: str
    tags: tuple[str, ...]
    note: str


class TurnView(WireModel):
    """One message. ``rating`` is the one in force, ``origin`` where it comes from."""

    index: int
    role: Role
    content: str
    is_application: bool
    rating: float | None
    origin: Literal["none", "here", "message", "conversation"]
    given: GivenRating | None


class ReadResponse(Response):
    """A conversation, or a piece of documentation: ``texts`` has it by language."""

    record: str
    kind: SourceKind
    title: str
    date: str
    tags: tuple[str, ...]
    turns: tuple[TurnView, ...]
    texts: dict[str, str]


@command("library_open", progress=TaskProgress)
def library_open(request: OpenRequest, context: Context) -> LibraryResponse:
    """Read the data folder, once, and say what is in it."""
    domain = open_domain(reporting_pulse(context), refresh=request.refresh)
    entries = domain.entries.values()
    return LibraryResponse(
        root=str(domain.engine.root),
        entries=len(entries),
        conversations=sum(entry.kind == "conversation" for entry in entries),
        answers=sum(entry.answers for entry in entries),
        rated_answers=sum(len(entry.ratings) for entry in entries),
        unusable=domain.unusable,
        folders=tuple(FolderCount(name=n, entries=c) for n, c in domain.folders().items()),
        tags=tuple(TagCount(tag=tag, entries=c) for tag, c in count_tags(entries, _TAGS)),
    )


@command("library_list")
def library_list(request: ListRequest, _context: Context) -> ListResponse:
    """Return one page of what the user asks for."""
    wanted = Wanted(
        text=request.text,
        folder=request.folder,
        kinds=frozenset(request.kinds),
        tags=frozenset(request.tags),
        since=request.since,
        until=request.until,
        state=request.state,
        lowest=request.lowest,
        highest=request.highest,
    )
    found = find(open_domain().entries.values(), wanted, request.sort)
    page = found[request.offset : request.offset + request.limit]
    return ListResponse(total=len(found), entries=tuple(_row(entry) for entry in page))


@command("library_read")
def library_read(request: ReadRequest, _context: Context) -> ReadResponse:
    """Return one conversation or piece of documentation."""
    return read_record(open_domain(), request.record)


def read_record(domain: Domain, record: str) -> ReadResponse:
    """Return a record as it stands on disk now, with what was said about it here."""
    document = read_target(domain.engine, record)
    kind: SourceKind = "conversation"
    views: list[TurnView] = []
    texts: dict[str, str] = {}
    conversation = read_conversation(record, document, domain.read_rating)
    if conversation is not None:
        views = _turns(domain, conversation)
    else:
        database = record.split("/")[1]
        item = read_documentation(record, database, document, domain.read_rating)
        if isinstance(item, str):
            raise BadInputError("target_not_a_conversation", target=record)
        kind = item.kind
        texts = {language: fields["text"] for language, fields in item.fields.items()}
    return ReadResponse(
        record=record,
        kind=kind,
        title=title_of(document, record),
        date=normal_date(newest_date(document)),
        tags=tags(document),
        turns=tuple(views),
        texts=texts,
    )


def _turns(domain: Domain, conversation: Conversation) -> list[TurnView]:
    hashes = answer_hashes(conversation.messages)
    answers = {answer.index: answer for answer in conversation.answers}
    of_all, _ = rating_or_invalid(conversation.document, domain.read_rating)
    views: list[TurnView] = []
    is_application = False
    for index, role, content in turns(conversation.messages):
        # The answer to the application's own message is the application's, too.
        is_application = content.startswith(SYSTEM_FEEDBACK) or (
            role == "assistant" and is_application
        )
        given, rating = None, None
        origin: Literal["none", "here", "message", "conversation"] = "none"
        if role == "assistant":
            given = find_feedback(domain.engine, conversation.record, hashes[index])
            own = answers[index].rating
            if given is not None:
                rating, origin = given.rating, "here"
            elif own is not None:
                rating, origin = own, "message"
            elif of_all is not None:
                rating, origin = of_all, "conversation"
        views.append(
            TurnView(
                index=index,
                role=role,
                content=content,
                is_application=is_application,
                rating=rating,
                origin=origin,
                given=None if given is None else given_rating(given),
            )
        )
    return views


def given_rating(feedback: Feedback) -> GivenRating:
    """Return the part of a stored rating that the page shows."""
    return GivenRating(
        rating=feedback.rating,
        correction=feedback.correction,
        tags=feedback.tags,
        note=feedback.note,
    )


def _row(entry: Entry) -> LibraryEntry:
    return LibraryEntry(
        record=entry.record,
        kind=entry.kind,
        title=entry.title,
        snippet=entry.snippet,
        date=entry.date,
        tags=entry.tags,
        answers=entry.answers,
        ratings=entry.ratings,
    )
