"""The index of an export's texts: what near-duplicates are found by, waiting on disk."""

from array import array
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.bands import BANDS, BINS, Signatures
from raise_finetune.dataset.near.shingle_file import SHINGLES_FILE, SIZES_FILE, ShingleFile
from raise_finetune.dataset.near.shingles import U64, QuestionAnswer
from raise_finetune.dataset.near.signing import Signed, sign_texts
from raise_finetune.dataset.second_core import SecondCore, no_second_core

_ROWS_AT_ONCE = 256
# A write costs as much as a hundred keys.
_ROWS_WRITTEN = 1024
_FILES = ("near.sketches", *(f"near.{number}" for number in range(BANDS)))


class NearIndex:
    """The shingles and signatures of texts, which are numbered as they come.

    Only the number of shingles of each text is held in memory; about 600 bytes a text of a
    hundred words go to ``folder``. A second ``core`` helps to compare them.
    """

    def __init__(self, folder: Path, core: SecondCore | None = None) -> None:
        self.folder = folder
        self.core = core or no_second_core()
        self._waiting: list[QuestionAnswer] = []
        self._signatures: list[Signatures] = []
        self._sizes = array("I")
        self._file: ShingleFile | None = None
        self._files = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opened:  # where one cannot be opened, the others do not stay open
            self._shingles, self._sketches, *self._bands = (
                opened.enter_context((self.folder / name).open("w+b"))
                for name in (SHINGLES_FILE, *_FILES)
            )
            self._files = opened.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._files.close()

    def add(self, pairs: Sequence[QuestionAnswer]) -> None:
        """Add texts; they get the next numbers."""
        self._waiting += pairs
        while len(self._waiting) >= _ROWS_AT_ONCE:
            self.append(sign_texts(self._waiting[:_ROWS_AT_ONCE]))
            del self._waiting[:_ROWS_AT_ONCE]

    def append(self, signed: Signed) -> None:
        """Add texts that were signed before; none may wait that was added otherwise."""
        self._sizes.frombytes(signed.sizes.tobytes())
        self._shingles.write(signed.shingles.tobytes())
        self._signatures.append(signed.signatures)
        if sum(len(each.sketches) for each in self._signatures) >= _ROWS_WRITTEN:
            self._write_signatures()

    def finish(self) -> int:
        """Write what still waits and return how many texts there are; to be called before these."""
        if self._waiting:
            self.append(sign_texts(self._waiting))
            self._waiting = []
        self._write_signatures()
        self._shingles.flush()
        if self._file is None:
            (self.folder / SIZES_FILE).write_bytes(self._sizes.tobytes())
            self._file = self._files.enter_context(ShingleFile(self.folder))
        return len(self._sizes)

    @property
    def file(self) -> ShingleFile:
        """The shingles themselves."""
        if self._file is None:
            msg = "the index is not finished"
            raise AssertionError(msg)
        return self._file

    def sizes(self) -> NDArray[np.uint32]:
        """Return how many shingles each text has."""
        return np.frombuffer(self._sizes, np.uint32)

    def band(self, number: int) -> U64:
        """Return the key of each text in one band."""
        self._bands[number].seek(0)
        return np.fromfile(self._bands[number], np.uint64)

    def sketches(self) -> NDArray[np.uint8]:
        """Return the byte of each bin, as an array of shape (texts, BINS)."""
        self._sketches.seek(0)
        return np.fromfile(self._sketches, np.uint8).reshape(-1, BINS)

    def _write_signatures(self) -> None:
        signatures, self._signatures = self._signatures, []
        for each in signatures:
            self._sketches.write(each.sketches.tobytes())
        for number, file in enumerate(self._bands):
            file.write(b"".join([each.band_keys[number].tobytes() for each in signatures]))
