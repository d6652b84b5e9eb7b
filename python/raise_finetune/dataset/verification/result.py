"""What a verification says: its checks, and what is wrong."""

from typing import Literal

from raise_finetune.dataset.report_model import ReportModel

NAMED_FLAWS = 20

CheckName = Literal[
    "manifest",
    "files",
    "ledger",
    "lines",
    "template",
    "control_tokens",
    "leaks",
    "sensitive",
    "rebuild",
]
Status = Literal["passed", "failed", "skipped"]


class Flaw(ReportModel):
    """One thing that is wrong: the entry ``flaw.<code>`` of the catalogues.

    ``file`` is a path within the dataset, ``row_index`` counts from 0 in it and is None where the
    flaw is not a row's. ``detail`` is a name, a key or a number, never a text of the dataset.
    """

    code: str
    file: str = ""
    row_index: int | None = None
    detail: str = ""


class Check(ReportModel):
    """One check: ``flaws`` are the first ones of ``flaw_count``, ``reason`` why it was skipped."""

    name: CheckName
    status: Status
    checked: int
    flaw_count: int
    flaws: tuple[Flaw, ...]
    reason: str = ""


class Verification(ReportModel):
    """The result of all checks, in the order they were made."""

    dataset: str
    rows: int
    passed: bool
    checks: tuple[Check, ...]


class Findings:
    """Collects what one check finds."""

    def __init__(self, name: CheckName) -> None:
        self.name: CheckName = name
        self.checked = 0
        self._count = 0
        self._flaws: list[Flaw] = []
        self._skipped = ""

    def add(self, code: str, file: str = "", row: int | None = None, detail: object = "") -> None:
        """Note a flaw; the row counts from 0."""
        self._count += 1
        if len(self._flaws) < NAMED_FLAWS:
            self._flaws.append(Flaw(code=code, file=file, row_index=row, detail=str(detail)))

    def skip(self, reason: str) -> None:
        """Say why the check cannot be made: the entry ``skipped.<reason>`` of the catalogues."""
        self._skipped = reason

    def check(self) -> Check:
        """Return the result."""
        status: Status = "skipped" if self._skipped else "passed"
        return Check(
            name=self.name,
            status="failed" if self._count else status,
            checked=self.checked,
            flaw_count=self._count,
            flaws=tuple(self._flaws),
            reason="" if self._count else self._skipped,
        )
