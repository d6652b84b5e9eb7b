"""``ExportReport``: what an export read, kept and wrote."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.output import Target
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.version import __version__

_Key = TypeVar("_Key", bound=str)


class ReportModel(BaseModel):
    """A part of a report: snake_case in Python and on disk, camelCase over IPC."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    def to_json(self) -> bytes:
        """Return it as indented JSON, snake_case, with a last newline."""
        return orjson.dumps(
            self.model_dump(mode="json", by_alias=False),
            option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
        )


class WrittenFile(ReportModel):
    """One file of rows; ``path`` is relative to the dataset, ``bytes`` its size."""

    path: str
    split: str
    rows: int
    bytes: int
    sha256: str


class Problem(ReportModel):
    """A record that could not be used, by name, for the user to look at."""

    record: str
    fate: str
    detail: str


class Notice(ReportModel):
    """Something the user should know: the entry ``notice.<code>`` of the catalogues."""

    code: str
    params: dict[str, str]


class ExportReport(ReportModel):
    """The result of an export.

    ``fates`` counts every record once, so its values add up to ``records_read``. ``problems``
    names the first fifty records that something is wrong with; the ledger names all.
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
    fates: dict[str, int]
    repairs: dict[str, int]
    files: tuple[WrittenFile, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]


def make_report(
    target: Target,
    recipe: ExportRecipe,
    ledger: Ledger,
    files: Sequence[WrittenFile],
    notices: Sequence[Notice],
) -> ExportReport:
    """Return the report of a finished export, the commonest fates first."""
    return ExportReport(
        tool_version=__version__,
        output=str(target.path),
        kind=target.kind,
        profile=recipe.output.profile,
        seed=recipe.output.seed,
        documents_read=ledger.documents,
        records_read=ledger.read,
        rows=sum(file.rows for file in files),
        splits={file.split: file.rows for file in files},
        fates=dict(_by_count(ledger.fates)),
        repairs=dict(_by_count(ledger.repairs)),
        files=tuple(files),
        problems=tuple(
            Problem(record=record, fate=fate, detail=detail)
            for record, fate, detail in ledger.problems
        ),
        notices=tuple(notices),
    )


def _by_count(counts: Counter[_Key]) -> list[tuple[_Key, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
