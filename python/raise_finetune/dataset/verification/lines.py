"""The lines: what every JSON-lines reader reads alike, and ``datasets`` types alike."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import orjson

from raise_finetune.dataset.prompts.profile import Feature
from raise_finetune.dataset.prompts.reading import RowValues
from raise_finetune.dataset.prompts.render import encode_line
from raise_finetune.dataset.verification.existing import lines_of
from raise_finetune.dataset.verification.result import Findings

Columns = Mapping[str, Feature]

_TYPES: Mapping[str, type] = {"string": str, "bool": bool, "int64": int, "float64": float}


def check_lines(
    path: Path, name: str, columns: Columns, findings: Findings
) -> Iterator[tuple[int, bytes, RowValues]]:
    """Check each line; yield number, line and row of those that hold a row.

    ``name`` is what findings call the file. A file that cannot be read is the files' own flaw.
    """
    try:
        for number, line in enumerate(lines_of(path)):
            findings.checked += 1
            row = _row(line, columns, findings, (name, number))
            if row is not None:
                yield number, line, row
    except OSError:
        return


def _row(
    line: bytes, columns: Columns, findings: Findings, place: tuple[str, int]
) -> RowValues | None:
    if not line.endswith(b"\n"):
        findings.add("no_final_newline", *place)
    try:
        row: object = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        findings.add("not_json", *place, detail=_column(line, error))
        return None
    if not isinstance(row, dict):
        findings.add("not_an_object", *place)
        return None
    row = cast("dict[str, object]", row)
    if list(row) != list(columns):
        findings.add("wrong_columns", *place, detail=", ".join(row))
        return None
    for column, feature in columns.items():
        if not _has_type(row[column], feature):
            findings.add("wrong_type", *place, detail=column)
            return None
    if line.endswith(b"\n") and encode_line(row) != line:
        # A raw U+2028, a carriage return, another spacing: not as any export writes it.
        findings.add("not_as_written", *place)
    return row


def _has_type(value: object, feature: Feature) -> bool:
    if isinstance(feature, str):
        return type(value) is _TYPES.get(feature, str)
    if not isinstance(value, list):
        return False
    types = {name: dtype for struct in feature for name, dtype in struct.items()}
    return all(
        isinstance(item, dict)
        and list(cast("dict[str, object]", item)) == list(types)
        and all(
            _has_type(cast("dict[str, object]", item)[name], dtype) for name, dtype in types.items()
        )
        for item in cast("list[object]", value)
    )


def _column(line: bytes, error: orjson.JSONDecodeError) -> int:
    """Return where the line is damaged: the parser's own words are English, and may hold text."""
    try:
        text = line.decode().removesuffix("\n")
    except UnicodeDecodeError as damage:  # for which the parser names the line's first place
        return damage.start + 1
    return min(error.pos, len(text)) + 1
