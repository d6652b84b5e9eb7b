"""Names and bytes of JSON-DB: what is where, and what may be written.

The eras of the format differ in where a collection lies: ``{db}/collections/{collection}/``
(A, C, D, E) or ``{db}/{collection}/`` (B). Everything here is pure; no file is touched.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any, cast

import orjson

from raise_finetune.errors import BadInputError

COLLECTIONS = "collections"
DATABASE_INDEX = "_system.json"
COLLECTION_META = "_meta.json"
TRANSACTIONS = "wal"
CHATS = "chats"
TEMPORARY_MARK = ".tmp"

VALID_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")

# Folders of the format, of a vector store and of the file system: none of them holds documents
# of a space, a database or an era-B collection of that name.
_STRUCTURE = frozenset(
    {COLLECTIONS, TRANSACTIONS, CHATS, "schemas", "tensors", "qdrant_storage", "lost+found"}
)
# On Windows such a name opens a device (``NUL.json``), a stream hidden in another file (``a:b``) or
# another drive (``C:``), or loses its end.
_ON_WINDOWS = os.name == "nt"
_DEVICE = r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?"
_NOT_ON_WINDOWS = re.compile(rf'.*[<>:"|?*\x00-\x1f].*|.*[. ]|{_DEVICE}', re.IGNORECASE | re.DOTALL)
_DELETED = ".deleted-"
_WRITING = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


@dataclass(frozen=True, slots=True, order=True)
class CollectionRef:
    """One collection: its space, its database and its name."""

    space: str
    database: str
    name: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """The names of the three, from the outermost."""
        return self.space, self.database, self.name

    def __str__(self) -> str:
        return "/".join(self.parts)


def check_id(document_id: str) -> str:
    """Return ``document_id`` if a document of that id can be stored and found again.

    Raises ``BadInputError`` for ids outside ``VALID_ID``, for ``.`` and ``..``, for those whose
    file every reader skips (``_meta``, ``a.tmp``), and for those that Windows cannot store there.
    """
    if (
        not VALID_ID.fullmatch(document_id)
        or document_id in {".", ".."}
        or not is_document_name(f"{document_id}.json")
        or not is_allowed_name(f"{document_id}.json")
    ):
        raise BadInputError("invalid_id", id=printable(document_id))
    return document_id


def check_name(name: str) -> str:
    """Return ``name`` if it can name a space, a database or a collection.

    Raises ``BadInputError`` for a name that could leave its folder or that no listing shows.
    """
    is_one_name = not any(mark in name for mark in "/\\\0") and is_allowed_name(name)
    if not is_one_name or not is_listed_name(name):
        raise BadInputError("invalid_name", name=printable(name))
    return name


def is_allowed_name(file_name: str) -> bool:
    """Say whether this system has files and folders of that name, and keeps it as it is."""
    return not (_ON_WINDOWS and _NOT_ON_WINDOWS.fullmatch(file_name))


def is_document_name(file_name: str) -> bool:
    """Say whether a file of this name is a document (not an index, not a temporary file)."""
    return (
        file_name.endswith(".json")
        and not file_name.startswith("_")
        and TEMPORARY_MARK not in file_name
    )


def is_listed_name(folder_name: str) -> bool:
    """Say whether a folder of this name can be a space, a database or a collection."""
    return (
        folder_name != ""
        and not folder_name.startswith(".")
        and _DELETED not in folder_name
        and is_unicode(folder_name)
    )


def is_container_name(folder_name: str) -> bool:
    """Say whether a folder of this name can be a space or a database."""
    return is_listed_name(folder_name) and folder_name not in _STRUCTURE


def is_collection_name(folder_name: str) -> bool:
    """Say whether a folder of this name under ``collections/`` can be a collection."""
    return is_listed_name(folder_name) and not folder_name.startswith("_")


def is_bare_collection_name(folder_name: str) -> bool:
    """Say whether a folder of this name under a database can be an era-B collection."""
    return is_collection_name(folder_name) and folder_name not in _STRUCTURE


def encode_document(document: Mapping[str, Any]) -> bytes:
    """Return the era-C bytes: 2-space indent, keys sorted bytewise, raw UTF-8, no last newline.

    Raises ``BadInputError`` for a value that JSON or UTF-8 cannot hold.
    """
    try:
        encoded = orjson.dumps(dict(document), option=_WRITING)
    except orjson.JSONEncodeError as error:
        raise BadInputError("document_not_json", reason=str(error)) from error
    for number in _numbers(document):  # orjson writes null in their place
        if not isfinite(number):
            raise BadInputError("document_not_json", reason=str(number))
    return encoded


def _numbers(value: object) -> Iterator[float]:
    """Yield the decimal numbers in a value that JSON can hold but for them."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, Mapping):
        for each in cast("Mapping[str, object]", value).values():
            yield from _numbers(each)
    elif isinstance(value, list | tuple):
        for each in cast("Sequence[object]", value):
            yield from _numbers(each)


def timestamp() -> str:
    """Return the time now, RFC 3339 in UTC with ``+00:00``."""
    return datetime.now(UTC).isoformat()


def printable(name: str) -> str:
    """Return ``name`` fit for a message: one line, valid UTF-8, not too long."""
    shown = name if name.isprintable() else ascii(name)[1:-1]
    return shown if len(shown) <= 200 else f"{shown[:200]}…"


def is_unicode(name: str) -> bool:
    """Tell text apart that a system or a command line holds but UTF-8 cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
