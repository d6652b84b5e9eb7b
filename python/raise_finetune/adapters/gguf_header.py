"""Looks whether a GGUF file holds what its header says.

Done before the library reads it: that one believes any count, and reads on past the end of the
file for as long as the count says.
"""

import mmap
from pathlib import Path
from typing import Literal

from raise_finetune.problems import WrongValueError

_MAGIC = b"GGUF"
_MOST_DIMENSIONS = 8
_DEEPEST = 4  # lists of lists
_STRING, _LIST = 8, 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


def check_header(path: Path) -> None:
    """Raise ``ValueError`` where the header says more than the file holds; ``OSError``."""
    if path.stat().st_size == 0:  # which cannot be mapped
        raise WrongValueError("file_empty")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content[:4] != _MAGIC:
            raise WrongValueError("not_gguf")
        # A file written on a machine with the other order of bytes has its version the other way.
        is_swapped = int.from_bytes(content[4:8], "little") & 0xFFFF == 0
        header = _Header(content, "big" if is_swapped else "little")
        tensors, values = header.number(8), header.number(8)
        for _ in range(values):
            header.skip_string()
            header.skip_value(header.number(4))
        for _ in range(tensors):
            header.skip_tensor()


class _Header:
    """Walks over a header; raises ``ValueError`` at the end of the file."""

    def __init__(self, content: mmap.mmap, order: Literal["little", "big"]) -> None:
        self._content = content
        self._order: Literal["little", "big"] = order
        self._at = 8

    def number(self, size: int) -> int:
        start = self._at
        self._skip(size)
        return int.from_bytes(self._content[start : self._at], self._order)

    def skip_string(self) -> None:
        self._skip(self.number(8))

    def skip_value(self, kind: int, depth: int = 0) -> None:
        if kind == _STRING:
            self.skip_string()
        elif kind == _LIST:
            self._skip_list(depth)
        elif kind in _SIZES:
            self._skip(_SIZES[kind])
        else:
            raise ValueError(f"type {kind}")

    def skip_tensor(self) -> None:
        self.skip_string()
        dimensions = self.number(4)
        if dimensions > _MOST_DIMENSIONS:
            raise ValueError(f"{dimensions} dimensions")
        self._skip(8 * dimensions + 4 + 8)

    def _skip_list(self, depth: int) -> None:
        kind, count = self.number(4), self.number(8)
        if depth == _DEEPEST:
            raise ValueError("nested too deep")
        if kind in _SIZES:
            self._skip(_SIZES[kind] * count)
            return
        for _ in range(count):
            self.skip_value(kind, depth + 1)

    def _skip(self, size: int) -> None:
        if size > len(self._content) - self._at:
            raise WrongValueError("ends_in_header")
        self._at += size
