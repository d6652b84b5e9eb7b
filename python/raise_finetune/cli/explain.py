"""``raise-finetune explain``."""

from pathlib import Path

from raise_finetune.cli.console import labelled, print_json, print_text
from raise_finetune.cli.data_folder import known_data_folder_of
from raise_finetune.commands.dataset_words import reason_lines, rule_names
from raise_finetune.dataset.exports.explanation import Explanation, explain_row
from raise_finetune.dataset.record_names import answer_of
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.messages import text
from raise_finetune.storage.layout import printable

_SHOWN = 500  # characters of a message


def run(path: Path, row: str, root: Path | None, *, as_json: bool) -> None:
    """Explain a row and print what is known of it."""
    dataset = open_dataset(path)
    explanation = explain_row(dataset, row, known_data_folder_of(dataset.path, root))
    if as_json:
        print_json(explanation.to_json())
    else:
        _print(explanation)


def _print(row: Explanation) -> None:
    print_text(
        text("cli.explain.row", place=f"{row.split}:{row.row_index + 1}", dataset=row.dataset)
    )
    print_text(text("cli.explain.record", record=printable(row.record)))
    if row.origin not in (row.record, answer_of(row.record)[0]):
        print_text(text("cli.explain.origin", origin=printable(row.origin)))
    if row.source is not None:
        date = row.source.date[:10] or "—"
        print_text(text("cli.explain.source", title=printable(row.source.title), date=date))
    print_text(text("cli.explain.why"))
    for line in reason_lines(row):
        print_text(f"  - {line}")
    _print_masked(row)
    for key, value in row.notes.items():
        print_text(f"  - {labelled(key, printable(value))}")
    for message in row.messages:
        content = message.content
        shown = content if len(content) <= _SHOWN else f"{content[:_SHOWN]}…"
        print_text(f"\n[{text(f'role.{message.role}')}]\n{shown}")


def _print_masked(row: Explanation) -> None:
    if not row.masked:
        print_text(text("cli.explain.nothing_masked"))
        return
    print_text(text("cli.explain.masked"))
    for kind, count in row.masked.items():
        print_text(f"  - {labelled(kind, count)}")
    if row.rules:
        print_text(text("cli.explain.rules", rules=rule_names(row.rules)))
