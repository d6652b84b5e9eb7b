"""The words people read, in French and English.

Each language is one flat JSON file in ``locales/``; a test keeps their keys and their
placeholders equal. An entry names its parameters in braces, ``{rows}``; ``{rows:row|rows}`` stands
for the word that goes with their number.
"""

import locale
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
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


def number_said(number: float, form: str, language: Language | None = None) -> str:
    """Return a number as ``format`` writes it, with the signs of the user's language."""
    said = format(number, form)
    if (language or system_language()) == "fr":
        return said.replace(".", ",").replace("%", "\u00a0%")
    return said


def text(key: str, language: Language | None = None, /, **params: object) -> str:
    """Return the entry ``key`` with its placeholders filled.

    Raises ``KeyError`` for a key or a placeholder that does not exist: both are programming
    errors that the tests catch.
    """
    language = language or system_language()
    filled = {name: _said(value, language) for name, value in params.items()}
    return _FORMATTERS[language].vformat(catalogue(language)[key], (), filled)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry that stands in another: it is in whatever language that one is asked for."""

    key: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return text(self.key, None, **self.params)


def _said(value: object, language: Language) -> object:
    return text(value.key, language, **value.params) if isinstance(value, Phrase) else value


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Return all entries of one language, key → text with ``{placeholders}``."""
    resource = files("raise_finetune").joinpath("locales", f"{language}.json")
    return cast("dict[str, str]", orjson.loads(resource.read_bytes()))


class _Words(Formatter):
    """Fills placeholders; knows which form of a word goes with a number."""

    def __init__(self, language: Language) -> None:
        self._singular: Sequence[int] = (0, 1) if language == "fr" else (1,)

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return format(value, format_spec)
        return one if int(str(value)) in self._singular else many


_FORMATTERS = {language: _Words(language) for language in LANGUAGES}


def _system_locales() -> tuple[str | None, ...]:
    """Return the one that counts, as POSIX has it: ``LC_ALL=C`` wins over ``LANG=fr_FR``."""
    environment = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next(filter(None, environment), None)
    return (chosen,) if chosen else (locale.getlocale()[0],)
