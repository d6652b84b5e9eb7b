"""``explain``: from a row of a dataset back to its source record, and why it is there.

Everything comes from the dataset's own ledger and manifest, so a row is explained also where the
data folder is not at hand, or has changed; with it, the source's title and date are added.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

import orjson

from raise_finetune.dataset.browsing.entries import list_batch
from raise_finetune.dataset.output import DEFAULT_CONFIG
from raise_finetune.dataset.prompts.reading import RowReader
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.record_names import database_of, folder_of, stem_of
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.sources.feedback import feedback_named, is_feedback
from raise_finetune.dataset.sources.interpret import SourceBatch
from raise_finetune.dataset.sources.ratings import rating_reader
from raise_finetune.dataset.sources.targets import read_target
from raise_finetune.dataset.split import WHOLE, split_of
from raise_finetune.dataset.verification.existing import (
    Dataset,
    ExportedEntry,
    LedgerEntry,
    lines_of,
)
from raise_finetune.dataset.verification.leaks import group_of
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CHATS
from raise_finetune.storage.reader import StoredDocument


class ExplainedMessage(ReportModel):
    """One message of the row, as it stands in the dataset."""

    role: str
    content: str


class Reason(ReportModel):
    """One rule that let the row in: the entry ``reason.<code>`` of the catalogues."""

    code: str
    params: dict[str, str]


class Source(ReportModel):
    """What the data folder says of the record today."""

    title: str
    date: str
    tags: tuple[str, ...]


class Explanation(ReportModel):
    """Where a row comes from.

    ``row_index`` counts from 0 in the split, as ``datasets`` and the ledger do. ``record`` is the
    ledger's, ``origin`` the conversation or document that it belongs to (for a rating kept by this
    application, the conversation it speaks of). ``masked`` counts what was masked by type,
    ``rules`` names what found it. ``same`` are the records that gave the very same row and were
    left out for it, ``near`` those that gave nearly the same, ``rejected`` the answer of a pair
    that was rated lower, ``notes`` whatever else the ledger says. ``source`` is None where the data
    folder does not hold the record.
    """

    dataset: str
    split: str
    row_index: int
    record: str
    origin: str
    rating: float | None
    repairs: tuple[str, ...]
    masked: dict[str, int]
    rules: tuple[str, ...]
    same: tuple[str, ...]
    near: tuple[str, ...]
    rejected: tuple[str, ...]
    reasons: tuple[Reason, ...]
    notes: dict[str, str]
    messages: tuple[ExplainedMessage, ...]
    source: Source | None


_LEFT_FATES = frozenset({"duplicate", "near_duplicate", "compared"})
_DIGITS = 18  # of a row's number
_EXPLAINED = frozenset(
    {"record", "fate", "split", "row", "group", "rating", "repairs", "masked", "rules"}
)


def explain_row(dataset: Dataset, place: str, root: Path | None = None) -> Explanation:
    """Explain a row: ``train:12``, or a number that counts through all files, both from 1.

    Raises ``BadInputError`` for a row that is not there, or that the ledger does not know.
    """
    split, row = find_row(dataset, place)
    entry, left_out = _find_entry(dataset, split, row)
    recipe = dataset.manifest.export_recipe()
    engine = _engine(root)
    origin = _origin(engine, entry)
    return Explanation(
        dataset=str(dataset.path),
        split=split,
        row_index=row,
        record=entry["record"],
        origin=origin,
        rating=entry.get("rating"),
        repairs=tuple(entry.get("repairs", ())),
        masked=dict(entry.get("masked", {})),
        rules=tuple(entry.get("rules", ())),
        same=tuple(left_out.get("duplicate", ())),
        near=tuple(left_out.get("near_duplicate", ())),
        rejected=tuple(left_out.get("compared", ())),
        reasons=tuple(_reasons(entry, recipe, origin)),
        notes={key: str(value) for key, value in entry.items() if key not in _EXPLAINED},
        messages=tuple(_messages(dataset, split, row)),
        source=None if engine is None else _source(engine, origin),
    )


def find_row(dataset: Dataset, place: str) -> tuple[str, int]:
    """Return the side of a row that a user names, from 1, and its index there."""
    sides = dataset.rows_by_split()
    wanted, mark, written = place.rpartition(":")
    if written.isascii() and written.isdigit() and len(written) <= _DIGITS:
        number = int(written)
        for split, rows in sides.items():
            if mark and split != wanted:
                continue
            if 0 < number <= rows:
                return split, number - 1
            if not mark:
                number -= rows
    known = ", ".join(f"{split}:1–{rows}" for split, rows in sides.items() if rows) or "—"
    raise BadInputError("row_missing", row=place, path=dataset.path, known=known)


def entries_of_first_rows(dataset: Dataset, split: str, rows: int) -> dict[int, LedgerEntry]:
    """Return what the ledger says of the first rows of a split, by their index there."""
    exported = dataset.exported()
    found = (each for each in exported if each["split"] == split and each["row"] < rows)
    return {each["row"]: each for each in islice(found, rows)}


def origin_of_prompt(engine: StorageEngine, entry: LedgerEntry) -> str:
    """Return the conversation or document that a row's prompt was taken from.

    Raises ``BadInputError`` for a rating that cannot be read.
    """
    feedback = feedback_named(engine, entry["record"])
    return feedback.origin if feedback is not None and feedback.origin else group_of(entry)


def _find_entry(
    dataset: Dataset, split: str, row: int
) -> tuple[ExportedEntry, Mapping[str, list[str]]]:
    """Return the row's entry, and by fate the records that were left out for it."""
    exported = dataset.exported()
    found = next((each for each in exported if (each["split"], each["row"]) == (split, row)), None)
    if found is None:
        raise BadInputError("row_unknown", row=f"{split}:{row + 1}", path=dataset.ledger_path)
    left_out: dict[str, list[str]] = {}
    for entry in dataset.ledger():
        if entry["fate"] in _LEFT_FATES and entry.get("detail") == found["record"]:
            left_out.setdefault(entry["fate"], []).append(entry["record"])
    return found, left_out


