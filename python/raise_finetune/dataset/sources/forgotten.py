"""Records that a person asked to forget: no export holds them again.

The list is a collection of the domain's own, so that it travels with the data, whatever recipe is
used and whoever exports. It names records, and answers by their hash: an answer keeps it where the
chat window slides and its index moves, and in the copies that ratings keep.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from xxhash import xxh3_128_hexdigest

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.record_names import answer_of, name_of_answer
from raise_finetune.dataset.records import Conversation, Documentation
from raise_finetune.dataset.sources.feedback import (
    FEEDBACK,
    answer_hashes,
    feedback_named,
    is_feedback,
)
from raise_finetune.dataset.sources.interpret import read_conversation
from raise_finetune.dataset.sources.ratings import NO_RATINGS
from raise_finetune.dataset.sources.targets import hash_of_answer, read_target
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef
from raise_finetune.storage.reader import StoredDocument, why_unreadable

FORGOTTEN = CollectionRef(FEEDBACK.space, FEEDBACK.database, "forgotten")
ItemT = TypeVar("ItemT", bound=Conversation | Documentation)

_WHOLE = ""


class Forgotten(BaseModel):
    """One entry: a whole record, or one answer of a conversation (``answer_hash``)."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, alias_generator=to_camel, populate_by_name=True
    )

    target: str
    answer_hash: str = _WHOLE

    @property
    def document_id(self) -> str:
        """The id that the entry is stored under."""
        return xxh3_128_hexdigest(f"{self.target}\0{self.answer_hash}".encode())


@dataclass(frozen=True, slots=True)
class ForgottenRecords:
    """All entries of a domain: record → hashes of its answers, or the empty one for all of it."""

    hashes: dict[str, set[str]]

    def holds(self, record: str) -> bool:
        """Tell whether all of a conversation or document is forgotten."""
        return _WHOLE in self.hashes.get(record, ())

    def answers_of(self, conversation: Conversation) -> frozenset[int]:
        """Return the indexes of a conversation's forgotten answers, as they stand on disk."""
        names = (conversation.group, conversation.origin)
        hashes = set[str]().union(*(self.hashes.get(name, ()) for name in names))
        if not hashes:
            return frozenset()
        found = answer_hashes(conversation.messages)
        if _WHOLE in hashes:
            return frozenset(found)
        return frozenset(index for index, each in found.items() if each in hashes)


class RecordAmbiguousError(BadInputError):
    """A name is an answer's, and a file's too."""


def entry_of(engine: StorageEngine, record: str) -> Forgotten:
    """Return the entry that makes a record forgotten.

    ``record`` is a conversation or a document, one answer (``…#3``), or a rating kept by this
    application, which stands for the answer it speaks of. Raises ``BadInputError`` for an answer
    that is not there, and ``RecordAmbiguousError``.
    """
    if is_feedback(record):
        feedback = feedback_named(engine, record)
        if feedback is None:
            raise BadInputError("target_missing", target=record)
        return Forgotten(target=feedback.target, answer_hash=feedback.answer_hash)
    target, written = answer_of(record)
    if not written:
        return Forgotten(target=record)
    is_file = _is_file(engine, record)
    try:
        digest = hash_of_answer(engine, target, written)
    except BadInputError:
        if is_file:
            return Forgotten(target=record)
        raise
    if is_file:
        raise RecordAmbiguousError("record_ambiguous", record=record, target=target, index=written)
    return Forgotten(target=target, answer_hash=digest)


def _is_file(engine: StorageEngine, record: str) -> bool:
    try:
        read_target(engine, record)
    except BadInputError:
        return False
    return True


def keep_forgotten(engine: StorageEngine, entries: Iterable[Forgotten]) -> None:
    """Put the entries on the domain's list, durably."""
    for entry in entries:
        engine.upsert(FORGOTTEN, {"id": entry.document_id, **entry.model_dump(by_alias=True)})


def take_back(engine: StorageEngine, entry: Forgotten) -> bool:
    """Take an entry off the list; return whether it was on it."""
    return engine.delete(FORGOTTEN, entry.document_id)


