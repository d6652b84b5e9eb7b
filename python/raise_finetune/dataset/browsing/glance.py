"""A first look at an export: what a sample of the documents says about all of them."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from raise_finetune.dataset.browsing.preview import missing_model
from raise_finetune.dataset.browsing.tally import Counts, ExportPreview, Tally
from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.render import render
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.report import name_problems
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.stage import make_sanitizer
from raise_finetune.dataset.sources.sample import Sample, draw_sample
from raise_finetune.dataset.split import Split, split_of
from raise_finetune.dataset.writing.streams import layouts_of
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.scratch import scratch_folder

_Row = TypeVar("_Row")


def glance_at_export(
    engine: StorageEngine,
    recipe: ExportRecipe,
    shown_rows: int,
    pulse: Pulse,
    known: KnownValues | None = None,
) -> ExportPreview | None:
    """Return a preview at once, its counts estimated from a sample of the documents.

    None where the exact one is as quick, and for preference pairs: a sample tears them apart.
    """
    if recipe.output.task == "dpo":
        return None
    sample = draw_sample(engine, recipe.source, pulse)
    if sample is None:
        return None
    return estimate_export(engine, recipe, sample, shown_rows, pulse, known)


def estimate_export(
    engine: StorageEngine,
    recipe: ExportRecipe,
    sample: Sample,
    shown_rows: int,
    pulse: Pulse,
    known: KnownValues | None = None,
) -> ExportPreview:
    """Return a preview estimated from these documents; ``known`` as for ``export_dataset``.

    What two documents have in common no sample tells, so duplicates stay among the rows. Tokens
    are not counted: to load a tokenizer takes longer than all of this.
    """
    ledger = SampleLedger(sample.weight)
    tally = Tally(sys.maxsize, sample.weight)
    with scratch_folder() as folder:
        sanitizer = make_sanitizer(recipe.sanitize, known)
        pipeline = Pipeline(engine, recipe, folder, pulse, sanitizer, sample)
        layouts = layouts_of(recipe.output)
        rows = (render(batch, layouts) for batch in pipeline.masked_examples(ledger))
        tally.take(_with_sides(rows, recipe.output), ledger, pulse)
    ledger.prove()
    tally.shown = _spread(tally.shown, shown_rows)
    if recipe.output.split_by == "conversation":  # which falls on each side by its fraction
        tally.splits = _expected_splits(sum(tally.splits.values()), recipe.output)
    return tally.preview(
        ledger.estimates(sample.documents - sample.size),
        name_problems(ledger, sanitizer),
        missing_model(recipe),
        estimated_from=ledger.documents,
    )


def _with_sides(
    batches: Iterable[list[Row]], options: OutputSection
) -> Iterator[list[tuple[Split, Row]]]:
    for batch in batches:
        yield [(split_of(row.group, options), row) for row in batch]


def _spread(rows: list[_Row], most: int) -> list[_Row]:
    """Return some rows from all of them: of each kind, where there are several."""
    shown = min(most, len(rows))
    return [rows[place * len(rows) // shown] for place in range(shown)]


def _expected_splits(rows: float, options: OutputSection) -> dict[str, float]:
    fractions = {"val": options.val_fraction, "test": options.test_fraction}
    fractions = {"train": 1 - sum(fractions.values()), **fractions}
    return {side: rows * fraction for side, fraction in fractions.items() if rows * fraction >= 1}


class SampleLedger(Ledger):
    """A ledger that also counts each record for all that it stands for."""

    def __init__(self, weight: Callable[[str], float]) -> None:
        super().__init__()
        self._weight = weight
        self._fates: defaultdict[Fate, float] = defaultdict(float)
        self._repairs: defaultdict[str, float] = defaultdict(float)
        self._masked: defaultdict[str, float] = defaultdict(float)

    def estimates(self, documents_left: int) -> Counts:
        """Return the counts for all documents, so many of which were not read."""
        documents = self.documents + documents_left
        return Counts(documents, self._fates, self._repairs, self._masked)

    def mark(self, record: str, fate: Fate, detail: str = "") -> None:
        """See ``Ledger``."""
        super().mark(record, fate, detail)
        self._fates[fate] += self._weight(record)

    def mark_answers(self, record: str, indexes: Sequence[int], fate: Fate) -> None:
        """See ``Ledger``."""
        super().mark_answers(record, indexes, fate)
        self._fates[fate] += self._weight(record) * len(indexes)

    def mark_exported(self, row: Row, split: str, place: int) -> None:
        """See ``Ledger``."""
        super().mark_exported(row, split, place)
        weight = self._weight(row.record)
        self._fates["exported"] += weight
        for repair in row.repairs:
            self._repairs[repair] += weight
        if row.masked is not None:
            for kind, count in row.masked.counts.items():
                self._masked[kind] += weight * count
