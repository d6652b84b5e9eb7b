"""A process of our own that is asked on its standard input and answers on its standard output.

Native code ends a process that is given a bad file or too little memory, and what somebody else
wrote may run for ever. So such things are only ever loaded by a child, which ends with its standard
input and therefore never outlives the application. How what is said is framed is each child's own:
``json_lines``, or pickles.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO, Generic, TypeVar, cast

_Reply = TypeVar("_Reply")

# Windows would open a console for each child of an application that has none.
_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class ChildDiedError(Exception):
    """The child has ended; ``status`` is its exit code, negative for a signal."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class ChildProcess(Generic[_Reply]):
    """``python -m module arguments``, to be asked on its standard input; raises ``OSError``.

    ``read`` takes its standard output apart into replies. Of its standard error the last
    ``log_lines`` are kept in ``log``; none, and it goes nowhere. ``pipe_bytes`` may wait in each
    pipe before whoever writes has to wait (where the system lets us ask).
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        read: Callable[[BinaryIO], Iterable[_Reply]],
        log_lines: int = 0,
        pipe_bytes: int = -1,
    ) -> None:
        self.log: deque[str] = deque(maxlen=log_lines)
        self._replies: SimpleQueue[_Reply | None] = SimpleQueue()  # None: there will be no more
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if log_lines else subprocess.DEVNULL,
            pipesize=pipe_bytes,
            creationflags=_NO_CONSOLE,
        )
        self._input = cast("BinaryIO", self._process.stdin)
        # Somebody must always read, or both ends would wait for the other to do so.
        self._threads = [Thread(target=self._read_replies, args=(read,), daemon=True)]
        if log_lines:
            self._threads.append(Thread(target=self._read_log, daemon=True))
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def unread(self) -> int:
        """How many replies have come that nobody has received yet."""
        return self._replies.qsize()

    def send(self, message: bytes) -> None:
        """Ask the child; raises ``ChildDiedError``."""
        try:
            self._input.write(message)
            self._input.flush()
        except (OSError, ValueError) as error:
            raise self._death() from error

    def receive(self) -> _Reply:
        """Wait for the next reply; raises ``ChildDiedError``."""
        return self._checked(self._replies.get())

    def receive_within(self, seconds: float) -> _Reply | None:
        """Return the next reply, or None if there is none in time; raises ``ChildDiedError``."""
        try:
            return self._checked(self._replies.get(timeout=seconds))
        except Empty:
            return None

    def kill(self) -> None:
        """End the child at once, whatever it does."""
        self._process.kill()

    def close(self, patience: float = 0.0) -> int:
        """End the child, which has so many seconds to do it itself; return its exit code."""
        if not patience:
            self._process.kill()  # first: to close its input may wait until it has read all of it
        with suppress(OSError):
            self._input.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
        status = self._wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        return status

    def _checked(self, reply: _Reply | None) -> _Reply:
        if reply is None:
            self._replies.put(None)  # whoever asks again is told again
            raise self._death()
        return reply

    def _death(self) -> ChildDiedError:
        return ChildDiedError(self._wait())

    def _wait(self) -> int:
        """Return the exit code; by then all that the child has said is read."""
        status = self._process.wait()
        for thread in self._threads:
            thread.join()
        return status

    def _read_replies(self, read: Callable[[BinaryIO], Iterable[_Reply]]) -> None:
        try:
            for reply in read(cast("BinaryIO", self._process.stdout)):
                self._replies.put(reply)
        except Exception:  # noqa: BLE001 - a child that cannot be understood is of no use
            self._process.kill()
        finally:
            self._replies.put(None)

    def _read_log(self) -> None:
        for line in cast("BinaryIO", self._process.stderr):
            self.log.append(line.decode("utf-8", "replace").rstrip())


def own_output() -> BinaryIO:
    """Return the child's standard output for messages alone; what else prints goes to the log."""
    sys.stdout.flush()
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return output
