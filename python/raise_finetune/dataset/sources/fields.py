"""Fields that documents of every era and kind share, under their several names."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

# RAISE shows French first where a text has both.
LANGUAGE_ORDER = ("fr", "en")
_DATES = (
    "updatedAt",
    "_updated_at",
    "updated_at",
    "publishedAt",
    "createdAt",
    "_created_at",
    "created_at",
)


def first(document: Mapping[str, Any], keys: Sequence[str]) -> object:
    """Return the value of the first key that holds one, or None."""
    for key in keys:
        value = document.get(key)
        if value not in (None, "", {}):
            return value
    return None


def first_text(document: Mapping[str, Any], keys: Sequence[str]) -> object:
    """Return the value of the first key that holds a text, in whatever language, or None."""
    return next((document[key] for key in keys if localised(document.get(key))), None)


def newest_date(document: Mapping[str, Any]) -> object:
    """Return the date of the last change, else of the making, as written; None without one."""
    return first(document, _DATES)


def tags(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tags, top-level or under ``metadata`` or ``meta``."""
    for holder in (document, document.get("metadata"), document.get("meta")):
        if isinstance(holder, dict) and "tags" in holder:
            found = cast("dict[str, object]", holder)["tags"]
            listed = cast("list[object]", found) if isinstance(found, list) else []
            return tuple([tag for tag in listed if isinstance(tag, str)])
    return ()


def declared_language(document: Mapping[str, Any]) -> str:
    """Return "fr" or "en" where the document says so (``fr-FR`` counts), else ""."""
    value = document.get("language") or document.get("lang")
    code = value[:2].lower() if isinstance(value, str) else ""
    return code if code in LANGUAGE_ORDER else ""


def clean(text: str) -> str:
    """Return the text trimmed and without NUL, which tokenizers and loaders stumble over."""
    return (text.replace("\0", "") if "\0" in text else text).strip()


def localised(value: object) -> dict[str, str]:
    """Return a text by language: ``{"fr": …}``, or ``{"": …}`` for a plain string.

    Only non-empty texts are there, clean, French before English before others.
    """
    if isinstance(value, str):
        return {"": clean(value)} if clean(value) else {}
    if not isinstance(value, dict):
        return {}
    texts = {
        language[:2].lower(): clean(text)
        for language, text in cast("dict[str, object]", value).items()
        if isinstance(text, str) and clean(text)
    }
    ordered = [language for language in LANGUAGE_ORDER if language in texts]
    return {language: texts[language] for language in (*ordered, *sorted(texts))}


def in_language(language: str, texts: Mapping[str, str]) -> str:
    """Return the text of a language, else the plain one, else the first there is, else ""."""
    return texts.get(language) or texts.get("") or next(iter(texts.values()), "")
