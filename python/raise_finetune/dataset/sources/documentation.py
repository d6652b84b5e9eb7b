"""Articles, Arcadia elements, requirements and knowledge chunks → documentation."""

import re
from typing import Any, NamedTuple, cast

from raise_finetune.dataset.ledger import Fate
from raise_finetune.dataset.records import Documentation, SourceKind
from raise_finetune.dataset.sources.fields import (
    first_text,
    in_language,
    localised,
    newest_date,
    tags,
)
from raise_finetune.dataset.sources.language import detect_language
from raise_finetune.dataset.sources.ratings import RatingReader, rating_or_invalid
from raise_finetune.messages import LANGUAGES

_LAYERS = frozenset({"oa", "sa", "la", "pa", "epbs", "data", "transverse"})
_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")


class _Shape(NamedTuple):
    """A document recognised as documentation: its text and the names around it, as written."""

    kind: SourceKind
    text: object
    names: dict[str, object]


def read_documentation(
    record: str, database: str, document: dict[str, Any], read_rating: RatingReader
) -> Documentation | Fate:
    """Return the documentation that a document holds, or the fate of one that holds none."""
    if "email" in document or "phone" in document:
        return "personal_record"
    shape = _recognise(document)
    if shape is None:
        return "not_training_material"
    rating, invalid = rating_or_invalid(document, read_rating)
    return Documentation(
        record=record,
        kind=shape.kind,
        fields=_fields_by_language(shape, database, document),
        rating=rating,
        date=newest_date(document),
        tags=tags(document),
        status=_text(document.get("status")),
        invalid_rating=invalid,
    )


def _recognise(document: dict[str, Any]) -> _Shape | None:
    metadata = document.get("metadata")
    if "statement" in document:
        return _Shape(
            "requirement",
            document["statement"],
            {"name": first_text(document, ("name", "title")), "id": document.get("reqId")},
        )
    if "content" in document and isinstance(metadata, dict) and "source" in metadata:
        return _chunk(document["content"], cast("dict[str, object]", metadata))
    if "title" in document or "displayName" in document:
        text = first_text(document, ("body", "summary", "excerpt"))
        title = first_text(document, ("title", "displayName", "handle", "slug"))
        return _Shape("article", text, {"title": title}) if _is_article(document) else None
    if "name" in document and "description" in document:
        return _Shape("element", document["description"], {"name": document["name"]})
    return None


def _is_article(document: dict[str, Any]) -> bool:
    return any(key in document for key in ("body", "summary", "excerpt", "slug"))


def _chunk(content: object, metadata: dict[str, object]) -> _Shape:
    index, total = metadata.get("chunk_index"), metadata.get("total_chunks")
    part = index + 1 if isinstance(index, int) else 1
    return _Shape(
        "chunk",
        content,
        {
            "source": metadata["source"],
            "part": str(part),
            "parts": str(total if isinstance(total, int) else part),
        },
    )


def _fields_by_language(
    shape: _Shape, database: str, document: dict[str, Any]
) -> dict[str, dict[str, str]]:
    names = {field: localised(value) for field, value in shape.names.items()}
    common = {
        "type": _spaced(_text(document.get("type") or document.get("@type"))),
        "layer": _text(document.get("layer")) or (database.upper() if database in _LAYERS else ""),
        "category": _text(document.get("category")),
    }
    fields: dict[str, dict[str, str]] = {}
    for language, text in localised(shape.text).items():
        if language and language not in LANGUAGES:
            continue
        own = {field: in_language(language, texts) for field, texts in names.items()}
        known = language or detect_language(f"{' '.join(own.values())} {text}") or LANGUAGES[0]
        fields[known] = {**common, **own, "text": text}
    return fields


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _spaced(type_name: str) -> str:
    """``https://raise.io/ontology/arcadia/sa#SystemFunction`` → ``System Function``."""
    return _WORD_START.sub(" ", re.split("[#/:]", type_name)[-1])
