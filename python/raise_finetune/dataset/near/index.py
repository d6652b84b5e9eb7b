"""The index of an export's texts: what near-duplicates are found by, waiting on disk."""

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.bands import BANDS, BINS, Signatures
from raise_finetune.dataset.near.shingle_file import SHINGLES_FILE, SIZES_FILE, ShingleFile
from raise_finetune.dataset.near.shingles import U64, Pair
from raise_finetune.dataset.near.signing import Signed, sign_texts
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.second_core import SecondCore, no_second_core

# A call of a second core has its price; a write costs as much as a hundred keys.
_ROWS_AT_ONCE = 256
_ROWS_WRITTEN = 1024
# So many calls are begun before the result of the first is needed.
_BEGUN = 4
_FILES = ("near.sketches", *(f"near.{number}" for number in range(BANDS)))


class NearIndex:
    """The shingles and signatures of texts, which are numbered as they come.

    Only the number of shingles of each text is held in memory; about 600 bytes a text of a
    hundred words go to ``folder``. With a second ``core`` that one does most of the work.
    """

    def __init__(self, folder: Path, core: SecondCore | None = None) -> None:
        self.folder = folder
        self.core = core or no_second_core()
        self._waiting: list[Pair] = []
        self._begun: deque[Callable[[], Signed]] = deque()
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

    def watch(self, batches: Iterable[list[Example]], *, whole: bool) -> Iterator[list[Example]]:
        """Add what each example that passes by is compared by."""
        for batch in batches:
            self.add([compared_texts(each, whole=whole) for each in batch])
            yield batch

    def add(self, pairs: Sequence[Pair]) -> None:
        """Add texts; they get the next numbers."""
        self._waiting += pairs
        while len(self._waiting) >= _ROWS_AT_ONCE:
            self._begin(self._waiting[:_ROWS_AT_ONCE])
            del self._waiting[:_ROWS_AT_ONCE]

    def finish(self) -> int:
        """Write what still waits and return how many texts there are; to be called before these."""
        if self._waiting:
            self._begin(self._waiting)
            self._waiting = []
        while self._begun:
            self._write(self._begun.popleft()())
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

    def _begin(self, pairs: Sequence[Pair]) -> None:
        self._begun.append(self.core.begin(sign_texts, pairs, at_once=True))
        if len(self._begun) > _BEGUN:
            self._write(self._begun.popleft()())

    def _write(self, signed: Signed) -> None:
        self._sizes.frombytes(signed.sizes.tobytes())
        self._shingles.write(signed.shingles.tobytes())
        self._signatures.append(signed.signatures)
        if sum(len(each.sketches) for each in self._signatures) >= _ROWS_WRITTEN:
            self._write_signatures()

    def _write_signatures(self) -> None:
        signatures, self._signatures = self._signatures, []
        for each in signatures:
            self._sketches.write(each.sketches.tobytes())
        for number, file in enumerate(self._bands):
            file.write(b"".join([each.band_keys[number].tobytes() for each in signatures]))


def compared_texts(example: Example, *, whole: bool) -> Pair:
    """Return what an example is compared by.

    That is its last question and the answer to learn, and the one to avoid: the context alone
    makes no row a copy of another. With ``whole``, all its questions and all its answers.
    """
    question, answer = example.exchange(whole=whole)
    if example.paired:
        answer = f"{example.messages[-2].content}\n{answer}"
    return question, answer
