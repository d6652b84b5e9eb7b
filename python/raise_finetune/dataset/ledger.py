"""The ledger: each record that was read leaves with exactly one fate.

A record is one answer of a conversation, a whole conversation where the recipe makes one example
of it, one piece of documentation, or a file that gave none of these.
"""

from collections import Counter
from enum import StrEnum
from typing import BinaryIO

import orjson


class Fate(StrEnum):
    """What became of a record."""

    EXPORTED = "exported"
    DUPLICATE = "duplicate"
    RATED_TOO_LOW = "rated_too_low"
    UNRATED = "unrated"
    INVALID_RATING = "invalid_rating"
    EMPTY_ANSWER = "empty_answer"
    EMPTY_QUESTION = "empty_question"
    NO_QUESTION = "no_question"
    NO_EXCHANGE = "no_exchange"
    SYSTEM_FEEDBACK = "system_feedback"
    PROMPT_LEAK = "prompt_leak"
    OTHER_LANGUAGE = "other_language"
    OUTSIDE_DATES = "outside_dates"
    TAG_FILTERED = "tag_filtered"
    DOCUMENTATION_OUT = "documentation_out"
    NOT_PUBLISHED = "not_published"
    PERSONAL_RECORD = "personal_record"
    NOT_TRAINING_MATERIAL = "not_training_material"
    SUPERSEDED = "superseded"
    APPLIED = "applied"
    INVALID_JSON = "invalid_json"
    NOT_AN_OBJECT = "not_an_object"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    SYMLINK = "symlink"


# Fates that a user should hear of by name: something is wrong with the data, not with the choice.
PROBLEMS = frozenset(
    {
        Fate.INVALID_RATING,
        Fate.INVALID_JSON,
        Fate.NOT_AN_OBJECT,
        Fate.TOO_LARGE,
        Fate.UNREADABLE,
        Fate.VANISHED,
        Fate.SYMLINK,
    }
)
NAMED_PROBLEMS = 50


class LedgerError(AssertionError):
    """The fates do not add up to what was read: a defect of this program, never of the data."""


class Ledger:
    """Counts the fates and, given a file, writes one JSON line for each record."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        self.documents = 0
        self.read = 0
        self.fates: Counter[Fate] = Counter()
        self.repairs: Counter[str] = Counter()
        self.problems: list[tuple[str, Fate, str]] = []
        self._file = file

    def announce(self, records: int, documents: int = 0) -> None:
        """Note that records were read, from so many new documents; each owes one fate."""
        self.read += records
        self.documents += documents

    def mark(self, record: str, fate: Fate, detail: str = "") -> None:
        """Give a record its one fate."""
        self.fates[fate] += 1
        if fate in PROBLEMS and len(self.problems) < NAMED_PROBLEMS:
            self.problems.append((record, fate, detail))
        if self._file is not None:
            entry = {"record": record, "fate": fate.value}
            if detail:
                entry["detail"] = detail
            self._file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))

    def mark_exported(self, record: str, split: str, row: int, repairs: list[str]) -> None:
        """Give a record the fate *exported*, with the place of its row (from 0) in its split."""
        self.fates[Fate.EXPORTED] += 1
        self.repairs.update(repairs)
        if self._file is not None:
            entry: dict[str, object] = {
                "record": record,
                "fate": Fate.EXPORTED.value,
                "split": split,
                "row": row,
            }
            if repairs:
                entry["repairs"] = repairs
            self._file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))

    def prove(self) -> None:
        """Check that every record has its fate; raises ``LedgerError`` when one has not."""
        if self.fates.total() != self.read:
            msg = f"{self.read} records were read but {self.fates.total()} fates given"
            raise LedgerError(msg)
