"""Ratings given in this application: a collection of their own, one document per rated answer.

Each holds a copy of the conversation up to its answer, because the chat window slides and forgets.
The application's own documents are never modified.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from xxhash import xxh3_128_hexdigest

from raise_finetune.dataset.records import Message
from raise_finetune.dataset.sources.dates import normal_date
from raise_finetune.dataset.sources.fields import declared_language, newest_date, tags
from raise_finetune.dataset.sources.interpret import read_conversation, turns
from raise_finetune.dataset.sources.ratings import NO_RATINGS
from raise_finetune.errors import BadInputError
from raise_finetune.paths import DEFAULT_SPACE, OWN_DATABASE
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CHATS, CollectionRef

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
                    yield f"{FEEDBACK}/{document.stem}", feedback


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
            record = f"{FEEDBACK}/{_feedback_id(target, digest)}"
            ratings[digest] = rating_of(record, feedback)
    return ratings


def read_target(engine: StorageEngine, target: str) -> dict[str, Any]:
    """Return the document that a target names.

    Raises ``BadInputError`` where there is none, and for one that cannot be read.
    """
    parts = target.split("/")
    if len(parts) == 2 and parts[0] == CHATS:
        document = engine.get_chat(parts[1])
    elif len(parts) == 4:
        document = engine.get_listed(CollectionRef(*parts[:3]), parts[3])
    else:
        raise BadInputError("target_malformed", target=target)
    if document is None:
        raise BadInputError("target_missing", target=target)
    return document


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says about an answer; ``rating`` lies between 1 and 5."""

    rating: float
    correction: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""


class Rated(NamedTuple):
    """What had been said here of an answer (None: nothing), and what is said now."""

    before: Feedback | None
    now: Feedback


def rate(engine: StorageEngine, target: str, index: int, judgement: Judgement) -> Rated:
    """Store a rating of the answer at ``index`` among the target's messages; replace an older one.

    Raises ``BadInputError`` when there is no such conversation or no answer at that place.
    """
    return revise_rating(engine, target, index, lambda _before: judgement)


def revise_rating(
    engine: StorageEngine,
    target: str,
    index: int,
    revised: Callable[[Feedback | None], Judgement],
) -> Rated:
    """Store what ``revised`` makes of what was said before; nobody rates in between.

    Raises what ``rate`` raises, and what ``revised`` does.
    """
    document = read_target(engine, target)
    messages, digest = _find_answer(document, target, index)
    copy = CopiedConversation(
        messages=tuple(messages[: index + 1]),
        tags=tags(document),
        language=declared_language(document),
        date=normal_date(newest_date(document)),
    )
    before: Feedback | None = None

    def said_now(stored: dict[str, Any] | None) -> dict[str, Any]:
        nonlocal before
        before = None if stored is None else parse_feedback(stored)
        return _stored(_feedback(target, digest, copy, revised(before)))

    stored = engine.revise(FEEDBACK, _feedback_id(target, digest), said_now)
    return Rated(before, Feedback.model_validate(stored))


def _feedback(
    target: str, digest: str, copy: CopiedConversation, judgement: Judgement, origin: str = ""
) -> Feedback:
    """Return what is said of the answer with the hash ``digest``, which the copy ends with.

    Raises ``BadInputError`` for a rating that is none.
    """
    if not 1 <= judgement.rating <= 5:
        raise BadInputError("rating_out_of_range", rating=f"{judgement.rating:g}")
    return Feedback(
        target=target,
        origin=origin,
        message_index=len(copy.messages) - 1,
        answer_hash=digest,
        rating=judgement.rating,
        correction=judgement.correction.strip(),
        tags=judgement.tags,
        note=judgement.note,
        conversation=copy,
    )


def remove_rating(engine: StorageEngine, target: str, index: int) -> bool:
    """Remove the rating given here to an answer; return whether there was one."""
    digest = hash_of_answer(engine, target, index)
    return engine.delete(FEEDBACK, _feedback_id(target, digest))


def feedback_on(engine: StorageEngine, target: str, index: int) -> Feedback | None:
    """Return what was said here about an answer, or None."""
    digest = hash_of_answer(engine, target, index)
    return find_feedback(engine, target, digest)


def find_feedback(engine: StorageEngine, target: str, digest: str) -> Feedback | None:
    """Return what was said here about the answer of that hash, or None."""
    document = engine.get(FEEDBACK, _feedback_id(target, digest))
    return None if document is None else parse_feedback(document)


def hash_of_answer(engine: StorageEngine, target: str, index: int | str) -> str:
    """Return the hash of the answer at an index, which may be as a person wrote it.

    Raises ``BadInputError`` where there is none.
    """
    _, digest = _find_answer(read_target(engine, target), target, index)
    return digest


def _find_answer(document: dict[str, Any], target: str, index: int | str) -> tuple[list[Any], str]:
    conversation = read_conversation(target, document, NO_RATINGS)
    if conversation is None:
        raise BadInputError("target_not_a_conversation", target=target)
    hashes = {str(place): each for place, each in answer_hashes(conversation.messages).items()}
    digest = hashes.get(str(index))
    if digest is None:
        known = ", ".join(hashes) or "—"
        raise BadInputError("not_an_answer", target=target, index=index, answers=known)
    return conversation.messages, digest


def _feedback_id(target: str, digest: str) -> str:
    return xxh3_128_hexdigest(f"{target}\0{digest}".encode("utf-8", "surrogatepass"))


def _stored(feedback: Feedback) -> dict[str, Any]:
    """Return the document of a rating; only a generated answer's names an origin."""
    return feedback.model_dump(by_alias=True, exclude=None if feedback.origin else {"origin"})


def rate_generated(
    engine: StorageEngine,
    messages: Sequence[Message],
    answer: str,
    judgement: Judgement,
    origin: str = "",
) -> Feedback:
    """Store a rating of an answer that a model was asked for; replace an older one.

    ``messages`` are what it was asked, ending with a user's. No conversation of the domain holds
    the answer, so the rating's copy is all there is of it, and what an export takes. All answers to
    one prompt share a target, so that they make pairs for preference training. ``origin`` is the
    record that the messages were taken from, if it is known.
    """
    copied = [*messages, Message("assistant", answer)]
    copy = CopiedConversation(messages=tuple(each._asdict() for each in copied))
    target, digest = _generated(messages, answer)
    feedback = _feedback(target, digest, copy, judgement, origin)
    engine.upsert(FEEDBACK, {"id": _feedback_id(target, digest), **_stored(feedback)})
    return feedback


def unrate_generated(engine: StorageEngine, messages: Sequence[Message], answer: str) -> bool:
    """Remove the rating of a generated answer; return whether there was one."""
    return engine.delete(FEEDBACK, _feedback_id(*_generated(messages, answer)))


def _generated(messages: Sequence[Message], answer: str) -> tuple[str, str]:
    """Return the target that stands for the prompt, and the answer's hash."""
    prompt = "\0".join(f"{role}\0{content}" for role, content in messages)
    target = f"{GENERATED}/{xxh3_128_hexdigest(prompt.encode('utf-8', 'surrogatepass'))}"
    return target, answer_hash(messages[-1].content, answer)
