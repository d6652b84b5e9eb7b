"""Documents into the database, in era C, one at a time and durably.

The document is written before the index that lists it: after a crash in between, the file
system, which decides, is right.
"""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from raise_finetune.errors import BadInputError
from raise_finetune.storage.atomic import (
    as_raise_error,
    make_folders,
    sync_folder,
    write_file,
)
from raise_finetune.storage.index import drop_from_index, list_in_index, write_meta
from raise_finetune.storage.layout import (
    COLLECTIONS,
    DATABASE_INDEX,
    CollectionRef,
    check_id,
    check_name,
    encode_document,
    is_bare_collection_name,
    is_collection_name,
    is_container_name,
    printable,
    timestamp,
)
from raise_finetune.storage.locking import writing_lock
from raise_finetune.storage.reader import MAX_DOCUMENT_BYTES

_CONTEXT = {
    prefix: f"https://raise.io/ontology/arcadia/{prefix}#"
    for prefix in ("data", "la", "oa", "pa", "sa")
}


class CollectionWriter:
    """Writes to one collection; every method is one change, alone under the database's lock."""

    def __init__(self, root: Path, ref: CollectionRef) -> None:
        """Raise ``BadInputError`` for a place that no listing would show."""
        self._ref = _writable(ref)
        self._database = root / ref.space / ref.database
        self._folder = self._database / COLLECTIONS / ref.name
        # The same collection in era B; documents there are replaced and deleted, never added.
        self._bare = self._database / ref.name if is_bare_collection_name(ref.name) else None
        self._places = [
            *(root / ref.space, self._database, self._folder.parent, self._folder),
            *([] if self._bare is None else [self._bare]),
            self._database / DATABASE_INDEX,
        ]

    def insert(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Store a new document, adding ``id``, dates and ``@context`` where missing."""
        document_id = _id_of(document) or str(uuid4())
        with self._alone():
            if self._holders(document_id):
                raise BadInputError("document_exists", path=f"{self._ref}/{document_id}")
            return self._insert(document_id, document)

    def update(self, document_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """Replace a stored document as a whole, setting its ``id`` and ``updatedAt``."""
        check_id(document_id)
        if document.get("id") not in (None, document_id):
            raise BadInputError("id_differs", id=document_id, other=printable(str(document["id"])))
        with self._alone():
            if not self._holders(document_id):
                raise BadInputError("document_missing", path=f"{self._ref}/{document_id}")
            return self._update(document_id, document)

    def upsert(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Update the document that has this id; insert it where there is none."""
        return self.revise(_id_of(document) or str(uuid4()), lambda: document)

    def revise(self, document_id: str, revised: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
        """Update or insert what ``revised`` returns: it may read what no other writer changes."""
        check_id(document_id)
        with self._alone():
            document = revised()
            if self._holders(document_id):
                return self._update(document_id, document)
            return self._insert(document_id, document)

    def delete(self, document_id: str) -> bool:
        """Delete the document; return whether there was one."""
        check_id(document_id)
        with self._alone():
            holders = self._holders(document_id)
            for path in holders:
                path.unlink(missing_ok=True)
                sync_folder(path.parent)
            drop_from_index(self._database, self._ref, f"{document_id}.json")
            return bool(holders)

    def _insert(self, document_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
        now = timestamp()
        defaults = {"@context": _CONTEXT, "createdAt": now, "updatedAt": now}
        return self._store(document_id, {**defaults, **document, "id": document_id})

    def _update(self, document_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
        changed = {**document, "id": document_id, "updatedAt": timestamp()}
        stored = self._store(document_id, changed)
        for path in self._holders(document_id)[1:]:
            # The copy in the old layout must not come back when the new one is deleted.
            path.unlink(missing_ok=True)
            sync_folder(path.parent)
        return stored

    def _store(self, document_id: str, document: dict[str, Any]) -> dict[str, Any]:
        content = encode_document(document)
        if len(content) > MAX_DOCUMENT_BYTES:
            raise BadInputError(
                "document_too_large", path=f"{self._ref}/{document_id}", limit=MAX_DOCUMENT_BYTES
            )
        self._make_collection()
        file = f"{document_id}.json"
        write_file(self._folder / file, content, self._folder / f"{document_id}.tmp")
        list_in_index(self._database, self._ref, file)
        return orjson.loads(content)

    def _make_collection(self) -> None:
        if not self._folder.is_dir():
            make_folders(self._folder)
            write_meta(self._folder)

    def _holders(self, document_id: str) -> list[Path]:
        folders = [self._folder] if self._bare is None else [self._folder, self._bare]
        paths = [folder / f"{document_id}.json" for folder in folders]
        return [path for path in paths if path.is_symlink() or path.exists()]

    @contextmanager
    def _alone(self) -> Generator[None]:
        with writing_lock(self._database):
            for place in self._places:
                if place.is_symlink():
                    raise BadInputError("link_refused", path=str(place))
            try:
                yield
            except OSError as error:
                raise as_raise_error(error, self._folder) from error


def _writable(ref: CollectionRef) -> CollectionRef:
    for name, may_be in (
        (ref.space, is_container_name),
        (ref.database, is_container_name),
        (ref.name, is_collection_name),
    ):
        if not may_be(check_name(name)):
            raise BadInputError("invalid_name", name=printable(name))
    return ref


def _id_of(document: Mapping[str, Any]) -> str | None:
    """Return the id that the document brings along (``_id`` in era E), checked."""
    for key in ("id", "_id"):
        value = document.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            raise BadInputError("invalid_id", id=printable(repr(value)))
        return check_id(value)
    return None
