"""The formats by name. The libraries of all but plain JSON lines are extras, loaded on use."""

import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Protocol

import orjson

from raise_finetune.dataset.formats.hashed import HashedFile
from raise_finetune.dataset.formats.lines import bounded_lines
from raise_finetune.dataset.prompts.profile import Feature
from raise_finetune.errors import BadInputError

Format = Literal["jsonl", "jsonl.zst", "parquet"]

# The module that a format needs, and the extra that brings it.
_NEEDED = {"jsonl.zst": ("zstandard", "zstd"), "parquet": ("pyarrow", "parquet")}


class RowWriter(Protocol):
    """Writes rows to a file, given as lines of JSON."""

    def write(self, lines: list[bytes]) -> None:
        """Take some rows."""
        ...

    def finish(self) -> None:
        """Write what is still held; the file itself stays open."""
        ...


def check_installed(formats: Iterable[Format]) -> None:
    """Raise ``BadInputError`` for a format whose library is missing."""
    for name in formats:
        module, extra = _NEEDED.get(name, ("", ""))
        if module and importlib.util.find_spec(module) is None:
            raise BadInputError("format_not_installed", format=name, package=module, extra=extra)


def open_rows(name: Format, file: HashedFile, columns: Mapping[str, Feature]) -> RowWriter:
    """Return what writes rows of these columns to a file in a format."""
    if name == "jsonl.zst":
        from raise_finetune.dataset.formats.zstd import ZstdLines

        return ZstdLines(file)
    if name == "parquet":
        from raise_finetune.dataset.formats.parquet import ParquetRows

        return ParquetRows(file, columns)
    return _Lines(file)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file that an export wrote, whatever its format.

    Raises ``BadInputError`` where the format's library is missing, ``OSError`` where the file
    cannot be read or is damaged, ``ValueError`` for a line that is not JSON.
    """
    if path.name.endswith(".parquet"):
        check_installed(["parquet"])
        from raise_finetune.dataset.formats.parquet import read_parquet

        yield from read_parquet(path)
    else:
        yield from map(orjson.loads, read_json_lines(path))


def read_json_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file of JSON lines, plain or compressed; raises as ``read_rows``."""
    if path.name.endswith(".jsonl.zst"):
        check_installed(["jsonl.zst"])
        from raise_finetune.dataset.formats.zstd import read_lines

        yield from read_lines(path)
    else:
        with path.open("rb") as file:
            yield from bounded_lines(file)


class _Lines:
    """Plain JSON lines."""

    def __init__(self, file: HashedFile) -> None:
        self._file = file

    def write(self, lines: list[bytes]) -> None:
        self._file.write(b"".join(lines))

    def finish(self) -> None:
        pass
