"""``raise-finetune diff``."""

from pathlib import Path

from raise_finetune.cli.console import print_json, print_text
from raise_finetune.commands.dataset_words import why_line
from raise_finetune.dataset.exports.comparison import (
    ChangedRow,
    Changes,
    Comparison,
    compare_datasets,
)
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.messages import text
from raise_finetune.storage.layout import printable

_SHOWN = 10


def run(old: Path, new: Path, *, as_json: bool) -> None:
    """Compare and print what differs."""
    comparison = compare_datasets(open_dataset(old), open_dataset(new))
    if as_json:
        print_json(comparison.to_json())
    else:
        _print(comparison)


def _print(comparison: Comparison) -> None:
    print_text(text("cli.diff.title", old=comparison.old, new=comparison.new))
    for change in comparison.recipe:
        print_text(text("cli.diff.recipe", key=change.key, old=change.old, new=change.new))
    old_version, new_version = comparison.tool_versions
    if old_version != new_version:
        print_text(text("cli.diff.tool", old=old_version, new=new_version))
    print_text(
        text("cli.diff.input_changed" if comparison.input_changed else "cli.diff.input_same")
    )
    if not comparison.sides_compared:
        print_text(text("cli.diff.no_sides"))
    for kind, changes in comparison.by_kind().items():
        _print_changes(kind, changes)
    print_text(text("cli.diff.unchanged", rows=comparison.unchanged))


def _print_changes(kind: str, changes: Changes) -> None:
    if not changes.count:
        return
    print_text(text(f"cli.diff.{kind}", rows=changes.count))
    for why, rows in changes.why.items():
        print_text(text("cli.diff.why", why=_why(kind, why), rows=rows))
    for row in changes.rows[:_SHOWN]:
        print_text(f"    {_shown(kind, row)}")
    if changes.count > _SHOWN:
        print_text(f"    {text('cli.diff.more', rows=changes.count - _SHOWN)}")


def _why(kind: str, why: str) -> str:
    """Say of an added row what its record was before."""
    was = kind == "added" and why != "not_there_before"
    return text("cli.diff.was", why=why_line(why)) if was else why_line(why)


def _shown(kind: str, row: ChangedRow) -> str:
    why = _why(kind, row.why) + (f" ({printable(row.detail)})" if row.detail else "")
    return text("cli.diff.row", place=row.place, record=printable(row.record), why=why)
