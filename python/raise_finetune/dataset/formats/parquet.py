"""Parquet, with the types that the profile declares: nothing is guessed from the values."""

import errno
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from raise_finetune.dataset.formats.hashed import HashedFile
from raise_finetune.dataset.prompts.profile import Feature

# The package comes without types.
_arrow = cast("Any", pa)
_parquet = cast("Any", pq)

# Rows and bytes of JSON to a row group: enough to compress well, little enough to hold.
_GROUP_ROWS = 10_000
_GROUP_BYTES = 32_000_000
# What a file holds packed may be a thousand times as much.
_ROWS_AT_ONCE = 1000

_TYPES = {"string": _arrow.string(), "bool": _arrow.bool_()}


class ParquetRows:
    """Writes rows to a Parquet file, a row group at a time."""

    def __init__(self, file: HashedFile, columns: Mapping[str, Feature]) -> None:
        self._schema = _arrow.schema([(name, _type(feature)) for name, feature in columns.items()])
        self._writer = _parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._lines: list[bytes] = []
        self._bytes = 0

    def write(self, lines: list[bytes]) -> None:
        """See ``RowWriter``."""
        self._lines += lines
        self._bytes += sum(map(len, lines))
        if len(self._lines) >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
            self._write_group()

    def finish(self) -> None:
        """See ``RowWriter``."""
        if self._lines:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        rows = [orjson.loads(line) for line in self._lines]
        self._writer.write_table(_arrow.Table.from_pylist(rows, schema=self._schema))
        self._lines, self._bytes = [], 0


def read_parquet(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file; raise ``OSError``, also for a damaged one."""
    try:
        with _parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                yield from cast("list[dict[str, Any]]", batch.to_pylist())
    except (_arrow.ArrowException, UnicodeDecodeError) as error:
        raise OSError(errno.EBADMSG, str(error)) from error


def _type(feature: Feature) -> object:
    """Return the Arrow type of a column."""
    if isinstance(feature, str):
        return _TYPES[feature]
    fields = [(name, _TYPES[dtype]) for struct in feature for name, dtype in struct.items()]
    return _arrow.list_(_arrow.struct(fields))
