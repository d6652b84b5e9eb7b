"""JSON lines, compressed with Zstandard as one frame, which every reader of the format takes."""

import errno
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

import zstandard

from raise_finetune.dataset.formats.hashed import HashedFile
from raise_finetune.dataset.formats.lines import bounded_lines

_LEVEL = 10  # three times as slow as the default, and still faster than rows are made


class ZstdLines:
    """Writes lines to a compressed file."""

    def __init__(self, file: HashedFile) -> None:
        self._file = file
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL).compressobj()

    def write(self, lines: list[bytes]) -> None:
        """See ``RowWriter``."""
        self._file.write(self._compressor.compress(b"".join(lines)))

    def finish(self) -> None:
        """See ``RowWriter``."""
        self._file.write(self._compressor.flush())


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a compressed file; raise ``OSError``, also for a damaged one."""
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        try:
            yield from bounded_lines(BufferedReader(stream))  # pyright: ignore[reportArgumentType]
        except zstandard.ZstdError as error:
            raise OSError(errno.EBADMSG, str(error)) from error
