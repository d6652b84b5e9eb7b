"""An export without its files: the very lines it would write, and what becomes of the rest."""

from contextlib import closing

from raise_finetune.dataset.browsing.tally import Counts, ExportPreview, Tally
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.report import name_problems
from raise_finetune.dataset.rows import rows_of
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.stage import make_sanitizer
from raise_finetune.dataset.second_core import open_second_core
from raise_finetune.dataset.tokens.meter import open_meter, watch
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.scratch import scratch_folder


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
    tally = Tally(sample_size)
    meter, notices = open_meter(resolve_profile(recipe.output.profile), recipe.tokens)
    with scratch_folder() as folder, open_second_core() as core:
        sanitizer = make_sanitizer(recipe.sanitize, known, core)
        pipeline = Pipeline(engine, recipe, folder, pulse, sanitizer)
        with closing(rows_of(pipeline, core, ledger)) as rows:
            tally.take(watch(rows, meter), ledger, pulse)
    ledger.prove()
    return tally.preview(
        Counts(ledger.documents, ledger.fates, ledger.repairs, ledger.masked),
        name_problems(ledger, sanitizer),
        [*notices, *missing_model(recipe)],
        tokens=meter.report() if meter is not None else None,
    )


def missing_model(recipe: ExportRecipe) -> list[Notice]:
    """Return the notice that no model was asked, where the recipe names one."""
    if recipe.sanitize.enabled and recipe.sanitize.ner_model:
        return [Notice(code="preview_without_model", params={})]
    return []


def find_example(engine: StorageEngine, recipe: ExportRecipe, record: str, pulse: Pulse) -> Example:
    """Return the example that a record becomes, masked; reads hardly further than that.

    Raises ``BadInputError`` where the recipe makes none of it.
    """
    sanitizer = make_sanitizer(recipe.sanitize)
    with scratch_folder() as folder:
        pipeline = Pipeline(engine, recipe, folder, pulse, sanitizer)
        for batch in pipeline.masked_examples(Ledger()):
            for example in batch:
                if example.record == record:
                    return example
    raise BadInputError("record_not_exported", record=record)
