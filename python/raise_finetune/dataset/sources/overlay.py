"""Ratings given in this application, laid over the conversations they speak of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.recipe import SourceSection
from raise_finetune.dataset.record_names import collection_of
from raise_finetune.dataset.records import HIGHEST_RATING, Conversation, Documentation, Rating
from raise_finetune.dataset.sources.feedback import (
    FEEDBACK,
    AnswerRating,
    Feedback,
    answer_hashes,
    name_of_feedback,
    parse_feedback,
    rating_of,
    read_feedback,
)
from raise_finetune.dataset.sources.fields import tags
from raise_finetune.dataset.sources.forgotten import (
    ForgottenRecords,
    load_forgotten,
    note_forgotten_answers,
)
from raise_finetune.dataset.sources.interpret import content_text, read_conversation
from raise_finetune.dataset.sources.ratings import RatingReader
from raise_finetune.storage.engine import StorageEngine

# Conversation → hash of an answer → what was said of it. A person gives these one by one, so
# they fit in memory (about 500 bytes each).
RatingsByTarget = dict[str, dict[str, AnswerRating]]


class Annotations(NamedTuple):
    """What people said here about records: ratings, and what to forget."""

    ratings: RatingsByTarget
    forgotten: ForgottenRecords

    def of(self, records: Iterable[str]) -> "Annotations":
        """Return those of some records."""
        ratings, hashes = self.ratings, self.forgotten.hashes
        if not ratings and not hashes:
            return self
        records = list(records)
        return Annotations(
            {record: ratings[record] for record in records if record in ratings},
            ForgottenRecords({record: hashes[record] for record in records if record in hashes}),
        )


def load_annotations(engine: StorageEngine, ledger: Ledger) -> Annotations:
    """Return those of a domain; the ledger counts the list of what is forgotten as read."""
    return Annotations(load_ratings(engine), load_forgotten(engine, ledger))


def load_ratings(engine: StorageEngine) -> RatingsByTarget:
    """Return all ratings given in this application, without their copies."""
    ratings: RatingsByTarget = defaultdict(dict)
    for record, feedback in read_feedback(engine):
        ratings[feedback.target][feedback.answer_hash] = rating_of(record, feedback)
    return dict(ratings)


# Record of a rating → the whole conversation that took it.
Applied = dict[str, str]


def apply_ratings(
    batches: Iterable[list[Conversation | Documentation]],
    annotations: Annotations,
    applied: Applied,
    *,
    whole: bool,
) -> Iterator[list[Conversation | Documentation]]:
    """Yield the conversations with their ratings and corrections.

    Taken by answers, a rated answer is exported from its copy, which keeps the context that it
    was rated in; the answer in the live conversation is *superseded*. A whole conversation takes
    the ratings of its answers, which ``applied`` notes.
    """
    for batch in note_forgotten_answers(batches, annotations.forgotten):
        for item in batch:
            if isinstance(item, Conversation) and item.record in annotations.ratings:
                _apply(item, annotations.ratings, applied, whole=whole)
        yield batch


def add_copies(
    copies: Iterable[list[Conversation]], annotations: Annotations, applied: Applied, ledger: Ledger
) -> Iterator[list[Conversation | Documentation]]:
    """Yield the copies, once all conversations were seen: whole ones only where these are gone."""
    for batch in note_forgotten_answers(copies, annotations.forgotten):
        alone: list[Conversation | Documentation] = []
        for copy in batch:
            if copy.record in applied:
                ledger.mark(copy.record, "applied", applied[copy.record])
            else:
                _lay_over(copy, annotations.ratings)
                alone.append(copy)
        yield alone


def live_ratings(conversation: Conversation, ratings: RatingsByTarget) -> dict[int, AnswerRating]:
    """Return what was said here of the answers that still stand, by their index."""
    of_target = ratings.get(conversation.group)
    if not of_target:
        return {}
    hashes = answer_hashes(conversation.messages)
    return {index: of_target[found] for index, found in hashes.items() if found in of_target}


def _apply(
    conversation: Conversation, ratings: RatingsByTarget, applied: Applied, *, whole: bool
) -> None:
    said = _lay_over(conversation, ratings)
    if whole:
        applied.update((rating.record, conversation.record) for rating in said.values())
        given = [tag for rating in said.values() for tag in rating.tags]
        conversation.document["tags"] = [*tags(conversation.document), *given]
        return
    for index, rating in said.items():
        own = conversation.ratings[index]
        conversation.ratings[index] = own._replace(feedback=rating.record)


def _lay_over(conversation: Conversation, ratings: RatingsByTarget) -> dict[int, AnswerRating]:
    """Give the answers the ratings and corrections that were given here; return these."""
    said = live_ratings(conversation, ratings)
    originals: dict[int, str] = {}
    for index, rating in said.items():
        if rating.correction:
            originals[index] = content_text(conversation.messages[index].get("content"))
            # The rating spoke of the answer that stood there; a person wrote this one.
            conversation.ratings[index] = Rating(HIGHEST_RATING)
            conversation.messages[index]["content"] = rating.correction
        else:
            conversation.ratings[index] = Rating(rating.rating)
    conversation.originals = originals
    return said


def read_copies(
    engine: StorageEngine, source: SourceSection, read_rating: RatingReader, ledger: Ledger
) -> Iterator[list[Conversation]]:
    """Yield the copies of wanted conversations; each document announces its record."""
    for batch in engine.scan(FEEDBACK):
        copies: list[Conversation] = []
        for document in batch:
            if document.problem == "vanished" and not document.file:
                return  # nobody has rated anything here yet
            record = name_of_feedback(document.stem)
            feedback = parse_feedback(document.value) if document.value is not None else None
            if feedback is not None and not _is_wanted(feedback.target, source):
                continue
            ledger.announce(1, documents=1)
            ledger.input.add(record, document.digest)
            copy = _conversation(record, feedback, read_rating) if feedback is not None else None
            if document.problem is not None:
                ledger.mark(record, document.problem, document.detail)
            elif copy is None:
                ledger.mark(record, "not_training_material")
            else:
                copies.append(copy)
        yield copies


def _is_wanted(target: str, source: SourceSection) -> bool:
    """Tell by the conversation that was rated, not by where its rating is stored."""
    collection = collection_of(target)
    if collection is None:
        return source.chats
    wanted = (source.spaces, source.databases, source.collections)
    named = zip(collection.parts, wanted, strict=True)
    return all(not names or part in names for part, names in named)


def _conversation(
    record: str, feedback: Feedback, read_rating: RatingReader
) -> Conversation | None:
    """Return the copy as a conversation of which only the last answer counts."""
    copied = {
        "messages": list(feedback.conversation.messages),
        "tags": [*feedback.conversation.tags, *feedback.tags],
        "language": feedback.conversation.language,
        "updatedAt": feedback.conversation.date,
    }
    conversation = read_conversation(record, copied, read_rating)
    if conversation is not None:
        conversation.group, conversation.copy = feedback.target, True
        conversation.origin = feedback.origin
    return conversation
