"""The export: runs the pipeline, writes its rows aside, proves them, and publishes the dataset."""

import os
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.output import (
    LEDGER_FILE,
    SIDE_FOLDER,
    Target,
    check_replaceable,
    resolve_target,
)
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport, make_report
from raise_finetune.dataset.rows import rows_of
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.stage import open_sanitizer
from raise_finetune.dataset.second_core import SecondCore, open_second_core
from raise_finetune.dataset.sources.wanted import missing_collections
from raise_finetune.dataset.tokens.meter import open_meter, watch
from raise_finetune.dataset.writing.notices import collect_notices
from raise_finetune.dataset.writing.remembered import remember_dataset
from raise_finetune.dataset.writing.side_files import (
    STAGED_LEDGER,
    keep_side_files,
    write_side_files,
)
from raise_finetune.dataset.writing.staging import empty, make_room, publish, staging_folder
from raise_finetune.dataset.writing.streams import (
    check_formats,
    profiles_of,
    streams_of,
)
from raise_finetune.dataset.writing.unfinished import noted
from raise_finetune.dataset.writing.writer import write_rows
from raise_finetune.errors import BadInputError, RaiseError, SensitiveDataLeftError
from raise_finetune.paths import domain_root
from raise_finetune.storage.atomic import as_raise_error
from raise_finetune.storage.engine import StorageEngine


def internal_export_process(output_path: str | os.PathLike[str]) -> ExportReport:
    """Export the user's domain with the default recipe; see ``export_dataset``."""
    return export_dataset(ExportRecipe(), output_path)


def export_dataset(
    recipe: ExportRecipe,
    output_path: str | os.PathLike[str],
    *,
    root: str | os.PathLike[str] | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    allow_empty: bool = False,
    known: KnownValues | None = None,
    state: Path | None = None,
) -> ExportReport:
    """Write a dataset to ``output_path`` and return what was read, kept and written.

    A path that ends in ``.jsonl`` becomes that one file, any other a dataset folder. ``root`` is
    the domain, by default the user's. ``cancel`` is asked between batches. ``known`` are values to
    mask besides what the rules find, by default this machine's and the user's own list. ``state``
    is where the export is noted and remembered, by default in the user's state. Until the export
    has succeeded, whatever stands at the target stays as it is.

    Raises ``BadInputError`` for what the user can mend (also an export without rows, unless
    ``allow_empty``), ``FailedError`` for what the machine refuses, ``CancelledError``.
    """
    engine = StorageEngine(Path(root or domain_root()))
    target = resolve_target(output_path, engine.root.resolve())
    pulse = Pulse(progress, cancel)
    options = recipe.sanitize
    try:
        with ExitStack() as opened:
            core = opened.enter_context(open_second_core())
            sanitizer = None
            if options.enabled:
                sanitizer = opened.enter_context(open_sanitizer(options, known, core, pulse))
            staging = opened.enter_context(staging_folder(target.path))
            opened.enter_context(noted(engine.root, target, recipe, state))
            pipeline = Pipeline(engine, recipe, staging, pulse, sanitizer)
            report = _export(pipeline, core, target, state, allow_empty=allow_empty)
    except OSError as error:
        raise as_raise_error(error, target.path) from error
    with suppress(OSError, RaiseError):  # the dataset is there, whether we remember it or not
        remember_dataset(engine.root, report, state)
    return report


def _export(
    pipeline: Pipeline, core: SecondCore, target: Target, state: Path | None, *, allow_empty: bool
) -> ExportReport:
    """Export; where masking has uncovered something, from the start and more thoroughly."""
    try:
        return _export_once(pipeline, core, target, state, allow_empty=allow_empty)
    except SensitiveDataLeftError:
        if pipeline.sanitizer is None:
            raise
    empty(pipeline.folder)
    thorough = replace(pipeline, sanitizer=pipeline.sanitizer.thorough())
    return _export_once(thorough, core, target, state, allow_empty=allow_empty)


def _export_once(
    pipeline: Pipeline, core: SecondCore, target: Target, state: Path | None, *, allow_empty: bool
) -> ExportReport:
    recipe, staging, sanitizer = pipeline.recipe, pipeline.folder, pipeline.sanitizer
    check_formats(recipe.output, target)
    meter, notices = open_meter(resolve_profile(recipe.output.profile), recipe.tokens)
    made = make_room(staging, target)
    with (
        _open_ledger(target, made, staging) as ledger,
        closing(rows_of(pipeline, core, ledger)) as rows,
    ):
        files = write_rows(
            watch(rows, meter),
            made,
            target.kind,
            ledger,
            pipeline.pulse,
            streams=streams_of(recipe.output),
            shard_bytes=recipe.output.shard_megabytes * 1_000_000,
        )
        ledger.flush()
        ledger.prove()
    notices += collect_notices(pipeline.engine, recipe, target, files, ledger)
    if sanitizer is not None and sanitizer.is_thorough:
        notices.append(Notice(code="masked_twice", params={}))
    tokens = meter.report() if meter is not None else None
    report = make_report(target, recipe, ledger, files, notices, sanitizer, tokens)
    if report.rows == 0 and not allow_empty:
        raise _nothing_exported(pipeline, report.records_read)
    if sanitizer is not None:
        from raise_finetune.dataset.writing.proof import prove_masked

        profiles = profiles_of(recipe.output)
        prove_masked(made, target.kind, files, sanitizer, profiles, pipeline.pulse)
    if target.kind == "folder":
        write_side_files(made, recipe, report, ledger, sanitizer)
    else:
        staged = staging / STAGED_LEDGER
        report = keep_side_files(staged, recipe, report, ledger, sanitizer, state)
    check_replaceable(target)  # again: somebody may have put something there meanwhile
    publish(made, target)
    return report


def _nothing_exported(pipeline: Pipeline, read: int) -> BadInputError:
    if pipeline.recipe.output.task == "dpo":
        return BadInputError("nothing_to_compare", read=read)
    if read == 0:
        missing, known = missing_collections(pipeline.engine, pipeline.recipe.source)
        if missing:
            return BadInputError("collections_unknown", names=", ".join(missing), known=known)
        return BadInputError("no_records", root=pipeline.engine.root)
    return BadInputError("nothing_to_export", root=pipeline.engine.root, read=read)


@contextmanager
def _open_ledger(target: Target, made: Path, staging: Path) -> Generator[Ledger]:
    """Yield the ledger, which is written in the dataset folder; one file has no room for it."""
    path = staging / STAGED_LEDGER
    if target.kind == "folder":
        (made / SIDE_FOLDER).mkdir(parents=True)
        path = made / LEDGER_FILE
    with path.open("wb") as file:
        yield Ledger(file)
