"""Rating an answer, or taking a rating back: what people say here becomes ``feedback``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from xxhash import xxh3_128_hexdigest

from raise_finetune.dataset.records import Message
from raise_finetune.dataset.sources.dates import normal_date
from raise_finetune.dataset.sources.feedback import (
    FEEDBACK,
    GENERATED,
    CopiedConversation,
    Feedback,
    answer_hash,
    feedback_id,
    find_feedback,
    parse_feedback,
)
from raise_finetune.dataset.sources.fields import declared_language, newest_date, tags
from raise_finetune.dataset.sources.targets import find_answer, hash_of_answer, read_target
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine


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
    messages, digest = find_answer(document, target, index)
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

    stored = engine.revise(FEEDBACK, feedback_id(target, digest), said_now)
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
    return engine.delete(FEEDBACK, feedback_id(target, digest))


def feedback_on(engine: StorageEngine, target: str, index: int) -> Feedback | None:
    """Return what was said here about an answer, or None."""
    digest = hash_of_answer(engine, target, index)
    return find_feedback(engine, target, digest)


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
    engine.upsert(FEEDBACK, {"id": feedback_id(target, digest), **_stored(feedback)})
    return feedback


def unrate_generated(engine: StorageEngine, messages: Sequence[Message], answer: str) -> bool:
    """Remove the rating of a generated answer; return whether there was one."""
    return engine.delete(FEEDBACK, feedback_id(*_generated(messages, answer)))


def _generated(messages: Sequence[Message], answer: str) -> tuple[str, str]:
    """Return the target that stands for the prompt, and the answer's hash."""
    prompt = "\0".join(f"{role}\0{content}" for role, content in messages)
    target = f"{GENERATED}/{xxh3_128_hexdigest(prompt.encode('utf-8', 'surrogatepass'))}"
    return target, answer_hash(messages[-1].content, answer)
