"""The hot path: documents of one folder, in order, fast, from a cold disk as from the cache.

Windows of 64 files are opened before the first is read, so that the system can fetch them side
by side (``posix_fadvise``) from a disk that is slow; measured in ``docs/benchmarks.md``. The
application may write meanwhile: whatever happens to a file becomes a named problem, never an
exception.
"""

import errno
import os
import stat
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, Literal, NamedTuple

import orjson
from xxhash import xxh3_128_intdigest

from raise_finetune.errors import FailedError, place_said, said_by_system
from raise_finetune.messages import Phrase
from raise_finetune.storage.folder import Folder

WINDOW = 64
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
# A batch ends early once its long documents exceed this, so that memory stays bounded.
_BATCH_BYTES = 8 * 1024 * 1024
_CHUNK = 64 * 1024
# For each file of a window: from the cache it takes a tenth, from a disk several times.
_SLOW_SECONDS = 0.0001

Problem = Literal["invalid_json", "not_an_object", "too_large", "vanished", "unreadable", "symlink"]

_PROBLEMS: dict[int | None, Problem] = {
    errno.ENOENT: "vanished",
    errno.ESTALE: "vanished",
    errno.ELOOP: "symlink",
    errno.EFBIG: "too_large",
}
_OUT_OF_DESCRIPTORS = (errno.EMFILE, errno.ENFILE)


class StoredDocument(NamedTuple):
    """A document as it was found, or what kept it from being read.

    ``file`` is its name within the folder (``"abc.json"``), empty when the problem is the
    folder's own. ``value`` is None exactly when there is a ``problem``. ``digest`` is the XXH3-128
    of the file's bytes, 0 where none could be read.
    """

    file: str
    value: dict[str, Any] | None
    problem: Problem | None
    detail: str
    digest: int = 0

    @property
    def stem(self) -> str:
        """The file's name without ``.json``: what its record's name ends with."""
        return self.file.removesuffix(".json")


def read_documents(
    folder: Folder, names: Iterator[bytes], max_bytes: int = MAX_DOCUMENT_BYTES
) -> Iterator[list[StoredDocument]]:
    """Read the named files in the order given, in batches of at most ``WINDOW``.

    Raises ``FailedError`` when not even one more file can be opened.
    """
    slow = False
    while window := list(islice(names, WINDOW)):
        while window:
            began = time.perf_counter()
            opened = _open(folder, window)
            if slow:
                _prefetch(opened)
            finished = yield from _read(window, opened, max_bytes)
            # In the cache the hint does nothing, at a tenth of the price of a read.
            slow = slow or finished - began > _SLOW_SECONDS * len(opened)
            del window[: len(opened)]


def read_document(folder: Folder, name: bytes) -> StoredDocument:
    """Read one file of the folder."""
    (batch,) = read_documents(folder, iter([name]))
    return batch[0]


def shown_name(name: bytes) -> str:
    """Return a file's name as text, also where it is not UTF-8."""
    return name.decode("utf-8", "backslashreplace")


def problem_of(file: str, error: OSError) -> StoredDocument:
    """Return the named problem for what the system said about a file (or a folder: ``""``)."""
    problem = _PROBLEMS.get(error.errno, "unreadable")
    detail = error.strerror or "" if problem in ("unreadable", "too_large") else ""
    return StoredDocument(file, None, problem, detail)


def why_unreadable(document: StoredDocument) -> Phrase | str:
    """Return what to tell the user of a document that has a problem."""
    if document.problem == "invalid_json":
        return place_said(document.detail)
    if document.detail:
        return said_by_system(document.detail)
    return Phrase(f"problem.{document.problem}", {})


def _open(folder: Folder, names: list[bytes]) -> list[int | OSError]:
    """Open the files, as many as the process may hold open at once (at least one)."""
    opened: list[int | OSError] = []
    for name in names:
        try:
            descriptor = folder.open_file(name)
        except OSError as error:
            if error.errno in _OUT_OF_DESCRIPTORS:
                if opened:
                    break
                raise FailedError("too_many_open_files") from error
            opened.append(error)
        else:
            opened.append(descriptor)
    return opened


def _read(
    names: list[bytes], opened: list[int | OSError], max_bytes: int
) -> Generator[list[StoredDocument], None, float]:
    """Yield the documents, close the files; return the moment when the last one was read."""
    pending = iter(opened)
    batch: list[StoredDocument] = []
    weight = 0
    try:
        for name, descriptor in zip(names, pending, strict=False):
            file = shown_name(name)
            if isinstance(descriptor, OSError):
                batch.append(problem_of(file, descriptor))
                continue
            try:
                data = _read_bytes(descriptor, max_bytes)
            except OSError as error:
                batch.append(problem_of(file, error))
                continue
            finally:
                os.close(descriptor)
            batch.append(_parse(file, data))
            weight += len(data)
            if weight > _BATCH_BYTES:
                yield batch
                batch, weight = [], 0
    finally:
        for descriptor in pending:
            if isinstance(descriptor, int):
                os.close(descriptor)
    finished = time.perf_counter()
    if batch:
        yield batch
    return finished


def _parse(file: str, data: bytes) -> StoredDocument:
    digest = xxh3_128_intdigest(data)
    try:
        value: Any = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        return StoredDocument(file, None, "invalid_json", str(error), digest)
    if not isinstance(value, dict):
        return StoredDocument(file, None, "not_an_object", "", digest)
    return StoredDocument(file, value, None, "", digest)


def _read_bytes(descriptor: int, max_bytes: int) -> bytes:
    """Return the whole file; raise ``OSError`` (``EFBIG`` when it is longer than allowed)."""
    data = os.read(descriptor, _CHUNK)
    if 0 < len(data) < _CHUNK and len(data) <= max_bytes:
        return data
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    chunks: list[bytes] = []
    done, size = 0, status.st_size
    while data and size <= max_bytes:
        chunks.append(data)
        done += len(data)
        size = max(size, done)
        data = os.read(descriptor, _CHUNK)
    if size > max_bytes:
        raise OSError(errno.EFBIG, f"{size} bytes")
    return b"".join(chunks)


if hasattr(os, "posix_fadvise"):

    def _prefetch(opened: list[int | OSError]) -> None:
        for descriptor in opened:
            if isinstance(descriptor, int):
                # A FIFO or a pipe refuses the hint; reading it says what it is.
                with suppress(OSError):
                    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)

else:

    def _prefetch(opened: list[int | OSError]) -> None:
        """Do nothing: the system has no such hint, and plain reading is right, if slower."""
