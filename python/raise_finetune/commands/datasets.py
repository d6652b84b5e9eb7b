"""Commands on finished datasets: what differs, and where a row comes from."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from raise_finetune.commands import history
from raise_finetune.commands.context import Context
from raise_finetune.commands.dataset_words import reason_lines, why_line
from raise_finetune.commands.history import PastExport, When
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Request, Response, WireModel
from raise_finetune.dataset.exports.comparison import Changes, Comparison, compare_datasets
from raise_finetune.dataset.exports.explanation import Explanation, explain_row
from raise_finetune.dataset.verification.existing import Dataset, open_dataset


class CompareRequest(Request):
    """Two exports of the list, by their times."""

    old: When
    new: When


class WhyView(WireModel):
    """A reason, in words, and how many rows it holds for."""

    why: str
    line: str
    rows: int


class CompareResponse(Response):
    """What differs; ``why`` explains, for each kind of change, how many rows have which reason."""

    comparison: Comparison
    why: dict[str, tuple[WhyView, ...]]


class ExplainRequest(Request):
    """A row of an export of the list: ``train:12``, or a number that counts through all sides."""

    when: When
    row: Annotated[str, Field(min_length=1, max_length=100)]


class ExplainResponse(Response):
    """Where the row comes from; ``reasons`` say in words why it is there."""

    explanation: Explanation
    reasons: tuple[str, ...]


@command("exports_compare")
def exports_compare(request: CompareRequest, context: Context) -> CompareResponse:
    """Say what two datasets that were exported here have different, and why."""
    comparison = compare_datasets(
        open_export(history.find(request.old)), open_export(history.find(request.new))
    )
    return CompareResponse(
        comparison=comparison,
        why={kind: _why(changes, context) for kind, changes in comparison.by_kind().items()},
    )


@command("exports_explain_row")
def exports_explain_row(request: ExplainRequest, context: Context) -> ExplainResponse:
    """Say where a row of a dataset comes from, and why it is there."""
    past = history.find(request.when)
    explanation = explain_row(open_export(past), request.row, Path(past.root))
    return ExplainResponse(
        explanation=explanation, reasons=tuple(reason_lines(explanation, context.language))
    )


def open_export(past: PastExport) -> Dataset:
    """Open its dataset; raises ``BadInputError`` where it is gone."""
    return open_dataset(history.dataset_of(past))


def _why(changes: Changes, context: Context) -> tuple[WhyView, ...]:
    return tuple(
        WhyView(why=why, line=why_line(why, context.language), rows=rows)
        for why, rows in changes.why.items()
    )
