"""``raise-finetune export``."""

from collections.abc import Iterator
from pathlib import Path

from rich.table import Table

from raise_finetune.cli.console import (
    grouped,
    labelled,
    on_one_line,
    print_json,
    print_problem,
    print_table,
    print_text,
    print_warning,
    progress_bar,
)
from raise_finetune.cli.interrupts import cancelled_by_signals
from raise_finetune.cli.refused_options import named_by_option
from raise_finetune.cli.tokens import print_tokens
from raise_finetune.commands.data_folder import data_root
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import read_recipe, recipe_from
from raise_finetune.dataset.report import ExportReport, loader_line
from raise_finetune.dataset.section import Changes, changed_values
from raise_finetune.errors import said_by_system
from raise_finetune.messages import text

_OPTIONS = {
    "rating.minimum": "--min-rating",
    "output.task": "--task",
    "output.profile": "--profile",
    "output.also_profiles": "--also-profile",
    "output.formats": "--format",
    "output.shard_megabytes": "--shard-megabytes",
    "output.val_fraction": "--val-fraction",
    "output.test_fraction": "--test-fraction",
    "output.seed": "--seed",
    "tokens.tokenizer": "--tokenizer",
    "tokens.max_length": "--max-length",
}


def run(
    output: Path,
    root: Path | None,
    recipe_path: Path | None,
    changes: Changes,
    *,
    allow_empty: bool,
    as_json: bool,
) -> None:
    """Export and print the report; an option that was given wins over the recipe's key."""
    recipe = _changed(read_recipe(recipe_path) if recipe_path else ExportRecipe(), changes)
    for warning in _without_effect(recipe, changes, output):
        print_warning(warning)
    with progress_bar(shown=not as_json) as report_progress, cancelled_by_signals() as cancelled:
        report = export_dataset(
            recipe,
            output,
            root=root or data_root(),
            progress=report_progress,
            cancel=cancelled,
            allow_empty=allow_empty,
        )
    if as_json:
        print_json(report.to_json())
    else:
        _print(report, with_strata=bool(recipe.output.stratify))


def _changed(recipe: ExportRecipe, changes: Changes) -> ExportRecipe:
    with named_by_option("export", _OPTIONS, changes):
        return recipe_from(changed_values(recipe, changes), text("cli.export.options"))


def _without_effect(recipe: ExportRecipe, changes: Changes, output: Path) -> Iterator[str]:
    """Yield what to say of options that were given and change nothing here."""
    tokens = {"max_length": "--max-length", "counting": "--count-all-tokens"}
    for key, option in tokens.items():
        if changes["tokens"][key] is not None and not recipe.tokens.tokenizer:
            yield text("cli.export.needs_tokenizer", option=option)
    for key in ("val_fraction", "test_fraction"):
        if changes["output"][key] and output.name.endswith(".jsonl"):
            yield text("cli.export.no_sides", option=_OPTIONS[f"output.{key}"])


def _print(report: ExportReport, *, with_strata: bool) -> None:
    _print_fates(report)
    for problem in report.problems:
        print_problem(problem.record, problem.fate, problem.detail)
    for notice in report.notices:
        told = {name: said_by_system(on_one_line(value)) for name, value in notice.params.items()}
        print_text(text(f"notice.{notice.code}", None, **told))
    if report.tokens is not None:
        print_tokens(report.tokens)
    _print_files(report)
    if len(report.splits) > 1:
        _print_sides(report, with_strata=with_strata)
    print_text(text("cli.export.load", loader=loader_line(report)))


def _print_fates(report: ExportReport) -> None:
    """Print what became of the records, and what was changed in those that were kept."""
    print_text(text("cli.export.read", documents=report.documents_read, read=report.records_read))
    table = Table(show_header=False, box=None)
    table.add_column()
    table.add_column(justify="right")
    for fate, count in report.fates.items():
        table.add_row(text(f"fate.{fate}"), str(count))
    print_table(table)
    for repair, count in report.repairs.items():
        print_text(f"  {labelled(text(f'repair.{repair}'), count)}")
    if report.masked:
        masked = ", ".join(f"{text(f'sensitive.{k}')} {n}" for k, n in report.masked.items())
        print_text(text("cli.export.masked", masked=masked))


def _print_files(report: ExportReport) -> None:
    print_text(text("cli.export.done", rows=report.rows, output=report.output))
    for file in report.files:
        path = report.output if report.kind == "file" else file.path
        sizes = {"rows": file.rows, "bytes": file.bytes, "size": grouped(file.bytes)}
        print_text(text("cli.export.file", path=path, **sizes))


def _print_sides(report: ExportReport, *, with_strata: bool) -> None:
    """Print that nothing is on two sides, and for who asked for it the rows of each stratum."""
    if with_strata:
        table = Table(box=None)
        table.add_column()
        table.add_column()
        for split in report.splits:
            table.add_column(split, justify="right")
        for stratum in report.strata:
            counts = [str(stratum.rows.get(split, 0)) for split in report.splits]
            table.add_row(on_one_line(stratum.source), stratum.language, *counts)
        print_text(text("cli.export.strata"))
        print_table(table)
    sides = report.both_sides
    print_text(
        text(
            "cli.export.both_sides",
            conversations=sides.conversations,
            near_duplicates=sides.near_duplicates,
        )
    )
