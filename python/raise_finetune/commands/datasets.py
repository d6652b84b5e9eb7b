"""Commands on finished datasets: is one still good, what differs, where does a row come from."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from raise_finetune.commands import history
from raise_finetune.commands.context import Context
from raise_finetune.commands.dataset_words import check_line, flaw_line, reason_lines, why_line
from raise_finetune.commands.history import PastExport, When
from raise_finetune.commands.models import LongRequest, Request, Response, WireModel
from raise_finetune.commands.progress import TaskProgress, describe
from raise_finetune.commands.registry import command
from raise_finetune.dataset.comparison import Changes, Comparison, compare_datasets
from raise_finetune.dataset.existing import Dataset, open_dataset
from raise_finetune.dataset.explanation import Explanation, explain_row
from raise_finetune.dataset.verification import Check, Verification, verify_dataset
from raise_finetune.errors import BadInputError


class VerifyRequest(LongRequest):
    """Which export of the list to check; ``rebuild`` also makes it again and compares."""

    when: When
    rebuild: bool = False


class CheckView(WireModel):
    """One check in words: how it went, and what is wrong."""

    check: Check
    line: str
    flaws: tuple[str, ...]


class VerifyResponse(Response):
    """The result of all checks."""

    dataset: str
    rows: int
    passed: bool
    checks: tuple[CheckView, ...]


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


@command("exports_verify", progress=TaskProgress, only_reads=True)
def exports_verify(request: VerifyRequest, context: Context) -> VerifyResponse:
    """Check a dataset that was exported here."""
    past = _past(request.when)
    made = verify_dataset(
        _open(past),
        rebuild_from=Path(past.root) if request.rebuild else None,
        progress=lambda progress: context.report(describe(progress)),
        cancel=context.cancelled,
    )
    return _verified(made, context)


@command("exports_compare")
def exports_compare(request: CompareRequest, context: Context) -> CompareResponse:
    """Say what two datasets that were exported here have different, and why."""
    comparison = compare_datasets(_open(_past(request.old)), _open(_past(request.new)))
    kinds = ("added", "removed", "changed", "moved")
    return CompareResponse(
        comparison=comparison,
        why={kind: _why(getattr(comparison, kind), context) for kind in kinds},
    )


@command("exports_explain_row")
def exports_explain_row(request: ExplainRequest, context: Context) -> ExplainResponse:
    """Say where a row of a dataset comes from, and why it is there."""
    past = _past(request.when)
    explanation = explain_row(_open(past), request.row, Path(past.root))
    return ExplainResponse(
        explanation=explanation, reasons=tuple(reason_lines(explanation, context.language))
    )


def _past(when: str) -> PastExport:
    past = next((each for each in history.past_exports() if each.when == when), None)
    if past is None:
        raise BadInputError("export_gone", path="?")
    return past


def _open(past: PastExport) -> Dataset:
    if not Path(past.report.output).exists():
        raise BadInputError("export_gone", path=past.report.output)
    return open_dataset(Path(past.report.output))


def _verified(made: Verification, context: Context) -> VerifyResponse:
    return VerifyResponse(
        dataset=made.dataset,
        rows=made.rows,
        passed=made.passed,
        checks=tuple(
            CheckView(
                check=check,
                line=check_line(check, context.language),
                flaws=tuple(flaw_line(flaw, context.language) for flaw in check.flaws),
            )
            for check in made.checks
        ),
    )


def _why(changes: Changes, context: Context) -> tuple[WhyView, ...]:
    return tuple(
        WhyView(why=why, line=why_line(why, context.language), rows=rows)
        for why, rows in changes.why.items()
    )
