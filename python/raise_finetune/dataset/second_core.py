"""A second core at work beside this one: a process that runs functions of ours.

It takes half a second to start, so small exports never see it. Nothing depends on it: what it does
not answer, since it died or could not be started, is done here.

``python -m …dataset.second_core`` is that process. It takes pickles of functions with their
arguments from its input, and answers each, in their order, with a pickle of what it returned. It
ends when its input does. Only the process that started it holds the other ends, so neither reads
what a stranger wrote.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, Self, TypeVar, cast

# So many calls are answered here first: about as much work as the start of a process.
_ALONE = 16
# More than this need not wait for it: this core is as good.
_WAITING = 2
# What was sent and not yet read, before whoever sends has to wait (where the system lets us ask).
_PIPE_BYTES = 1 << 20

_Result = TypeVar("_Result")


class SecondCore:
    """Runs functions in another process, if that is worth it; a context manager that ends it."""

    def __init__(self, *, alone: int = _ALONE) -> None:
        self._alone = alone
        self._process: _Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._process is not None:
            self._process.close()

    @property
    def pid(self) -> int | None:
        """The id of the process, None before it is needed."""
        return None if self._process is None else self._process.pid

    def begin(
        self,
        function: Callable[..., _Result],
        *arguments: object,
        here: Callable[[], _Result] | None = None,
        at_once: bool = False,
    ) -> Callable[[], _Result]:
        """Begin a call, and return what waits for its result.

        ``function`` is one of a module. ``here`` is called in its place where the other process
        does not answer, and with ``at_once`` where it has enough to do.
        """
        here = here or partial(function, *arguments)
        process = self._ready_process()
        number = None
        if process is not None and not (at_once and process.waiting >= _WAITING):
            number = process.send((function, arguments))
        if process is None or number is None:
            result = here()
            return lambda: result

        def waited_for() -> _Result:
            answer = process.answer(number)
            return here() if answer is None else answer[0]

        return waited_for

    def _ready_process(self) -> "_Process | None":
        if self._alone > 0:
            self._alone -= 1
            return None
        if self._process is None:
            try:
                self._process = _Process()
            except OSError:
                self._alone = sys.maxsize
        return self._process


class _Process:
    """The other process; its calls are numbered as they are sent."""

    def __init__(self) -> None:
        self._sent = 0
        self._received = 0
        self._answers: dict[int, tuple[Any]] = {}
        self._incoming: SimpleQueue[tuple[Any] | None] = SimpleQueue()  # None: there are no more
        self._process = subprocess.Popen(
            [sys.executable, "-m", "raise_finetune.dataset.second_core"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE_BYTES,
        )
        self._input = cast("BinaryIO", self._process.stdin)
        self._output = cast("BinaryIO", self._process.stdout)
        self._is_alive = True
        # Somebody must always read, or both ends would wait for the other to do so.
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def waiting(self) -> int:
        """How many calls are not answered yet."""
        return self._sent - self._received - self._incoming.qsize()

    def send(self, call: tuple[Callable[..., Any], tuple[object, ...]]) -> int | None:
        """Send a call and return its number, None where the process has ended."""
        try:
            pickle.dump(call, self._input, pickle.HIGHEST_PROTOCOL)
            self._input.flush()
        except OSError:
            return None
        self._sent += 1
        return self._sent - 1

    def answer(self, number: int) -> tuple[Any] | None:
        """Wait for the answer to a call, None where the process has ended without it."""
        while self._is_alive and number not in self._answers:
            answer = self._incoming.get()
            if answer is None:
                self._is_alive = False
            else:
                self._answers[self._received] = answer
                self._received += 1
        return self._answers.pop(number, None)

    def close(self) -> None:
        """End the process, whatever it does: it has nothing to save."""
        self._process.kill()
        self._process.wait()
        self._thread.join()
        with suppress(OSError):
            self._input.close()
        self._output.close()

    def _read(self) -> None:
        with suppress(EOFError, OSError, pickle.UnpicklingError, ValueError):
            while True:
                self._incoming.put((pickle.load(self._output),))  # noqa: S301 - our own process
        self._incoming.put(None)


def open_second_core() -> SecondCore:
    """Return a second core, or what stands for none."""
    return SecondCore() if has_two_cores() else no_second_core()


def no_second_core() -> SecondCore:
    """Return one that starts nothing: all is done here."""
    return SecondCore(alone=sys.maxsize)


def has_two_cores() -> bool:
    """Tell whether a second process could run beside this one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) > 1
    return (os.cpu_count() or 1) > 1


def main() -> None:
    """Serve until the input ends."""
    calls, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            function, arguments = pickle.load(calls)  # noqa: S301 - see above
        except EOFError:
            return
        pickle.dump(function(*arguments), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
