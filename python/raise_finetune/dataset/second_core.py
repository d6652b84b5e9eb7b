"""A second core at work beside this one: a process that runs functions of ours.

It takes half a second to start, so small exports never see it. Nothing depends on it: what it does
not answer, since it died or could not be started, is done here.

``python -m …dataset.second_core`` is that process. It takes pickles of functions with their
arguments from its input, and answers each, in their order, with a pickle of what it returned. It
ends when its input does. Only the process that started it holds the other ends, so neither reads
what a stranger wrote.
"""

import math
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO, Self, TypeVar

from raise_finetune.child_process import ChildDiedError, ChildProcess

# So many seconds of work are done here first: about as much as the process takes to start.
_WORTH_STARTING = 0.3
# More calls than this need not wait for it: this core is as good.
_WAITING = 2
# What was sent and not yet read, before whoever sends has to wait.
_PIPE_BYTES = 1 << 20

# What a pickle of something nested too deep, or of no module's function, fails with.
_UNPICKLABLE = (pickle.PicklingError, AttributeError, TypeError, RecursionError)

_Result = TypeVar("_Result")


class SecondCore:
    """Runs functions in another process, if that is worth it; a context manager that ends it.

    The process starts once the calls have taken ``start_after`` seconds of this core's time.
    """

    def __init__(self, *, start_after: float = _WORTH_STARTING) -> None:
        self._until_start = start_after
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
            result = self._timed(here)
            return lambda: result

        def waited_for() -> _Result:
            answer = process.answer(number)
            return here() if answer is None else answer[0]

        return waited_for

    def _timed(self, call: Callable[[], _Result]) -> _Result:
        began = time.thread_time()
        try:
            return call()
        finally:
            self._until_start -= time.thread_time() - began

    def _ready_process(self) -> "_Process | None":
        if self._process is None and self._until_start <= 0:
            try:
                self._process = _Process()
            except OSError:
                self._until_start = math.inf
        return self._process


class _Process:
    """The other process; its calls are numbered as they are sent."""

    def __init__(self) -> None:
        self._sent = 0
        self._received = 0
        self._answers: dict[int, tuple[Any]] = {}
        self._child = ChildProcess(
            "raise_finetune.dataset.second_core", read=_answers_of, pipe_bytes=_PIPE_BYTES
        )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def waiting(self) -> int:
        """How many calls are not answered yet."""
        return self._sent - self._received - self._child.unread

    def send(self, call: tuple[Callable[..., Any], tuple[object, ...]]) -> int | None:
        """Send a call and return its number, None where it cannot be sent or the process ended."""
        try:
            self._child.send(pickle.dumps(call, pickle.HIGHEST_PROTOCOL))
        except (ChildDiedError, *_UNPICKLABLE):
            return None
        self._sent += 1
        return self._sent - 1

    def answer(self, number: int) -> tuple[Any] | None:
        """Wait for the answer to a call, None where the process has ended without it."""
        with suppress(ChildDiedError):
            while number not in self._answers:
                self._answers[self._received] = self._child.receive()
                self._received += 1
        return self._answers.pop(number, None)

    def close(self) -> None:
        """End the process, whatever it does: it has nothing to save."""
        self._child.close()


def _answers_of(stream: BinaryIO) -> Iterator[tuple[Any]]:
    with suppress(EOFError):
        while True:
            yield (pickle.load(stream),)  # noqa: S301 - our own process


def open_second_core() -> SecondCore:
    """Return a second core, or what stands for none."""
    return SecondCore() if has_two_cores() else no_second_core()


def no_second_core() -> SecondCore:
    """Return one that starts nothing: all is done here."""
    return SecondCore(start_after=math.inf)


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
