"""Ratings given in this application: a collection of their own, one document per rated answer.

Each holds a copy of the conversation up to its answer, because the chat window slides and forgets.
The application's own documents are never modified.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from xxhash import xxh3_128_hexdigest

from raise_finetune.dataset.record_names import folder_of, stem_of
from raise_finetune.dataset.sources.interpret import turns
from raise_finetune.paths import DEFAULT_SPACE, OWN_DATABASE
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef

# A database of its own, so that rating never rewrites the index of the application's.
FEEDBACK = CollectionRef(DEFAULT_SPACE, OWN_DATABASE, "feedback")
# Begins the targets of answers that a model was asked for.
GENERATED = "generated"


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="ignore", frozen=True, alias_generator=to_camel, populate_by_name=True
    )


class CopiedConversation(_Model):
    """The conversation up to the rated answer, which comes last: its messages as they stood."""

    messages: tuple[Any, ...] = Field(min_length=1)
    tags: tuple[str, ...] = ()
    language: str = ""
    date: str = ""


class Feedback(_Model):
    """One rating. ``target`` is the conversation's record name, such as ``chats/main_session``.

    Of an answer that a model was asked for, ``origin`` names the record that the prompt was taken
    from: it is forgotten with that record.
    """

    target: str
    origin: str = ""
    message_index: int
    answer_hash: str
    rating: float = Field(ge=1, le=5, strict=True)
    correction: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    conversation: CopiedConversation


@dataclass(frozen=True, slots=True)
class AnswerRating:
    """What a rating says about one answer: enough to apply it, without the copy."""

    record: str
    rating: float
    correction: str
    tags: tuple[str, ...]
    note: str


def rating_of(record: str, feedback: Feedback) -> AnswerRating:
    """Return what a stored rating says about its answer."""
    return AnswerRating(record, feedback.rating, feedback.correction, feedback.tags, feedback.note)


def answer_hash(question: str, answer: str) -> str:
    """Return what finds an answer again after its index has moved: 32 hexadecimal digits.

    The question counts too: the same short answer to two questions is two answers.
    """
    return xxh3_128_hexdigest(f"{question}\0{answer}".encode("utf-8", "surrogatepass"))


def answer_hashes(messages: Sequence[Any]) -> dict[int, str]:
    """Return the hash of each answer of a conversation, by its index."""
    hashes: dict[int, str] = {}
    question = ""
    for index, role, text in turns(messages):
        if role == "user":
            question = text
        elif role == "assistant":
            hashes[index] = answer_hash(question, text)
    return hashes


def parse_feedback(document: dict[str, Any]) -> Feedback | None:
    """Return the rating that a stored document holds, or None where it is not one."""
    try:
        feedback = Feedback.model_validate(document)
    except ValidationError:
        return None
    messages = feedback.conversation.messages
    return feedback if len(messages) - 1 in answer_hashes(messages) else None


def read_feedback(engine: StorageEngine) -> Iterator[tuple[str, Feedback]]:
    """Yield each rating of the domain with the name of its record."""
    for batch in engine.scan(FEEDBACK):
        for document in batch:
            if document.value is not None:
                feedback = parse_feedback(document.value)
                if feedback is not None:
                    yield name_of_feedback(document.stem), feedback


def rated_targets(engine: StorageEngine) -> set[str]:
    """Return what ratings speak of, without a look at whether they are good ones."""
    targets: set[str] = set()
    for batch in engine.scan(FEEDBACK):
        for document in batch:
            target: object = (document.value or {}).get("target")
            if isinstance(target, str):
                targets.add(target)
    return targets


def ratings_on(
    engine: StorageEngine, target: str, messages: Sequence[Any]
) -> dict[str, AnswerRating]:
    """Return what was said here about the answers among these messages, by their hashes."""
    ratings: dict[str, AnswerRating] = {}
    for digest in answer_hashes(messages).values():
        feedback = find_feedback(engine, target, digest)
        if feedback is not None:
            record = name_of_feedback(feedback_id(target, digest))
            ratings[digest] = rating_of(record, feedback)
    return ratings


def find_feedback(engine: StorageEngine, target: str, digest: str) -> Feedback | None:
    """Return what was said here about the answer of that hash, or None."""
    return _read(engine, feedback_id(target, digest))


def feedback_named(engine: StorageEngine, record: str) -> Feedback | None:
    """Return the rating that a record is, None where it is none; raises ``BadInputError``."""
    return _read(engine, stem_of(record)) if is_feedback(record) else None


def _read(engine: StorageEngine, document_id: str) -> Feedback | None:
    document = engine.get(FEEDBACK, document_id)
    return None if document is None else parse_feedback(document)


def name_of_feedback(document_id: str) -> str:
    """Return the name of the record that a rating is."""
    return f"{FEEDBACK}/{document_id}"


def is_feedback(record: str) -> bool:
    """Tell whether a name is a rating's."""
    return folder_of(record) == str(FEEDBACK)


def feedback_id(target: str, digest: str) -> str:
    """Return the id that what is said of an answer is stored under."""
    return xxh3_128_hexdigest(f"{target}\0{digest}".encode("utf-8", "surrogatepass"))
