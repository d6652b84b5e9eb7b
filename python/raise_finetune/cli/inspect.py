"""``raise-finetune inspect``."""

from pathlib import Path

from rich.table import Table

from raise_finetune.cli.console import (
    print_json,
    print_problem,
    print_table,
    print_text,
    progress_bar,
)
from raise_finetune.cli.data_folder import open_data_folder
from raise_finetune.dataset.browsing.inspection import DomainSummary, inspect_domain
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.messages import text
from raise_finetune.storage.layout import printable


def show(root: Path | None, *, as_json: bool) -> None:
    """Print what lies in the domain."""
    with progress_bar(shown=not as_json) as report:
        summary = inspect_domain(open_data_folder(root), ExportRecipe(), Pulse(report))
    if as_json:
        print_json(summary.to_json())
    else:
        _print(summary)


def _print(summary: DomainSummary) -> None:
    if not summary.folders:
        print_text(text("cli.inspect.nothing", root=_absolute(summary)))
    else:
        _print_folders(summary)
    for transaction in summary.leftover_transactions:
        print_text(text("cli.inspect.leftover", transaction=printable(transaction)))
    if summary.left_out_folders:
        folders = ", ".join(map(printable, summary.left_out_folders))
        print_text(text("notice.folders_left_out", folders=folders))
    for problem in summary.problems:
        print_problem(problem.record, problem.fate, problem.detail)


def _absolute(summary: DomainSummary) -> str:
    """Return where the data folder is: a lone "." before a full stop says nothing."""
    return printable(str(Path(summary.root).absolute()))


def _print_folders(summary: DomainSummary) -> None:
    table = Table(title=text("cli.inspect.title", root=_absolute(summary)), title_justify="left")
    table.add_column(text("cli.inspect.folder"), overflow="fold")
    for key in ("documents", "answers", "rated"):
        table.add_column(text(f"cli.inspect.{key}"), justify="right")
    table.add_column(text("cli.inspect.kinds"), overflow="fold")
    for folder in summary.folders:
        kinds = [f"{text(f'kind.{kind}')} {count}" for kind, count in folder.kinds.items()]
        counts = (folder.documents, folder.answers, folder.rated_answers)
        table.add_row(printable(folder.name), *(str(count) for count in counts), ", ".join(kinds))
    print_table(table)
    stars = ", ".join(f"{rating}★ {count}" for rating, count in summary.ratings.items())
    print_text(text("cli.inspect.ratings", ratings=stars or "—", given_here=summary.given_here))
