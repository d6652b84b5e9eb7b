"""The words people read, in French and English.

Each language is one flat JSON file in ``locales/``; a test keeps their keys and their
placeholders equal.
"""

import locale
import os
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

import orjson

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def system_language() -> Language:
    """Return the user's language: ``RAISE_LANG``, else the system's, else English."""
    candidates = (os.environ.get("RAISE_LANG"), *_system_locales())
    for candidate in candidates:
        if candidate and candidate[:2].lower() in LANGUAGES:
            return cast("Language", candidate[:2].lower())
    return "en"


def text(key: str, language: Language | None = None, /, **params: object) -> str:
    """Return the entry ``key`` with its placeholders filled.

    Raises ``KeyError`` for a key or a placeholder that does not exist: both are programming
    errors that the tests catch.
    """
    return catalogue(language or system_language())[key].format(**params)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Return all entries of one language, key → text with ``{placeholders}``."""
    resource = files("raise_finetune").joinpath("locales", f"{language}.json")
    return cast("dict[str, str]", orjson.loads(resource.read_bytes()))


def _system_locales() -> tuple[str | None, ...]:
    environment = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return (*environment, locale.getlocale()[0])
