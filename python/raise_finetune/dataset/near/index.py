"""The index of an export's texts: what near-duplicates are found by, waiting on disk."""

import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.bands import BANDS, BINS, Signatures, sign
from raise_finetune.dataset.near.codes import Texts
from raise_finetune.dataset.near.shingles import ROW_SHIFT, U64, Pair, shingles
from raise_finetune.dataset.records import Example

# Fewer would cost more for each call into compiled code, more would leave the processor's cache.
_ROWS_AT_ONCE = 64
_SHINGLE_BYTES = 4
# A write costs as much as a hundred keys: those of so many batches are written together.
_BATCHES_WRITTEN = 16


class NearIndex:
    """The shingles and signatures of texts, which are numbered as they come.

    Only the number of shingles of each text is held in memory; about 600 bytes a text of a
    hundred words go to ``folder``.
    """

    def __init__(self, folder: Path) -> None:
        self._waiting: list[Pair] = []
        self._signed: list[Signatures] = []
        self._sizes = array("I")
        self._ends = np.empty(0, np.int64)
        self._folder = folder
        self._files = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opened:  # where one cannot be opened, the others do not stay open
            self._shingles, self._sketches, *self._bands = (
                opened.enter_context((self._folder / f"near.{name}").open("w+b"))
                for name in ("shingles", "sketches", *map(str, range(BANDS)))
            )
            self._files = opened.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._files.close()

    def watch(self, batches: Iterable[list[Example]], *, whole: bool) -> Iterator[list[Example]]:
        """Add what each example that passes by is compared by."""
        for batch in batches:
            self.add([compared_texts(each, whole=whole) for each in batch])
            yield batch

    def add(self, pairs: Sequence[Pair]) -> None:
        """Add texts; they get the next numbers."""
        self._waiting += pairs
        while len(self._waiting) >= _ROWS_AT_ONCE:
            self._write(self._waiting[:_ROWS_AT_ONCE])
            del self._waiting[:_ROWS_AT_ONCE]

    def finish(self) -> int:
        """Write what still waits and return how many texts there are; to be called before these."""
        if self._waiting:
            self._write(self._waiting)
            self._waiting = []
        self._write_signatures()
        self._shingles.flush()
        self._ends = np.cumsum(self.sizes(), dtype=np.int64)
        return len(self._sizes)

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

    def shingles_of(self, texts: Texts) -> NDArray[np.uint32]:
        """Return the shingles of some texts, one text after another, each sorted."""
        ends = self._ends[texts] * _SHINGLE_BYTES
        lengths = self.sizes()[texts].astype(np.int64) * _SHINGLE_BYTES
        file, parts = self._shingles.fileno(), list[bytes]()
        for start, length in zip((ends - lengths).tolist(), lengths.tolist(), strict=True):
            parts.append(_read_at(file, length, start))
        return np.frombuffer(b"".join(parts), np.uint32)

    def _write(self, pairs: Sequence[Pair]) -> None:
        found = shingles(pairs)
        rows = (found >> ROW_SHIFT).astype(np.int64)
        sizes = np.bincount(rows, minlength=len(pairs)).astype(np.uint32)
        signatures = sign(found, len(pairs))
        self._sizes.frombytes(sizes.tobytes())
        self._shingles.write(found.astype(np.uint32).tobytes())
        self._signed.append(signatures)
        if len(self._signed) >= _BATCHES_WRITTEN:
            self._write_signatures()

    def _write_signatures(self) -> None:
        signed, self._signed = self._signed, []
        for signatures in signed:
            self._sketches.write(signatures.sketches.tobytes())
        for number, file in enumerate(self._bands):
            file.write(b"".join([each.band_keys[number].tobytes() for each in signed]))


def _read_at(file: int, length: int, start: int) -> bytes:
    """Read a part of a file; Python's own file objects would read ahead each time."""
    if sys.platform != "win32":
        return os.pread(file, length, start)
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, length)


def compared_texts(example: Example, *, whole: bool) -> Pair:
    """Return what an example is compared by.

    That is its last question and the answer to learn, and the one to avoid: the context alone
    makes no row a copy of another. With ``whole``, all its questions and all its answers.
    """
    question, answer = example.exchange(whole=whole)
    if example.paired:
        answer = f"{example.messages[-2].content}\n{answer}"
    return question, answer
