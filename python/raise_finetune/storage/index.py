"""``_system.json`` and ``_meta.json``: what the application expects beside the documents.

They describe; the file system decides. An index that is missing or broken is rebuilt from the
files, and what an existing one says about other documents is left as it is.
"""

from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import orjson

from raise_finetune.storage.atomic import write_file
from raise_finetune.storage.discovery import (
    collection_folders,
    collection_names,
    document_names,
)
from raise_finetune.storage.folder import open_folder
from raise_finetune.storage.layout import (
    COLLECTION_META,
    DATABASE_INDEX,
    TEMPORARY_MARK,
    CollectionRef,
    encode_document,
    timestamp,
)


def write_meta(collection: Path) -> None:
    """Describe a collection that was just made."""
    _write(collection / COLLECTION_META, {"indexes": [], "schema": ""})


def list_in_index(database: Path, ref: CollectionRef, file: str) -> None:
    """Make the database's index list the document; write only when it did not."""
    index = _load(database)
    if index is None:
        _write(database / DATABASE_INDEX, _rebuilt(database, ref))
        return
    items = _items(index, ref.name)
    if not any(_names(item, ref.name, file) for item in items):
        items.append({"file": file})
        _touch(database, ref, index)


def drop_from_index(database: Path, ref: CollectionRef, file: str) -> None:
    """Make the database's index list the document no more; write only when it did."""
    index = _load(database)
    if index is None:
        return
    items = _items(index, ref.name)
    kept = [item for item in items if not _names(item, ref.name, file)]
    if len(kept) < len(items):
        items[:] = kept
        _touch(database, ref, index)


def _load(database: Path) -> dict[str, Any] | None:
    path = database / DATABASE_INDEX
    if not path.is_file():  # a pipe might be waited for without end
        return None
    try:
        index: object = orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
    return cast("dict[str, Any]", index) if isinstance(index, dict) else None


def _items(index: dict[str, Any], collection: str) -> list[Any]:
    """Return the list of the collection's items inside ``index``, made where it is missing."""
    collections = _inner(index, "collections")
    entry = _inner(collections, collection)
    entry.setdefault("schema", "")
    if not isinstance(entry.get("items"), list):
        entry["items"] = []
    return cast("list[Any]", entry["items"])


def _inner(outer: dict[str, Any], key: str) -> dict[str, Any]:
    if not isinstance(outer.get(key), dict):
        outer[key] = {}
    return cast("dict[str, Any]", outer[key])


def _names(item: object, collection: str, file: str) -> bool:
    """Say whether an item is the file: ``{"file": "x.json"}``, in era A ``"col/x.json"``."""
    if not isinstance(item, dict):
        return False
    return cast("dict[str, Any]", item).get("file") in (file, f"{collection}/{file}")


def _rebuilt(database: Path, ref: CollectionRef) -> dict[str, Any]:
    index = _blank(ref)
    with open_folder(database) as folder:
        for name in collection_names(folder):
            items = _items(index, name)
            with collection_folders(folder, name) as layouts:
                found = {file for layout in layouts.values() for file in document_names(layout)}
            items.extend({"file": file.decode("utf-8", "replace")} for file in sorted(found))
    return index


def _touch(database: Path, ref: CollectionRef, index: dict[str, Any]) -> None:
    complete = _blank(ref) | index
    complete["updatedAt"] = timestamp()
    _write(database / DATABASE_INDEX, complete)


def _blank(ref: CollectionRef) -> dict[str, Any]:
    now = timestamp()
    return {
        "$schema": f"db://{ref.space}/_system/schemas/v1/db/index.schema.json",
        "collections": {},
        "createdAt": now,
        "database": ref.database,
        "id": str(uuid4()),
        "space": ref.space,
        "updatedAt": now,
        "version": 1,
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    write_file(path, encode_document(content), path.with_suffix(TEMPORARY_MARK))
