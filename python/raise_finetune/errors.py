"""Errors that a user can act on: a code, a sentence and a remedy, in French or English."""

import errno
import re
from typing import ClassVar

from raise_finetune.messages import Language, Phrase, catalogue, text


class RaiseError(Exception):
    """Something went wrong that a person should hear about.

    ``code`` names the entry ``error.<code>.message`` (and ``error.<code>.hint``) of the
    catalogues in ``locales/``; ``params`` fill its placeholders. ``error.<code>.window`` is the
    hint in the window where the other speaks of the command line. ``exit_code`` is what a program
    that it ends leaves with.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    def message(self, language: Language | None = None) -> str:
        """Return what happened and to what, as one sentence."""
        return text(f"error.{self.code}.message", language, **self.params)

    def hint(self, language: Language | None = None) -> str:
        """Return what to do about it."""
        return text(f"error.{self.code}.hint", language, **self.params)

    def hint_in_window(self, language: Language | None = None) -> str:
        """Return what to do about it in the window, which has no options and no commands."""
        key = f"error.{self.code}.window"
        if key in catalogue("en"):
            return text(key, language, **self.params)
        return self.hint(language)

    def __str__(self) -> str:
        return self.message()


def system_reason(error: OSError) -> Phrase | str:
    """Return why the system refused, in the user's language where it is a common reason."""
    key = f"system.{errno.errorcode.get(error.errno or 0)}"
    return Phrase(key, {}) if key in catalogue("en") else error.strerror or str(error)


def said_by_system(words: str) -> Phrase | str:
    """Return the system's words, which reports keep in English, in the user's language."""
    for key, known in catalogue("en").items():
        if known == words and key.startswith("system."):
            return Phrase(key, {})
    return words


class BadInputError(RaiseError):
    """The request, a file or a folder is not usable as it is."""

    exit_code = 2  # what the argument parser uses for wrong options, too


class FailedError(RaiseError):
    """The machine could not do it: a full disk, a lost permission."""


class SensitiveDataLeftError(FailedError):
    """The scan after writing found something in what was masked."""


class CancelledError(RaiseError):
    """The user stopped it; nothing was changed, unless its code says what was."""

    exit_code = 130

    def __init__(self, code: str = "cancelled", **params: object) -> None:
        super().__init__(code, **params)


# How parsers of JSON, which know English alone, say where a text is damaged.
_PLACE = re.compile(r"line (?P<line>\d+) column (?P<column>\d+)")
_NOT_UTF8 = "str is not valid UTF-8"
_MARKED = "UTF-8 byte order mark"


def place_said(complaint: str) -> Phrase | str:
    """Return where a parser of JSON found it damaged; its own words where they tell no place."""
    if complaint.startswith(_NOT_UTF8):  # it names the text's first place, whatever is wrong
        return Phrase("problem.not_utf8_text", {})
    if complaint.startswith(_MARKED):  # which no editor shows
        return Phrase("problem.byte_order_mark", {})
    found = _PLACE.search(complaint)
    return Phrase("problem.place", found.groupdict()) if found else complaint