def _messages(dataset: Dataset, split: str, row: int) -> Iterator[ExplainedMessage]:
    """Yield the messages of the row; a line that is none as it was exported has none."""
    manifest = dataset.manifest
    try:
        reader = RowReader(dataset.profiles()[DEFAULT_CONFIG], manifest.task)
        files = (dataset.path_of(file) for file in manifest.own_files if file.split == split)
        line = next(islice(chain.from_iterable(map(lines_of, files)), row, None), b"")
        read = reader.read(orjson.loads(line)) or []
    except (OSError, BadInputError, KeyError, ValueError, TypeError, AttributeError):
        return
    for role, content in read:
        yield ExplainedMessage(role=role, content=content)


def _reasons(entry: ExportedEntry, recipe: ExportRecipe, origin: str) -> Iterator[Reason]:
    """Yield the rules of the recipe that this row passed, as one would say them."""
    rating = entry.get("rating")
    if is_feedback(entry["record"]):
        yield _reason("rated_here", origin=origin)
    if rating is not None:
        code = "rating_judged" if recipe.output.task == "kto" else "rating_high_enough"
        yield _reason(code, rating=f"{rating:g}", minimum=f"{recipe.rating.minimum:g}")
    elif entry["record"] != group_of(entry) or folder_of(entry["record"]) == CHATS:
        yield _reason("unrated_wanted")
    else:
        whole = recipe.examples.are_whole
        yield _reason("no_rating_needed" if whole else "documentation")
    filters = recipe.filter
    for code, values in (("tags", filters.tags), ("no_tags", filters.exclude_tags)):
        if values:
            yield _reason(code, tags=", ".join(values))
    if filters.since or filters.until:
        yield _reason("dates", since=filters.since or "…", until=filters.until or "…")
    if filters.languages:
        yield _reason("languages", languages=", ".join(filters.languages))
    if entry["split"] != WHOLE:
        group = group_of(entry)
        is_moved = recipe.output.stratify and split_of(group, recipe.output) != entry["split"]
        yield _reason("side_moved" if is_moved else "side", split=entry["split"], group=group)


def _reason(code: str, **params: str) -> Reason:
    return Reason(code=code, params=params)


def _engine(root: Path | None) -> StorageEngine | None:
    try:
        return None if root is None else StorageEngine(root)
    except BadInputError:
        return None


def _origin(engine: StorageEngine | None, entry: LedgerEntry) -> str:
    """Return the conversation or document that a record belongs to: a rating's is its target."""
    group = group_of(entry)
    try:
        feedback = None if engine is None else feedback_named(engine, group)
    except BadInputError:
        return group
    return group if feedback is None else feedback.target


def _source(engine: StorageEngine, record: str) -> Source | None:
    try:
        document = read_target(engine, record)
    except BadInputError:
        return None
    stored = StoredDocument(f"{stem_of(record)}.json", document, None, "")
    batch = SourceBatch(f"{folder_of(record)}/", database_of(record), [stored])
    entries = list_batch(batch, rating_reader(ExportRecipe().rating), {})
    if not entries:
        return None
    return Source(title=entries[0].title, date=entries[0].date, tags=entries[0].tags)
