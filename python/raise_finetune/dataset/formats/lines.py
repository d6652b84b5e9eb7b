"""Lines of a file that may be somebody else's, none of them longer than memory can hold."""

import errno
from collections.abc import Iterator
from typing import Protocol

LONGEST = 256 * 1024 * 1024
"""Bytes of a row. A document has at most 32 MiB, and a row is made of a few."""


class _Lines(Protocol):
    def readline(self, limit: int, /) -> bytes: ...


def bounded_lines(file: _Lines, longest: int = LONGEST) -> Iterator[bytes]:
    """Yield the lines; raise ``OSError`` (``EFBIG``) for one that is too long."""
    while line := file.readline(longest + 1):
        if len(line) > longest:
            raise OSError(errno.EFBIG, f"a line of more than {longest} bytes")
        yield line
