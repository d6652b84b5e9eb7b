"""``diff``: what two datasets have different, row by row, and why.

Rows are told apart by their record. Both ledgers say what became of each record, so that a row that
went says why: it was rated down, turned out a duplicate, was forgotten, or its source is gone.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

import orjson
from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.verification.existing import Dataset, LedgerEntry, lines_of
from raise_finetune.errors import BadInputError, system_reason

SAMPLE = 50
_NO_LINES = array("Q")


class ChangedRow(ReportModel):
    """One row: its record, its place, why; the place of a removed row is the old one.

    A place is ``split:row``, from 1, as ``explain`` takes it. ``why`` is an entry
    ``why.<why>`` of the catalogues, or a fate.
    """

    record: str
    place: str
    why: str
    detail: str = ""


class Changes(ReportModel):
    """Rows of one kind: how many, how many for which reason, and the first ones."""

    count: int
    why: dict[str, int]
    rows: tuple[ChangedRow, ...]


class RecipeChange(ReportModel):
    """One key of the recipe that differs, such as ``rating.minimum``; values as JSON shows them."""

    key: str
    old: str
    new: str


class Comparison(ReportModel):
    """What differs between two datasets.

    ``changed`` rows have another text, ``moved`` ones the same text on another side.
    ``sides_compared`` is False for a single file and a folder: a file has no sides.
    ``input_changed`` tells whether the data differs that they were made of.
    """

    old: str
    new: str
    same: bool
    unchanged: int
    added: Changes
    removed: Changes
    changed: Changes
    moved: Changes
    sides_compared: bool
    recipe: tuple[RecipeChange, ...]
    input_changed: bool
    tool_versions: tuple[str, str]

    def by_kind(self) -> dict[str, Changes]:
        """Return the changes of each kind, by its name."""
        return {
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
            "moved": self.moved,
        }


class _Place(NamedTuple):
    """Where a record's row stands, and the hash of its line."""

    split: str
    row: int
    line: int

    def __str__(self) -> str:
        return f"{self.split}:{self.row + 1}"


class _Tally:
    def __init__(self) -> None:
        self._why: Counter[str] = Counter()
        self._rows: list[ChangedRow] = []

    def add(self, record: str, place: _Place, why: str, detail: str = "") -> None:
        self._why[why] += 1
        if len(self._rows) < SAMPLE:
            self._rows.append(ChangedRow(record=record, place=str(place), why=why, detail=detail))

    def changes(self) -> Changes:
        return Changes(
            count=self._why.total(), why=dict(self._why.most_common()), rows=tuple(self._rows)
        )


def compare_datasets(old: Dataset, new: Dataset) -> Comparison:
    """Compare two datasets; raises ``BadInputError`` for a ledger or a file that is damaged.

    Memory grows with the rows of the old one: about 300 bytes for each.
    """
    recipe = tuple(recipe_changes(old.manifest.recipe, new.manifest.recipe))
    input_changed = old.manifest.input_hash != new.manifest.input_hash
    comparing = _Comparing(dict(_iter_places(old)), recipe, input_changed=input_changed)
    sides_compared = old.kind == new.kind
    comparing.take_new(new, sides_compared=sides_compared)
    comparing.explain_rest(old, new)
    versions = (old.manifest.tool_version, new.manifest.tool_version)
    kinds = (comparing.added, comparing.removed, comparing.changed, comparing.moved)
    added, removed, changed, moved = (tally.changes() for tally in kinds)
    return Comparison(
        old=str(old.path),
        new=str(new.path),
        same=not any(each.count for each in (added, removed, changed, moved)),
        unchanged=comparing.unchanged,
        added=added,
        removed=removed,
        changed=changed,
        moved=moved,
        sides_compared=sides_compared,
        recipe=recipe,
        input_changed=input_changed,
        tool_versions=versions,
    )


class _Comparing:
    """The rows of both sides, as the ledgers name them."""

    def __init__(
        self, old: dict[str, _Place], recipe: tuple[RecipeChange, ...], *, input_changed: bool
    ) -> None:
        self.added, self.removed, self.changed, self.moved = (_Tally() for _ in range(4))
        self.unchanged = 0
        self._gone = old
        self._new: dict[str, _Place] = {}
        self._why_changed = _why_changed(recipe, input_changed=input_changed)

    def take_new(self, new: Dataset, *, sides_compared: bool) -> None:
        """Set aside what is on one side only; count the rest."""
        for record, place in _iter_places(new):
            before = self._gone.pop(record, None)
            if before is None:
                self._new[record] = place
            elif before.line != place.line:
                self.changed.add(record, place, self._why_changed)
            elif sides_compared and before.split != place.split:
                self.moved.add(record, place, "side", before.split)
            else:
                self.unchanged += 1

    def explain_rest(self, old: Dataset, new: Dataset) -> None:
        """Say what became of the rows that are gone, and what the new ones' records were."""
        became = {e["record"]: e for e in new.ledger() if e["record"] in self._gone}
        for record, place in self._gone.items():
            entry = became.get(record)
            fate, detail = _fate(entry)
            successor = self._new.pop(detail, None) if fate == "superseded" else None
            if successor is not None:  # the same answer, now exported from the copy of its rating
                self.changed.add(detail, successor, fate, record)
            else:
                self.removed.add(record, place, fate, detail)
        was = {e["record"]: e["fate"] for e in old.ledger() if e["record"] in self._new}
        for record, place in self._new.items():
            self.added.add(record, place, was.get(record, "not_there_before"))


def _fate(entry: LedgerEntry | None) -> tuple[str, str]:
    if entry is None:
        return "not_read_any_more", ""
    return entry["fate"], entry.get("detail", "")


def _iter_places(dataset: Dataset) -> Iterator[tuple[str, _Place]]:
    """Yield record and place of each row."""
    lines = _line_hashes(dataset)
    for entry in dataset.exported():
        split, row = entry["split"], entry["row"]
        hashes = lines.get(split, _NO_LINES)
        known = 0 <= row < len(hashes)
        yield entry["record"], _Place(split, row, hashes[row] if known else 0)


def _line_hashes(dataset: Dataset) -> "dict[str, array[int]]":
    """Return a hash of each line, by side."""
    hashes: dict[str, array[int]] = {}
    for file in dataset.manifest.own_files:
        of_side = hashes.setdefault(file.split, array("Q"))
        path = dataset.path_of(file)
        try:
            of_side.extend(map(xxh3_64_intdigest, lines_of(path)))
        except OSError as error:
            reason = system_reason(error)
            raise BadInputError("dataset_unreadable", path=path, reason=reason) from error
    return hashes


def _why_changed(recipe: tuple[RecipeChange, ...], *, input_changed: bool) -> str:
    if input_changed:
        return "data_or_recipe" if recipe else "data"
    return "recipe" if recipe else "tool"


def recipe_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = ""
) -> Iterator[RecipeChange]:
    """Yield the keys that differ between two recipes, as manifests hold them, by name."""
    for key in sorted(old.keys() | new.keys()):
        before: object = old.get(key)
        after: object = new.get(key)
        tables = [cast("dict[str, Any]", v) for v in (before, after) if isinstance(v, dict)]
        if len(tables) == 2:
            yield from recipe_changes(tables[0], tables[1], f"{prefix}{key}.")
        elif before != after:
            yield RecipeChange(key=prefix + key, old=_shown(before), new=_shown(after))


def _shown(value: object) -> str:
    return "—" if value is None else orjson.dumps(value).decode()