def load_forgotten(engine: StorageEngine, ledger: Ledger | None = None) -> ForgottenRecords:
    """Return the domain's list; the ledger counts it among what an export has read."""
    hashes: dict[str, set[str]] = {}
    for document, entry in _entries(engine):
        hashes.setdefault(entry.target, set()).add(entry.answer_hash)
        if ledger is not None:
            record = f"{FORGOTTEN}/{document.stem}"
            ledger.input.add(record, document.digest)
    return ForgottenRecords(hashes)


def list_forgotten(engine: StorageEngine) -> list[tuple[str, str]]:
    """Return each entry's id, and its record: ``…#3`` for an answer, while it is still there."""
    found = [(entry.document_id, _record_of(engine, entry)) for _, entry in _entries(engine)]
    return sorted(found, key=lambda each: each[1])


def take_back_entry(engine: StorageEngine, document_id: str) -> bool:
    """Take the entry with this id off the list, also where its answer is gone."""
    return engine.delete(FORGOTTEN, document_id)


def _record_of(engine: StorageEngine, entry: Forgotten) -> str:
    if entry.answer_hash == _WHOLE:
        return entry.target
    try:
        conversation = read_conversation(
            entry.target, read_target(engine, entry.target), NO_RATINGS
        )
    except BadInputError:
        return entry.target
    hashes = answer_hashes(conversation.messages) if conversation is not None else {}
    index = next((index for index, found in hashes.items() if found == entry.answer_hash), None)
    return entry.target if index is None else name_of_answer(entry.target, index)


def _entries(engine: StorageEngine) -> Iterator[tuple[StoredDocument, Forgotten]]:
    """Yield the list's documents; raises ``BadInputError`` for one that says nothing."""
    for batch in engine.scan(FORGOTTEN):
        for document in batch:
            if document.problem == "vanished" and not document.file:
                return  # nothing was ever forgotten here
            entry = _parse(document.value)
            if entry is None:
                # To go on would bring back what somebody had asked to forget.
                raise BadInputError(
                    "forgotten_unreadable",
                    path=f"{FORGOTTEN}/{document.file}".rstrip("/"),
                    reason=why_unreadable(document) if document.problem else "—",
                )
            yield document, entry


def note_forgotten_answers(
    batches: Iterable[list[ItemT]], forgotten: ForgottenRecords
) -> Iterator[list[ItemT]]:
    """Yield the conversations with their forgotten answers noted, before ratings change a text."""
    for batch in batches:
        if forgotten.hashes:
            for item in batch:
                if isinstance(item, Conversation):
                    item.forgotten = forgotten.answers_of(item)
        yield batch


def leave_out_forgotten(
    batches: Iterable[list[Conversation | Documentation]],
    forgotten: ForgottenRecords,
    ledger: Ledger,
    *,
    whole: bool,
) -> Iterator[list[Conversation | Documentation]]:
    """Yield what is not forgotten; the rest gets the fate *forgotten*.

    ``whole``: a conversation is one record; it goes when one of its answers does.
    """
    for batch in batches:
        if not forgotten.hashes:
            yield batch
            continue
        kept: list[Conversation | Documentation] = []
        for item in batch:
            if isinstance(item, Documentation):
                if forgotten.holds(item.record):
                    ledger.mark(item.record, "forgotten")
                else:
                    kept.append(item)
            elif _keep_rest(item, forgotten, ledger, whole=whole):
                kept.append(item)
        yield kept


def _keep_rest(
    conversation: Conversation, forgotten: ForgottenRecords, ledger: Ledger, *, whole: bool
) -> bool:
    """Take the forgotten answers out of a conversation; return whether anything is left."""
    gone = any(map(forgotten.holds, (conversation.group, conversation.origin)))
    if not gone and not conversation.forgotten:
        return True
    if whole or conversation.copy or not conversation.answers:
        is_forgotten = gone or whole or conversation.answers[-1] in conversation.forgotten
        if is_forgotten:
            ledger.mark(conversation.record, "forgotten")
        return not is_forgotten
    left_out = [index for index in conversation.answers if index in conversation.forgotten]
    ledger.mark_answers(conversation.record, left_out, "forgotten")
    conversation.answers = [
        index for index in conversation.answers if index not in conversation.forgotten
    ]
    return bool(conversation.answers)


def _parse(document: object) -> Forgotten | None:
    try:
        return Forgotten.model_validate(document)
    except ValidationError:
        return None
