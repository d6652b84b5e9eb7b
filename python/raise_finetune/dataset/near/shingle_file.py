"""The shingles of all texts, on disk: read in parts, by this process and by a second core's."""

import os
import sys
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.codes import Texts

SHINGLES_FILE = "near.shingles"  # those of one text after another, each text's sorted
SIZES_FILE = "near.sizes"  # how many each text has
_BYTES = 4


class ShingleFile:
    """What a finished ``NearIndex`` left in its folder; a context manager that closes it."""

    def __init__(self, folder: Path) -> None:
        self.sizes = np.fromfile(folder / SIZES_FILE, np.uint32)
        self._ends = np.cumsum(self.sizes, dtype=np.int64)
        self._file = (folder / SHINGLES_FILE).open("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    def shingles_of(self, texts: Texts) -> NDArray[np.uint32]:
        """Return the shingles of some texts, one text after another, each sorted."""
        ends = self._ends[texts] * _BYTES
        lengths = self.sizes[texts].astype(np.int64) * _BYTES
        file, parts = self._file.fileno(), list[bytes]()
        for start, length in zip((ends - lengths).tolist(), lengths.tolist(), strict=True):
            parts.append(_read_at(file, length, start))
        return np.frombuffer(b"".join(parts), np.uint32)


def _read_at(file: int, length: int, start: int) -> bytes:
    """Read a part of a file; Python's own file objects would read ahead each time."""
    if sys.platform != "win32":
        return os.pread(file, length, start)
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, length)
