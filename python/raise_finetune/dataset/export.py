"""The export, from the first document to the finished dataset: read it top to bottom."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from raise_finetune.dataset.dedup import Deduplication, Showcase
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.output import (
    LEDGER_FILE,
    SIDE_FOLDER,
    Target,
    check_replaceable,
    resolve_target,
)
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.prompts.control import neutralise
from raise_finetune.dataset.prompts.render import render
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example, Row
from raise_finetune.dataset.report import ExportReport, make_report
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.own_list import gather_known_values
from raise_finetune.dataset.sanitize.stage import open_sanitizer, sanitize
from raise_finetune.dataset.second_core import SecondCore, open_second_core
from raise_finetune.dataset.selection.preferences import prefer
from raise_finetune.dataset.selection.quality import check_quality
from raise_finetune.dataset.selection.select import select
from raise_finetune.dataset.sources.forgotten import leave_out_forgotten, load_forgotten
from raise_finetune.dataset.sources.interpret import interpret
from raise_finetune.dataset.sources.overlay import apply_ratings, load_ratings
from raise_finetune.dataset.sources.ratings import rating_reader
from raise_finetune.dataset.sources.reading import read_sources
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.tokens.meter import open_meter, watch
from raise_finetune.dataset.writing.known import remember_dataset
from raise_finetune.dataset.writing.notices import collect_notices
from raise_finetune.dataset.writing.side_files import (
    STAGED_LEDGER,
    keep_side_files,
    write_side_files,
)
from raise_finetune.dataset.writing.staging import make_room, publish, staging_folder
from raise_finetune.dataset.writing.streams import (
    check_formats,
    control_strings_of,
    layouts_of,
    profiles_of,
    streams_of,
)
from raise_finetune.dataset.writing.unfinished import noted
from raise_finetune.dataset.writing.writer import write_rows
from raise_finetune.errors import BadInputError, RaiseError
from raise_finetune.paths import domain_root
from raise_finetune.storage.atomic import as_raise_error
from raise_finetune.storage.engine import StorageEngine

if TYPE_CHECKING:
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer


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
    known = gather_known_values() if known is None else known
    options = recipe.sanitize
    try:
        with ExitStack() as opened:
            core = opened.enter_context(open_second_core())
            sanitizer = None
            if options.enabled:
                sanitizer = opened.enter_context(open_sanitizer(options, known, core, pulse))
            staging = opened.enter_context(staging_folder(target.path))
            opened.enter_context(noted(engine.root, target, recipe, state))
            report = _export(
                engine,
                recipe,
                sanitizer,
                core,
                target,
                staging,
                pulse,
                state,
                allow_empty=allow_empty,
            )
    except OSError as error:
        raise as_raise_error(error, target.path) from error
    with suppress(OSError, RaiseError):  # the dataset is there, whether we remember it or not
        remember_dataset(engine.root, report, state)
    return report


def _export(
    engine: StorageEngine,
    recipe: ExportRecipe,
    sanitizer: "Sanitizer | None",
    core: SecondCore,
    target: Target,
    staging: Path,
    pulse: Pulse,
    state: Path | None,
    *,
    allow_empty: bool,
) -> ExportReport:
    check_formats(recipe.output, target)
    meter, notices = open_meter(resolve_profile(recipe.output.profile), recipe.tokens)
    made = make_room(staging, target)
    with _open_ledger(target, made, staging) as ledger:
        rows = run_stages(engine, recipe, sanitizer, core, staging, ledger, pulse)
        files = write_rows(
            watch(rows, meter),
            made,
            target.kind,
            ledger,
            pulse,
            streams=streams_of(recipe.output),
            shard_bytes=recipe.output.shard_megabytes * 1_000_000,
        )
        ledger.flush()
        ledger.prove()
    notices += collect_notices(engine, recipe, target, files, ledger)
    tokens = meter.report() if meter is not None else None
    report = make_report(target, recipe, ledger, files, notices, sanitizer, tokens)
    if report.rows == 0 and not allow_empty:
        if recipe.output.task == "dpo":
            raise BadInputError("nothing_to_compare", read=report.records_read)
        if report.records_read == 0:
            raise BadInputError("no_records", root=engine.root)
        raise BadInputError("nothing_to_export", root=engine.root, read=report.records_read)
    if target.kind == "folder":
        write_side_files(made, recipe, report, ledger, sanitizer)
    else:
        staged = staging / STAGED_LEDGER
        report = keep_side_files(staged, recipe, report, ledger, sanitizer, state)
    if sanitizer is not None:
        from raise_finetune.dataset.writing.proof import prove_masked

        prove_masked(made, target.kind, files, sanitizer, profiles_of(recipe.output), pulse)
    check_replaceable(target)  # again: somebody may have put something there meanwhile
    publish(made, target)
    return report


def run_stages(
    engine: StorageEngine,
    recipe: ExportRecipe,
    sanitizer: "Sanitizer | None",
    core: SecondCore,
    folder: Path,
    ledger: Ledger,
    pulse: Pulse,
    showcase: Showcase | None = None,
) -> Iterator[list[tuple[Split, Row]]]:
    """Chain the stages, each of which takes the batches of the one before it.

    Nothing runs until the result is asked for; ``folder`` holds what has to wait on disk.
    ``showcase`` takes some of the near-duplicates to be looked at.
    """
    examples = finish_examples(engine, recipe, sanitizer, folder, ledger, pulse)
    duplicates = Deduplication(recipe, folder, core)
    keep_messages = showcase is not None or bool(recipe.tokens.tokenizer)
    rows = render(
        duplicates.watch(examples), layouts_of(recipe.output), keep_messages=keep_messages
    )
    return duplicates.drop(rows, ledger, pulse, showcase)


def finish_examples(
    engine: StorageEngine,
    recipe: ExportRecipe,
    sanitizer: "Sanitizer | None",
    folder: Path,
    ledger: Ledger,
    pulse: Pulse,
) -> Iterator[list[Example]]:
    """Chain the stages up to the examples as they leave: harmless to a tokenizer, and masked."""
    harmless = read_examples(engine, recipe, folder, ledger, pulse)
    return sanitize(harmless, sanitizer, recipe.sanitize, ledger, pulse)


def read_examples(
    engine: StorageEngine, recipe: ExportRecipe, folder: Path, ledger: Ledger, pulse: Pulse
) -> Iterator[list[Example]]:
    """Chain the stages up to the examples as people wrote them, but for typed control tokens.

    Those go first, so that what is masked is what the rows hold, character for character.
    """
    whole = recipe.examples.unit == "conversation"
    read_rating = rating_reader(recipe.rating.paths, recipe.rating.thumbs_paths)
    documents = read_sources(engine, recipe.source, pulse)
    items = interpret(documents, read_rating, ledger, whole=whole)
    given, forgotten = load_ratings(engine), load_forgotten(engine, ledger)
    rated = apply_ratings(
        items, given, forgotten, engine, recipe.source, read_rating, ledger, whole=whole
    )
    wanted = leave_out_forgotten(rated, forgotten, ledger, whole=whole)
    selected = select(wanted, read_rating, recipe, ledger)
    preferred = prefer(selected, recipe, folder, ledger)
    worthy = check_quality(preferred, recipe, ledger)
    strings = control_strings_of(recipe.output)
    return neutralise(worthy, strings, recipe.output.control_tokens, ledger)


@contextmanager
def _open_ledger(target: Target, made: Path, staging: Path) -> Generator[Ledger]:
    """Yield the ledger, which is written in the dataset folder; one file has no room for it."""
    path = staging / STAGED_LEDGER
    if target.kind == "folder":
        (made / SIDE_FOLDER).mkdir(parents=True)
        path = made / LEDGER_FILE
    with path.open("wb") as file:
        yield Ledger(file)
