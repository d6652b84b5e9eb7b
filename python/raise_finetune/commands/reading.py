"""The command that reads one conversation or piece of documentation."""

from typing import Literal

from raise_finetune.commands.context import Context
from raise_finetune.commands.domain import Domain
from raise_finetune.commands.opening import open_domain
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Request, Response, WireModel
from raise_finetune.dataset.browsing.entries import (
    date_of,
    message_date,
    title_of,
    title_of_documentation,
)
from raise_finetune.dataset.record_names import database_of
from raise_finetune.dataset.records import Conversation, Role, SourceKind
from raise_finetune.dataset.selection.exchanges import application_turns
from raise_finetune.dataset.sources.dates import normal_date
from raise_finetune.dataset.sources.documentation import read_documentation
from raise_finetune.dataset.sources.feedback import Feedback, answer_hashes, find_feedback
from raise_finetune.dataset.sources.fields import tags
from raise_finetune.dataset.sources.forgotten import ForgottenRecords, load_forgotten
from raise_finetune.dataset.sources.interpret import read_conversation, turns
from raise_finetune.dataset.sources.ratings import rating_or_invalid
from raise_finetune.dataset.sources.targets import read_target
from raise_finetune.errors import BadInputError

RatingOrigin = Literal["none", "here", "message", "conversation"]


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
    """One message. ``rating`` is the one in force, ``origin`` where it comes from.

    ``rating_in_data`` is the one that the application's own document holds. ``is_forgotten`` is
    for an answer that was forgotten by itself.
    """

    index: int
    role: Role
    content: str
    date: str
    is_application: bool
    rating: float | None
    origin: RatingOrigin
    rating_in_data: float | None
    given: GivenRating | None
    is_forgotten: bool


class ReadResponse(Response):
    """A conversation, or a piece of documentation: ``texts`` has it by language.

    ``rating`` is that of a piece of documentation, which is rated as a whole, if it is.
    ``is_forgotten`` tells that no export holds any of it, because somebody asked for that.
    """

    record: str
    kind: SourceKind
    title: str
    date: str
    tags: tuple[str, ...]
    turns: tuple[TurnView, ...]
    texts: dict[str, str]
    rating: float | None
    is_forgotten: bool


@command("library_read")
def library_read(request: ReadRequest, _context: Context) -> ReadResponse:
    """Return one conversation or piece of documentation."""
    return read_record(open_domain(), request.record)


def read_record(domain: Domain, record: str) -> ReadResponse:
    """Return a record as it stands on disk now, with what was said about it here."""
    document = read_target(domain.engine, record)
    conversation = read_conversation(record, document, domain.read_rating)
    forgotten = _forgotten(domain)
    if conversation is not None:
        return ReadResponse(
            record=record,
            kind="conversation",
            title=title_of(document, record),
            date=date_of(conversation),
            tags=tags(document),
            turns=tuple(_turns(domain, conversation, forgotten)),
            texts={},
            rating=None,
            is_forgotten=forgotten.holds(record),
        )
    item = read_documentation(record, database_of(record), document, domain.read_rating)
    if isinstance(item, str):
        raise BadInputError("target_not_a_conversation", target=record)
    return ReadResponse(
        record=record,
        kind=item.kind,
        title=title_of_documentation(item),
        date=normal_date(item.date),
        tags=item.tags,
        turns=(),
        texts={language: fields["text"] for language, fields in item.fields.items()},
        rating=item.rating,
        is_forgotten=forgotten.holds(record),
    )


def _forgotten(domain: Domain) -> ForgottenRecords:
    try:
        return load_forgotten(domain.engine)
    except BadInputError:  # which the settings tell, and each export; reading goes on
        return ForgottenRecords({})


def _turns(
    domain: Domain, conversation: Conversation, forgotten: ForgottenRecords
) -> list[TurnView]:
    hashes = answer_hashes(conversation.messages)
    of_all, _ = rating_or_invalid(conversation.document, domain.read_rating)
    views: list[TurnView] = []
    of_application = application_turns(conversation.messages)
    whole = forgotten.holds(conversation.record)
    gone = frozenset[int]() if whole else forgotten.answers_of(conversation)
    for index, role, content in turns(conversation.messages):
        given, in_data, origin = None, None, "none"
        if role == "assistant":
            given = find_feedback(domain.engine, conversation.record, hashes[index])
            in_data, origin = _rating_in_data(conversation.rating_of(index), of_all)
        views.append(
            TurnView(
                index=index,
                role=role,
                content=content,
                date=message_date(conversation.messages[index]),
                is_application=index in of_application,
                rating=in_data if given is None else given.rating,
                origin=origin if given is None else "here",
                rating_in_data=in_data,
                given=None if given is None else given_rating(given),
                is_forgotten=index in gone,
            )
        )
    return views


def _rating_in_data(own: float | None, of_all: float | None) -> tuple[float | None, RatingOrigin]:
    if own is not None:
        return own, "message"
    return of_all, "none" if of_all is None else "conversation"


def given_rating(feedback: Feedback) -> GivenRating:
    """Return the part of a stored rating that the page shows."""
    return GivenRating(
        rating=feedback.rating,
        correction=feedback.correction,
        tags=feedback.tags,
        note=feedback.note,
    )
