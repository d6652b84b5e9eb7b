"""What a user should know about an export that succeeded all the same."""

from collections.abc import Iterator, Sequence

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.output import Target
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import WrittenFile, rows_by_split
from raise_finetune.dataset.sources.wanted import (
    left_out_folders,
    missing_collections,
    wanted_collections,
)
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

# A score of fewer rows says more about these rows than about a model.
FEWEST_TO_MEASURE = 10


def collect_notices(
    engine: StorageEngine,
    recipe: ExportRecipe,
    target: Target,
    files: Sequence[WrittenFile],
    ledger: Ledger,
) -> list[Notice]:
    """Return the notices; raises ``BadInputError`` where the split leaves nothing to train on."""
    notices = [
        *_leftovers(engine, recipe),
        *_missing_collections(engine, recipe),
        *_left_out_folders(engine, recipe),
    ]
    if not recipe.sanitize.enabled:
        notices.append(Notice(code="not_sanitized", params={}))
    if target.kind == "folder" and files:
        notices += _empty_splits(recipe, rows_by_split(recipe, files))
        notices += _missing_strata(recipe, ledger)
    return notices


def _leftovers(engine: StorageEngine, recipe: ExportRecipe) -> list[Notice]:
    """Name what a crash of the application left: its documents may be half-changed."""
    collections = wanted_collections(engine, recipe.source)
    databases = sorted({(ref.space, ref.database) for ref in collections})
    return [
        Notice(
            code="leftover_transaction",
            params={
                "transaction": f"{space}/{database}/wal/{leftover.file}",
                "documents": ", ".join(
                    f"{operation.collection}/{operation.document_id}"
                    for operation in leftover.operations
                )
                or "—",
            },
        )
        for space, database in databases
        for leftover in engine.leftover_transactions(space, database)
    ]


def _missing_collections(engine: StorageEngine, recipe: ExportRecipe) -> Iterator[Notice]:
    missing, known = missing_collections(engine, recipe.source)
    if missing:
        names = ", ".join(missing)
        yield Notice(code="collections_missing", params={"names": names, "known": known})


def _left_out_folders(engine: StorageEngine, recipe: ExportRecipe) -> Iterator[Notice]:
    """Name what may be the user's data on another disk, which the ledger knows nothing of."""
    if folders := left_out_folders(engine, recipe.source):
        yield Notice(code="folders_left_out", params={"folders": ", ".join(folders)})


def _empty_splits(recipe: ExportRecipe, rows: dict[str, int]) -> list[Notice]:
    if "train" not in rows:
        raise BadInputError("no_training_rows", rows=sum(rows.values()))
    asked = _asked_sides(recipe)
    total = str(sum(rows.values()))
    notices: list[Notice] = []
    for split, fraction in asked.items():
        if fraction > 0 and split not in rows:
            notices.append(Notice(code="split_empty", params={"split": split, "rows": total}))
        elif split in rows and rows[split] < FEWEST_TO_MEASURE:
            few = str(rows[split])
            notices.append(Notice(code="split_small", params={"split": split, "rows": few}))
    return notices


def _missing_strata(recipe: ExportRecipe, ledger: Ledger) -> Iterator[Notice]:
    """Name the strata that were asked for and have too few conversations to be on every side."""
    by = recipe.output.stratify
    sides: dict[str, set[str]] = {}
    for (source, language), rows in ledger.strata.items():
        named = {"source": source, "language": language or "—"}
        sides.setdefault(" / ".join(named[key] for key in by), set()).update(rows)
    for split, fraction in _asked_sides(recipe).items():
        missing = [name for name, present in sides.items() if split not in present]
        if by and fraction > 0 and missing:
            yield Notice(
                code="strata_missing", params={"split": split, "strata": ", ".join(missing)}
            )


def _asked_sides(recipe: ExportRecipe) -> dict[str, float]:
    return {"val": recipe.output.val_fraction, "test": recipe.output.test_fraction}
