"""Leaks between the sides: a conversation, or the very same row, on more than one."""

from collections.abc import Iterable

import orjson
from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.output import REPORT_FILE
from raise_finetune.dataset.record_names import answer_of
from raise_finetune.dataset.verification.existing import (
    Dataset,
    ExportedEntry,
    LedgerEntry,
    is_exported,
)
from raise_finetune.dataset.verification.result import Findings


def group_of(entry: LedgerEntry) -> str:
    """Return what no split may divide: the conversation or document that a record belongs to."""
    return entry.get("group") or answer_of(entry["record"])[0]


def check_report(dataset: Dataset, leaks: Findings) -> None:
    """Take in what the export itself counted on both sides: near-duplicates need all its texts."""
    try:
        report = orjson.loads((dataset.path / REPORT_FILE).read_bytes())
        crossing = int(report["both_sides"]["near_duplicates"])
    except (OSError, ValueError, KeyError, TypeError):
        return  # one file has none; a damaged one is the files' own flaw
    if crossing:
        leaks.add("near_duplicates_on_two_sides", REPORT_FILE, detail=crossing)


class LedgerCheck:
    """Takes the ledger's entries: each row has one of its own, each group one side.

    A pair stands for the group of its rejected answer, too. Groups are kept as 64-bit hashes: a
    million of them fit in memory.
    """

    def __init__(self, rows: dict[str, int]) -> None:
        self.findings = Findings("ledger")
        self.leaks = Findings("leaks")
        self._seen = {split: bytearray(count) for split, count in rows.items()}
        self._sides: dict[int, str] = {}
        self._rejected: dict[str, str] = {}  # the group of the answer that a record's row rejects

    def take(self, entries: Iterable[LedgerEntry]) -> dict[str, int]:
        """Check all entries; return how many there are of each fate."""
        fates: dict[str, int] = {}
        for entry in entries:
            self.findings.checked += 1
            fates[entry["fate"]] = fates.get(entry["fate"], 0) + 1
            if is_exported(entry):
                self._take_row(entry)
            elif entry["fate"] == "compared":
                self._rejected[entry.get("detail", "")] = group_of(entry)
        for split, seen in self._seen.items():
            missing = seen.count(0)
            if missing:
                self.findings.add("rows_without_record", split, seen.index(0), missing)
        return fates

    def _take_row(self, entry: ExportedEntry) -> None:
        split, row = entry["split"], entry["row"]
        seen = self._seen.get(split)
        if seen is None or not 0 <= row < len(seen) or seen[row]:
            self.findings.add("row_not_there", split, detail=entry["record"])
            return
        seen[row] = 1
        rejected = self._rejected.pop(entry["record"], None)
        for group in (group_of(entry), *([] if rejected is None else [rejected])):
            side = self._sides.setdefault(xxh3_64_intdigest(group.encode()), split)
            if side != split:
                self.leaks.add("group_on_two_sides", split, row, group)
        self.leaks.checked += 1


class RepeatedRows:
    """Finds the very same line on two sides; ``findings`` are the leaks'."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._sides: dict[int, str] = {}

    def take(self, split: str, name: str, number: int, line: bytes) -> None:
        """Take one line of a file."""
        side = self._sides.setdefault(xxh3_64_intdigest(line), split)
        if side != split:
            self._findings.add("row_on_two_sides", name, number, side)
