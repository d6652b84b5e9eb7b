"""Commands that rate answers; each says what stood there before, so that the page can undo."""

from typing import Annotated

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.domain import Domain
from raise_finetune.commands.opening import open_domain, refresh_record
from raise_finetune.commands.reading import GivenRating, ReadResponse, given_rating, read_record
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Request, Response
from raise_finetune.dataset.sources import judgements
from raise_finetune.dataset.sources.feedback import Feedback
from raise_finetune.dataset.sources.judgements import Judgement


class AnswerRequest(Request):
    """One answer: its record and its index among the messages."""

    record: str
    index: Annotated[int, Field(ge=0)]


class RateRequest(AnswerRequest):
    """What the user says about it."""

    rating: Annotated[float, Field(ge=1, le=5)]
    correction: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""


class RatedResponse(Response):
    """What had been said here before (None: nothing), and the conversation as it is now."""

    before: GivenRating | None
    conversation: ReadResponse


@command("answer_rate")
def answer_rate(request: RateRequest, _context: Context) -> RatedResponse:
    """Store a rating, a correction, tags and a note for an answer."""
    domain = open_domain()
    judgement = Judgement(request.rating, request.correction, request.tags, request.note)
    rated = judgements.rate(domain.engine, request.record, request.index, judgement)
    return _answer(domain, request, rated.before)


@command("answer_unrate")
def answer_unrate(request: AnswerRequest, _context: Context) -> RatedResponse:
    """Take away what was said here about an answer."""
    domain = open_domain()
    before = judgements.feedback_on(domain.engine, request.record, request.index)
    judgements.remove_rating(domain.engine, request.record, request.index)
    return _answer(domain, request, before)


def _answer(domain: Domain, request: AnswerRequest, before: Feedback | None) -> RatedResponse:
    refresh_record(domain, request.record)
    return RatedResponse(
        before=None if before is None else given_rating(before),
        conversation=read_record(domain, request.record),
    )
