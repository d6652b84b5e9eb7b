"""A sanitizer that lets a second core mask while this one reads, renders and writes.

The worker takes half a second to start, so small exports never see it. Nothing depends on it: what
it does not answer, since it died or could not be started, is done here.
"""

import os
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.sanitizer import SanitizedGroup, Sanitizer, untouched
from raise_finetune.dataset.sanitize.worker import Job, Setup

# So many calls are answered here first: about as much work as the worker's start.
_ALONE = 16
# More than this need not wait for the worker: this core is as good.
_WAITING = 2


class TwoCoreSanitizer(Sanitizer):
    """A ``Sanitizer`` whose ``…_later`` methods use a worker; a context manager that ends it."""

    def __init__(
        self, options: SanitizeOptions, known: KnownValues, *, alone: int = _ALONE
    ) -> None:
        super().__init__(options, known)
        self._setup = Setup(options, known)
        self._alone = alone
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._worker is not None:
            self._worker.close()

    @property
    def worker_pid(self) -> int | None:
        """The id of the worker's process, None before it is needed."""
        return None if self._worker is None else self._worker.pid

    def sanitize_later(self, groups: Sequence[Sequence[str]]) -> Callable[[], list[SanitizedGroup]]:
        """See ``Sanitizer``."""
        worker = self._ready_worker()
        if worker is None or not worker.send(Job("sanitize", [list(group) for group in groups])):
            return super().sanitize_later(groups)

        def sanitized() -> list[SanitizedGroup]:
            results: list[SanitizedGroup | None] | None = worker.answer()
            if results is None:
                return self.sanitize(groups)
            return [
                untouched(group) if result is None else result
                for group, result in zip(groups, results, strict=True)
            ]

        return sanitized

    def scan_later(self, texts: Sequence[str]) -> Callable[[], Counter[FindingType]]:
        """See ``Sanitizer``."""
        worker = self._ready_worker()
        if (
            worker is None
            or worker.waiting >= _WAITING
            or not worker.send(Job("scan", list(texts)))
        ):
            return super().scan_later(texts)

        def scanned() -> Counter[FindingType]:
            found = worker.answer()
            return self.scan(texts) if found is None else found

        return scanned

    def _ready_worker(self) -> "_Worker | None":
        if self._alone > 0:
            self._alone -= 1
            return None
        if self._worker is None:
            try:
                self._worker = _Worker(self._setup)
            except OSError:
                self._alone = sys.maxsize
        return self._worker


class _Worker:
    """The worker's process. Its answers are asked for in the order of the jobs."""

    def __init__(self, setup: Setup) -> None:
        self.waiting = 0
        self._answers: SimpleQueue[Any] = SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "raise_finetune.dataset.sanitize.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._input = cast("BinaryIO", self._process.stdin)
        self._output = cast("BinaryIO", self._process.stdout)
        # Somebody must always read, or both ends would wait for the other to do so.
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()
        self._is_alive = self._write(setup)

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, job: Job) -> bool:
        """Give the worker a job; return False where there is no worker any more."""
        if self._is_alive and self._write(job):
            self.waiting += 1
            return True
        return False

    def answer(self) -> Any:  # noqa: ANN401 - whatever the job's call returns
        """Return the answer to the oldest job, None where the worker died over it."""
        answer = self._answers.get() if self._is_alive else None
        self.waiting -= 1
        self._is_alive = answer is not None
        return answer

    def close(self) -> None:
        """End the process, whatever it does: it has nothing to save."""
        self._process.kill()
        self._process.wait()
        self._thread.join()
        with suppress(OSError):
            self._input.close()
        self._output.close()

    def _write(self, message: Setup | Job) -> bool:
        try:
            pickle.dump(message, self._input, pickle.HIGHEST_PROTOCOL)
            self._input.flush()
        except OSError:
            return False
        return True

    def _read(self) -> None:
        with suppress(EOFError, OSError, pickle.UnpicklingError, ValueError):
            while True:
                self._answers.put(pickle.load(self._output))  # noqa: S301 - our own process
        self._answers.put(None)


def has_two_cores() -> bool:
    """Tell whether a second process could run beside this one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) > 1
    return (os.cpu_count() or 1) > 1
