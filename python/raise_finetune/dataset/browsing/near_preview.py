"""Near-duplicates as a person judges them: side by side, before anything is exported."""

from collections.abc import Sequence
from contextlib import closing

from raise_finetune.dataset.dedup import Showcase
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Message, Row
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.rows import rows_of
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.stage import make_sanitizer
from raise_finetune.dataset.second_core import open_second_core
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.scratch import scratch_folder


class ComparedRow(ReportModel):
    """One of two rows: what they are compared by, as it would be written."""

    record: str
    rating: float
    date: str
    question: str
    answer: str


class NearDuplicate(ReportModel):
    """A row that is left out, and the one that stays in its place."""

    gone: ComparedRow
    stays: ComparedRow
    similarity: float


class NearDuplicates(ReportModel):
    """How many rows an export would leave out so, and some of them, the least alike first."""

    total: int
    pairs: tuple[NearDuplicate, ...]


def preview_near_duplicates(
    engine: StorageEngine,
    recipe: ExportRecipe,
    size: int,
    pulse: Pulse,
    known: KnownValues | None = None,
) -> NearDuplicates:
    """Look for the near-duplicates that an export would drop, whatever the recipe does with them.

    Returns at most ``size`` pairs; ``known`` as for ``export_dataset``.
    """
    showcase = Showcase(size)
    dropping = recipe.dedup.model_copy(update={"near": "drop"})
    recipe = recipe.model_copy(update={"dedup": dropping})
    whole = recipe.examples.are_whole
    with scratch_folder() as folder, open_second_core() as core:
        sanitizer = make_sanitizer(recipe.sanitize, known, core)
        pipeline = Pipeline(engine, recipe, folder, pulse, sanitizer)
        with closing(rows_of(pipeline, core, Ledger(), showcase)) as batches:
            rows = 0
            for batch in batches:
                rows += len(batch)
                pulse.beat("writing", rows)
    pairs = tuple(
        NearDuplicate(
            gone=_compared(gone, whole=whole),
            stays=_compared(stays, whole=whole),
            similarity=round(similarity, 3),
        )
        for gone, stays, similarity in showcase.shown()
    )
    return NearDuplicates(total=showcase.total, pairs=pairs)


def _compared(row: Row, *, whole: bool) -> ComparedRow:
    turns = [message for message in row.messages if message.role != "system"]
    question, answer = _texts(turns if whole else turns[-2:])
    return ComparedRow(
        record=row.record, rating=row.rating, date=row.date, question=question, answer=answer
    )


def _texts(turns: Sequence[Message]) -> list[str]:
    return [
        "\n\n".join(message.content for message in turns if message.role == role)
        for role in ("user", "assistant")
    ]
