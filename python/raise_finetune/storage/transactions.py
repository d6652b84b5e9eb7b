"""Transactions that the application left unfinished: a crash. Named, never replayed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

from raise_finetune.storage.reader import StoredDocument

OperationKind = Literal["Insert", "Update", "Delete"]
_KINDS: tuple[OperationKind, ...] = ("Insert", "Update", "Delete")


@dataclass(frozen=True, slots=True)
class LeftoverOperation:
    """One step of the transaction: what was to happen to which document."""

    kind: OperationKind
    collection: str
    document_id: str


@dataclass(frozen=True, slots=True)
class LeftoverTransaction:
    """A write-ahead entry that outlived its transaction.

    ``problem`` is set when the entry, or one of its operations, cannot be understood; what was
    understood is still listed.
    """

    file: str
    operations: tuple[LeftoverOperation, ...]
    problem: str | None


def leftover_transaction(entry: StoredDocument) -> LeftoverTransaction:
    """Interpret one file of the ``wal`` folder."""
    if entry.value is None:
        return LeftoverTransaction(entry.file, (), entry.problem)
    listed = entry.value.get("operations")
    if not isinstance(listed, list):
        return LeftoverTransaction(entry.file, (), "no_operations")
    steps = cast("list[object]", listed)
    operations = tuple(operation for step in steps for operation in _operations(step))
    complete = len(operations) == len(steps)
    return LeftoverTransaction(entry.file, operations, None if complete else "unknown_operation")


def _operations(step: object) -> Iterator[LeftoverOperation]:
    if not isinstance(step, dict):
        return
    named = cast("dict[str, object]", step)
    for kind in _KINDS:
        target = named.get(kind)
        if isinstance(target, dict):
            fields = cast("dict[str, Any]", target)
            collection, document_id = fields.get("collection"), fields.get("id")
            if isinstance(collection, str) and isinstance(document_id, str):
                yield LeftoverOperation(kind, collection, document_id)
