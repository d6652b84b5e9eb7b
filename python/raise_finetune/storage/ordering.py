"""File names in bytewise order, in constant memory however many there are."""

import heapq
import tempfile
from collections.abc import Generator, Iterator
from itertools import islice, pairwise
from typing import IO

from raise_finetune.storage.atomic import as_raise_error

RUN_LENGTH = 16_384
_BLOCK = 4_096
# No file name on any system contains it.
_END = b"\0"


def sorted_names(names: Iterator[bytes], run_length: int = RUN_LENGTH) -> Generator[bytes]:
    """Yield ``names`` sorted; beyond ``run_length`` of them, merge runs from a temporary file.

    Raises ``FailedError`` when the temporary file cannot be written.
    """
    run = _sorted_run(names, run_length)
    if len(run) < run_length:
        yield from run
        return
    with _temporary_file() as spill:
        starts = [0]
        while run:
            starts.append(_append(spill, run))
            # Not two runs in memory at once.
            run.clear()
            run = _sorted_run(names, run_length)
        yield from heapq.merge(*(_read_run(spill, *bounds) for bounds in pairwise(starts)))


def _temporary_file() -> IO[bytes]:
    try:
        # Unbuffered: closing must not try once more to write what did not fit.
        return tempfile.TemporaryFile(buffering=0)
    except OSError as error:
        raise as_raise_error(error, error.filename or "TMPDIR") from error


def _sorted_run(names: Iterator[bytes], run_length: int) -> list[bytes]:
    run = list(islice(names, run_length))
    run.sort()
    return run


def _append(spill: IO[bytes], run: list[bytes]) -> int:
    rest = memoryview(_END.join([*run, b""]))
    try:
        while rest:
            rest = rest[spill.write(rest) :]
    except OSError as error:
        raise as_raise_error(error, tempfile.gettempdir()) from error
    return spill.tell()


def _read_run(spill: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    rest = b""
    while start < end:
        spill.seek(start)
        block = spill.read(min(_BLOCK, end - start))
        start += len(block)
        *whole, rest = (rest + block).split(_END)
        yield from whole
