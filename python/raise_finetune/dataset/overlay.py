"""Ratings given in this application, laid over the conversations they speak of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from raise_finetune.dataset.feedback import (
    FEEDBACK,
    Feedback,
    RatingOf,
    answer_hashes,
    parse_feedback,
    read_feedback,
)
from raise_finetune.dataset.fields import newest_date
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.recipe import SourceSection
from raise_finetune.dataset.records import Answer, Conversation, Documentation
from raise_finetune.storage.engine import StorageEngine

# Conversation → hash of an answer → what was said of it. A person gives these one by one, so
# they fit in memory (about 500 bytes each).
RatingsByTarget = dict[str, dict[str, RatingOf]]


def load_ratings(engine: StorageEngine) -> RatingsByTarget:
    """Return all ratings given in this application, without their copies."""
    ratings: RatingsByTarget = defaultdict(dict)
    for record, feedback in read_feedback(engine):
        ratings[feedback.target][feedback.answer_hash] = RatingOf(
            record, feedback.rating, feedback.correction
        )
    return dict(ratings)


def apply_ratings(
    batches: Iterable[list[Conversation | Documentation]],
    ratings: RatingsByTarget,
    engine: StorageEngine,
    source: SourceSection,
    ledger: Ledger,
    *,
    whole: bool,
) -> Iterator[list[Conversation | Documentation]]:
    """Yield the conversations with their ratings and corrections, then the copies.

    Taken by answers, a rated answer is exported from its copy, which keeps the context that it
    was rated in; the answer in the live conversation is *superseded*. A whole conversation takes
    the ratings of its answers; a copy stands for itself only where its answer is gone.
    """
    applied: dict[str, str] = {}
    for batch in batches:
        for item in batch:
            if isinstance(item, Conversation) and item.record in ratings:
                _apply(item, ratings, applied, whole=whole)
        yield batch
    yield from _copies(engine, applied if whole else {}, source, ledger)


def live_ratings(conversation: Conversation, ratings: RatingsByTarget) -> dict[int, RatingOf]:
    """Return what was said here of the answers that still stand, by their index."""
    of_target = ratings.get(conversation.record)
    if not of_target:
        return {}
    hashes = answer_hashes(conversation.messages)
    return {index: of_target[found] for index, found in hashes.items() if found in of_target}


def _apply(
    conversation: Conversation, ratings: RatingsByTarget, applied: dict[str, str], *, whole: bool
) -> None:
    said = live_ratings(conversation, ratings)
    for answer in conversation.answers:
        rating = said.get(answer.index)
        if rating is None:
            continue
        answer.rating, answer.invalid_rating = rating.rating, ""
        if rating.correction:
            message: dict[str, Any] = conversation.messages[answer.index]
            message["content"] = rating.correction
        applied[rating.record] = conversation.record
        if not whole:
            answer.feedback = rating.record


def _copies(
    engine: StorageEngine, applied: dict[str, str], source: SourceSection, ledger: Ledger
) -> Iterator[list[Conversation | Documentation]]:
    for batch in engine.scan(FEEDBACK):
        copies: list[Conversation | Documentation] = []
        for document in batch:
            if document.problem == "vanished" and not document.file:
                return  # nobody has rated anything here yet
            record = f"{FEEDBACK}/{document.file.removesuffix('.json')}"
            feedback = parse_feedback(document.value) if document.value is not None else None
            if feedback is not None and not _is_wanted(feedback.target, source):
                continue
            ledger.announce(1, documents=1)
            if document.problem is not None:
                ledger.mark(record, document.problem, document.detail)
            elif feedback is None:
                ledger.mark(record, "not_training_material")
            elif record in applied:
                ledger.mark(record, "applied", applied[record])
            else:
                copies.append(_conversation(record, feedback, document.value or {}))
        yield copies


def _is_wanted(target: str, source: SourceSection) -> bool:
    """Tell by the conversation that was rated, not by where its rating is stored."""
    parts = target.split("/")
    if len(parts) != 4:
        return source.chats
    wanted = (source.spaces, source.databases, source.collections)
    return all(not names or part in names for part, names in zip(parts, wanted, strict=False))


def _conversation(record: str, feedback: Feedback, document: dict[str, Any]) -> Conversation:
    """Return the copy as a conversation of which only the last answer counts."""
    messages = [message.model_dump() for message in feedback.conversation.messages]
    last = len(messages) - 1
    messages[last]["content"] = feedback.correction or messages[last]["content"]
    copied = {
        "messages": messages,
        "tags": [*feedback.conversation.tags, *feedback.tags],
        "language": feedback.conversation.language,
        "updatedAt": newest_date(document),
    }
    answer = Answer(last, feedback.rating, "")
    return Conversation(record, feedback.target, copied, messages, [answer], copy=True)
