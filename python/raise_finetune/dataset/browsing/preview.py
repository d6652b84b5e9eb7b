"""An export without its files: the very lines it would write, and what becomes of the rest."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import cast

import orjson

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example, Row
from raise_finetune.dataset.report import Notice, Problem, name_problems
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.own_list import gather_known_values
from raise_finetune.dataset.sanitize.stage import make_sanitizer
from raise_finetune.dataset.second_core import no_second_core, open_second_core
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.tokens.meter import open_meter, watch
from raise_finetune.dataset.tokens.report import TokenReport
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.scratch import scratch_folder

# Characters of a row; the last bar takes all that is longer.
LENGTH_EDGES = (0, 250, 500, 1000, 2000, 4000, 8000, 16000)


class PreviewRow(ReportModel):
    """One row as it would be written; ``line`` is the JSON of the file, without its end."""

    record: str
    split: str
    rating: float
    line: str


class LengthBar(ReportModel):
    """How many rows have at least ``at_least`` characters and fewer than the next bar."""

    at_least: int
    rows: int


class ExportPreview(ReportModel):
    """What an export would do.

    ``conversations`` and ``documentation`` count what the rows were made from; ``ratings`` counts
    the rows by rating, where "0" stands for none; ``masked`` the values masked in them by type.
    ``tokens`` is there when the recipe names a tokenizer.
    """

    documents_read: int
    records_read: int
    rows: int
    conversations: int
    documentation: int
    splits: dict[str, int]
    fates: dict[str, int]
    repairs: dict[str, int]
    masked: dict[str, int]
    ratings: dict[str, int]
    lengths: tuple[LengthBar, ...]
    sample: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    tokens: TokenReport | None


def preview_export(
    engine: StorageEngine,
    recipe: ExportRecipe,
    sample_size: int,
    pulse: Pulse,
    known: KnownValues | None = None,
) -> ExportPreview:
    """Run every stage but the writing; keep the first ``sample_size`` rows.

    A named-entity model is not asked: what it needs minutes for is no preview.
    ``known`` as for ``export_dataset``.
    """
    ledger = Ledger()
    known = gather_known_values() if known is None else known
    tally = _Tally(sample_size)
    meter, notices = open_meter(resolve_profile(recipe.output.profile), recipe.tokens)
    with scratch_folder() as folder, open_second_core() as core:
        sanitizer = make_sanitizer(recipe.sanitize, known, core)
        pipeline = Pipeline(engine, recipe, folder, pulse, sanitizer, core)
        tally.take(watch(pipeline.rows(ledger), meter), ledger, pulse)
    ledger.prove()
    if recipe.sanitize.enabled and recipe.sanitize.ner_model:
        notices.append(Notice(code="preview_without_model", params={}))
    return ExportPreview(
        documents_read=ledger.documents,
        records_read=ledger.read,
        rows=tally.splits.total(),
        conversations=len(tally.conversations),
        documentation=len(tally.documentation),
        splits=dict(tally.splits),
        fates=dict(ledger.fates.most_common()),
        repairs=dict(ledger.repairs.most_common()),
        masked=dict(ledger.masked.most_common()),
        ratings={f"{rating:g}": tally.ratings[rating] for rating in sorted(tally.ratings)},
        lengths=tuple(
            LengthBar(at_least=edge, rows=rows)
            for edge, rows in zip(LENGTH_EDGES, tally.lengths, strict=True)
        ),
        sample=tuple(tally.sample),
        problems=name_problems(ledger, sanitizer),
        notices=tuple(notices),
        tokens=meter.report() if meter is not None else None,
    )


class _Tally:
    def __init__(self, sample_size: int) -> None:
        self.splits: Counter[str] = Counter()
        self.ratings: Counter[float] = Counter()
        self.conversations: set[str] = set()
        self.documentation: set[str] = set()
        self.lengths = [0] * len(LENGTH_EDGES)
        self.sample: list[PreviewRow] = []
        self._sample_size = sample_size

    def take(
        self, batches: Iterator[list[tuple[Split, Row]]], ledger: Ledger, pulse: Pulse
    ) -> None:
        for batch in batches:
            for split, row in batch:
                ledger.mark_exported(row, split, self.splits[split])
                self.splits[split] += 1
                self.ratings[row.rating] += 1
                is_conversation = row.kind == "conversation"
                (self.conversations if is_conversation else self.documentation).add(row.group)
                self.lengths[bisect_right(LENGTH_EDGES, _length(orjson.loads(row.line))) - 1] += 1
                if len(self.sample) < self._sample_size:
                    self.sample.append(_preview_row(split, row))
            pulse.beat("writing", self.splits.total())


def _length(value: object) -> int:
    """Return how many characters a row's texts have, in whatever lists and objects they stand."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_length, cast("dict[str, object]", value).values()))
    return sum(map(_length, cast("list[object]", value))) if isinstance(value, list) else 0


def _preview_row(split: Split, row: Row) -> PreviewRow:
    line = row.line.decode().removesuffix("\n")
    return PreviewRow(record=row.record, split=split, rating=row.rating, line=line)


def find_example(engine: StorageEngine, recipe: ExportRecipe, record: str, pulse: Pulse) -> Example:
    """Return the example that a record becomes, masked; reads hardly further than that.

    Raises ``BadInputError`` where the recipe makes none of it.
    """
    sanitizer = make_sanitizer(recipe.sanitize, gather_known_values())
    with scratch_folder() as folder:
        pipeline = Pipeline(engine, recipe, folder, pulse, sanitizer, no_second_core())
        for batch in pipeline.masked_examples(Ledger()):
            for example in batch:
                if example.record == record:
                    return example
    raise BadInputError("record_not_exported", record=record)
