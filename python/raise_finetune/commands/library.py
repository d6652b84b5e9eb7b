"""Commands that browse the data folder: open it, list and search what is in it."""

from collections import Counter
from typing import Annotated, get_args

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.domain import Domain
from raise_finetune.commands.opening import open_domain
from raise_finetune.commands.progress import TaskProgress, reporting_pulse
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import (
    LongRequest,
    NoRequest,
    Request,
    Response,
    WireModel,
)
from raise_finetune.dataset.browsing.entries import Entry, EntryFilter, RatedState, Sort, count_tags
from raise_finetune.dataset.records import SourceKind
from raise_finetune.storage.reader import Problem

PAGE = 500
_TAGS = 100


class OpenRequest(LongRequest):
    """Whether to read the folder again even if it was read before."""

    refresh: bool = False


class FolderCount(WireModel):
    """A collection (``un2/default/articles``) or ``chats``, and how many entries it holds."""

    name: str
    entries: int


class KindCount(WireModel):
    """A kind and how many entries are of it."""

    kind: SourceKind
    entries: int


class TagCount(WireModel):
    """A tag and how many entries carry it."""

    tag: str
    entries: int


class LibraryResponse(Response):
    """What lies in the data folder; the tags are the commonest ones."""

    root: str
    entries: int
    answers: int
    rated_answers: int
    unusable: int
    kinds: tuple[KindCount, ...]
    folders: tuple[FolderCount, ...]
    tags: tuple[TagCount, ...]


class ListRequest(Request):
    """Which entries to list, in which order; empty values ask for nothing.

    ``listing`` asks for another page of a list that was answered before, as it was then.
    """

    listing: str = ""
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


class SearchRequest(ListRequest, LongRequest):
    """A list whose ``text`` is looked for in the texts, too."""


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
    """One page of the list, and how many entries there are in all.

    ``listing`` names the list; it is a new one where the one asked for is kept no longer.
    """

    listing: str
    total: int
    entries: tuple[LibraryEntry, ...]


class UnusableView(WireModel):
    """A file that could not be read, by its path in the data folder, and why."""

    path: str
    problem: Problem
    detail: str


class UnusableResponse(Response):
    """The unusable documents: the first thousand of ``total``."""

    total: int
    documents: tuple[UnusableView, ...]


@command("library_open", progress=TaskProgress, only_reads=True)
def library_open(request: OpenRequest, context: Context) -> LibraryResponse:
    """Read the data folder, once, and say what is in it."""
    domain = open_domain(reporting_pulse(context), refresh=request.refresh)
    entries = list(domain.entries.values())
    kinds = Counter(entry.kind for entry in entries)
    return LibraryResponse(
        root=str(domain.engine.root),
        entries=len(entries),
        answers=sum(entry.answers for entry in entries),
        rated_answers=sum(len(entry.ratings) for entry in entries if entry.answers),
        unusable=domain.unusable,
        kinds=tuple(
            KindCount(kind=kind, entries=kinds[kind])
            for kind in get_args(SourceKind)
            if kind in kinds
        ),
        folders=tuple(FolderCount(name=n, entries=c) for n, c in domain.folders().items()),
        tags=tuple(TagCount(tag=tag, entries=c) for tag, c in count_tags(entries, _TAGS)),
    )


@command("library_list")
def library_list(request: ListRequest, _context: Context) -> ListResponse:
    """Return one page of what the user asks for."""
    domain = open_domain()
    listing, found = request.listing, domain.listings.get(request.listing)
    if found is None:
        found = domain.find(_wanted(request), request.sort)
        listing = domain.listings.keep(found)
    return _page(domain, listing, found, request)


@command("library_search", progress=TaskProgress, only_reads=True)
def library_search(request: SearchRequest, context: Context) -> ListResponse:
    """Return one page of what has the text anywhere: in its title, its questions, its answers.

    This reads the documents. ``library_list`` gives the further pages, by the ``listing``.
    """
    domain = open_domain()
    listing, found = request.listing, domain.listings.get(request.listing)
    if found is None:
        found = domain.search(_wanted(request), request.sort, reporting_pulse(context))
        listing = domain.listings.keep(found)
    return _page(domain, listing, found, request)


@command("library_unusable")
def library_unusable(_request: NoRequest, _context: Context) -> UnusableResponse:
    """Name the documents that could not be read."""
    domain = open_domain()
    return UnusableResponse(
        total=domain.unusable,
        documents=tuple(
            UnusableView(path=each.path, problem=each.problem, detail=each.detail)
            for each in domain.named_unusable
        ),
    )


def _page(domain: Domain, listing: str, found: list[str], request: ListRequest) -> ListResponse:
    page = found[request.offset : request.offset + request.limit]
    return ListResponse(
        listing=listing,
        total=len(found),
        entries=tuple(_row(domain.entries[record]) for record in page),
    )


def _wanted(request: ListRequest) -> EntryFilter:
    return EntryFilter(
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
