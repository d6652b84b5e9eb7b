"""``ExportReport``: what an export read, kept and wrote."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

import orjson

from raise_finetune.dataset.formats import Format
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.output import DEFAULT_CONFIG, Target
from raise_finetune.dataset.prompts.resolve import name_without_folders
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.split import WHOLE
from raise_finetune.dataset.tokens.report import TokenReport
from raise_finetune.version import __version__

if TYPE_CHECKING:
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

_Key = TypeVar("_Key", bound=str)


class WrittenFile(ReportModel):
    """One file of rows; ``path`` is relative to the dataset, ``bytes`` its size.

    ``config`` is the name under which ``datasets`` loads it: the recipe's own profile is the
    default one.
    """

    path: str
    split: str
    rows: int
    bytes: int
    sha256: str
    config: str = DEFAULT_CONFIG
    format: Format = "jsonl"


class Problem(ReportModel):
    """A record that could not be used, by name, for the user to look at."""

    record: str
    fate: str
    detail: str


class BothSides(ReportModel):
    """What stands on more than one side of the split, counted in the rows that were written.

    ``near_duplicates`` counts pairs of rows, where near-duplicates were looked for.
    """

    conversations: int
    near_duplicates: int


class StratumRows(ReportModel):
    """The rows of one collection and language, by side.

    ``source`` is ``space/database/collection``, or ``chats``. ``language`` is empty where a record
    names none and the recipe does not ask for it.
    """

    source: str
    language: str
    rows: dict[str, int]


class ExportReport(ReportModel):
    """The result of an export.

    ``fates`` counts every record once, so its values add up to ``records_read``. ``problems``
    names the first fifty records that something is wrong with; the ledger names all. ``masked``
    counts the sensitive values that were masked in the rows, by type; ``sanitized`` tells whether
    they were looked for at all. ``tokens`` is there when the recipe names a tokenizer.
    """

    tool_version: str
    output: str
    kind: Literal["file", "folder"]
    profile: str
    seed: int
    documents_read: int
    records_read: int
    rows: int
    splits: dict[str, int]
    strata: tuple[StratumRows, ...] = ()  # reports of the first versions have none
    both_sides: BothSides
    fates: dict[str, int]
    repairs: dict[str, int]
    sanitized: bool
    masked: dict[str, int]
    files: tuple[WrittenFile, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    tokens: TokenReport | None = None


def make_report(
    target: Target,
    recipe: ExportRecipe,
    ledger: Ledger,
    files: Sequence[WrittenFile],
    notices: Sequence[Notice],
    sanitizer: "Sanitizer | None",
    tokens: TokenReport | None = None,
) -> ExportReport:
    """Return the report of a finished export, the commonest fates first."""
    sides = rows_by_split(recipe, files)
    return ExportReport(
        tool_version=__version__,
        output=str(target.path),
        kind=target.kind,
        profile=name_without_folders(recipe.output.profile),
        seed=recipe.output.seed,
        documents_read=ledger.documents,
        records_read=ledger.read,
        rows=sum(sides.values()),
        splits=sides,
        strata=_strata(ledger, target),
        both_sides=BothSides(**ledger.both_sides._asdict()),
        fates=dict(_by_count(ledger.fates)),
        repairs=dict(_by_count(ledger.repairs)),
        sanitized=recipe.sanitize.enabled,
        masked=dict(_by_count(ledger.masked)),
        files=tuple(files),
        problems=name_problems(ledger, sanitizer),
        notices=tuple(notices),
        tokens=tokens,
    )


def _strata(ledger: Ledger, target: Target) -> tuple[StratumRows, ...]:
    return tuple(
        StratumRows(
            source=source,
            language=language,
            rows={WHOLE: sum(rows.values())} if target.kind == "file" else dict(rows),
        )
        for (source, language), rows in ledger.strata.items()
    )


def loader_line(report: ExportReport) -> str:
    """Return the Python that loads the dataset, for a user to copy."""
    place = orjson.dumps(report.output).decode()  # quoted as Python reads it, whatever it holds
    if report.kind == "file":
        return f'load_dataset("json", data_files={place})'
    return f"load_dataset({place})"


def name_problems(ledger: Ledger, sanitizer: "Sanitizer | None") -> tuple[Problem, ...]:
    """Return the records that something is wrong with; what is quoted of them is masked."""
    details = [detail for _, _, detail in ledger.problems]
    if sanitizer is not None:
        details = [group.texts[0] for group in sanitizer.sanitize([[text] for text in details])]
    return tuple(
        Problem(record=record, fate=fate, detail=detail)
        for (record, fate, _), detail in zip(ledger.problems, details, strict=True)
    )


def rows_by_split(recipe: ExportRecipe, files: Sequence[WrittenFile]) -> dict[str, int]:
    """Return how many rows each side has, however often and in however many files."""
    sides: Counter[str] = Counter()
    for file in files:
        if (file.config, file.format) == (DEFAULT_CONFIG, recipe.output.formats[0]):
            sides[file.split] += file.rows
    return dict(sides)


def _by_count(counts: Counter[_Key]) -> list[tuple[_Key, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
