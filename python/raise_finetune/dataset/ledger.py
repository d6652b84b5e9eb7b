"""The ledger: each record that was read leaves with exactly one fate.

A record is one answer of a conversation (``un2/default/conversations/c1#3``), a whole
conversation where the recipe makes one example of it, one piece of documentation, or a file that
gave none of these.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import BinaryIO, Literal, NamedTuple

import orjson

from raise_finetune.dataset.input_hash import InputHash
from raise_finetune.dataset.record_names import answer_of
from raise_finetune.dataset.records import Row

Fate = Literal[
    "exported",
    "duplicate",
    "near_duplicate",
    "split_leak",
    "compared",
    "no_pair",
    "rated_too_low",
    "rated_between",
    "unrated",
    "invalid_rating",
    "empty_answer",
    "empty_question",
    "no_question",
    "no_exchange",
    "system_feedback",
    "prompt_leak",
    "control_tokens",
    "forgotten",
    "sensitive_data",
    "other_language",
    "outside_dates",
    "repeats_question",
    "too_short",
    "too_long",
    "refusal",
    "repetitive",
    "mixed_languages",
    "tag_filtered",
    "documentation_out",
    "not_published",
    "personal_record",
    "not_training_material",
    "superseded",
    "applied",
    "invalid_json",
    "not_an_object",
    "too_large",
    "unreadable",
    "vanished",
    "symlink",
]

# Fates that a user should hear of by name: something is wrong with the data, not with the choice.
PROBLEMS: frozenset[Fate] = frozenset(
    {
        "invalid_rating",
        "invalid_json",
        "not_an_object",
        "too_large",
        "unreadable",
        "vanished",
        "symlink",
    }
)
NAMED_PROBLEMS = 50

_LINE = orjson.OPT_APPEND_NEWLINE


class BothSidesCounts(NamedTuple):
    """What stands on more than one side of the split, counted in the rows that are written."""

    conversations: int
    near_duplicates: int


class Stratum(NamedTuple):
    """The collection that rows come from, and their language, "" where it was not looked for."""

    source: str
    language: str


class LedgerError(AssertionError):
    """The fates do not add up to what was read: a defect of this program, never of the data."""


class Ledger:
    """Counts the fates and, given a file, writes one JSON line for each record.

    Lines are held until ``flush``, since a write for each would cost as much as the line itself.
    """

    def __init__(self, file: BinaryIO | None = None) -> None:
        self.documents = 0
        self.read = 0
        self.input = InputHash()
        self.both_sides = BothSidesCounts(0, 0)
        self.strata: Mapping[Stratum, Mapping[str, int]] = {}
        self.fates: Counter[Fate] = Counter()
        self.repairs: Counter[str] = Counter()
        self.masked: Counter[str] = Counter()
        self.problems: list[tuple[str, Fate, str]] = []
        self._file = file
        self._lines: list[bytes] = []

    def announce(self, records: int, documents: int) -> None:
        """Note that documents were read which hold so many records; each owes one fate."""
        self.read += records
        self.documents += documents

    def mark(self, record: str, fate: Fate, detail: str = "") -> None:
        """Give a record its one fate."""
        self.fates[fate] += 1
        if fate in PROBLEMS and len(self.problems) < NAMED_PROBLEMS:
            self.problems.append((record, fate, detail))
        if self._file is not None:
            entry: dict[str, object] = {"record": record, "fate": fate}
            if detail:
                entry["detail"] = detail
            self._lines.append(orjson.dumps(entry, option=_LINE))

    def mark_answers(self, record: str, indexes: Sequence[int], fate: Fate) -> None:
        """Give several answers of a conversation the same fate."""
        self.fates[fate] += len(indexes)
        if self._file is not None:
            # Half of all lines are these, so what they share is encoded once.
            begin, end = orjson.dumps(record)[:-1], b'","fate":"%s"}\n' % fate.encode()
            self._lines += [b'{"record":%s#%d%s' % (begin, index, end) for index in indexes]

    def mark_exported(self, row: Row, split: str, place: int) -> None:
        """Give a row's record the fate *exported*, with its place (from 0) in its split."""
        self.fates["exported"] += 1
        if row.repairs:
            self.repairs.update(row.repairs)
        if row.masked is not None:
            self.masked.update(row.masked.counts)
        if self._file is not None:
            entry: dict[str, object] = {
                "record": row.record,
                "fate": "exported",
                "split": split,
                "row": place,
            }
            if row.rating:
                entry["rating"] = row.rating
            if row.group != answer_of(row.record)[0]:
                entry["group"] = row.group
            if row.repairs:
                entry["repairs"] = row.repairs
            if row.masked is not None:
                entry["masked"] = row.masked.counts
                entry["rules"] = row.masked.rules
            self._lines.append(orjson.dumps(entry, option=_LINE))

    def apart(self) -> "Ledger":
        """Return an empty ledger for a part of the work, with lines if this one writes some."""
        return Ledger(None if self._file is None else BytesIO())

    def take(self, part: "Ledger") -> None:
        """Take over what was noted in a ledger ``apart``: what was read, and fates of it."""
        self.announce(part.read, part.documents)
        self.input.take(part.input)
        self.fates.update(part.fates)
        self.problems += part.problems[: NAMED_PROBLEMS - len(self.problems)]
        self.flush()
        part.flush()
        if self._file is not None and isinstance(part._file, BytesIO):
            self._file.write(part._file.getbuffer())

    def flush(self) -> None:
        """Write the lines that are held; to be called once for each batch."""
        if self._file is not None:
            self._file.write(b"".join(self._lines))
            self._lines.clear()

    def prove(self) -> None:
        """Check that every record has its fate; raises ``LedgerError`` when one has not."""
        if self.fates.total() != self.read:
            msg = f"{self.read} records were read but {self.fates.total()} fates given"
            raise LedgerError(msg)
