"""A process of our own that speaks JSON lines; what is loaded into it can die without us.

Native code ends a process that is given a bad file or too little memory. So it is only ever loaded
by a child, which ends with its standard input and therefore never outlives the application. Both
ends are here; what they say to each other is each child's own.
"""

import os
import subprocess
import sys
from collections import deque
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError


class Line(BaseModel):
    """One message, either way."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_line(self) -> bytes:
        """Return the message as it is written."""
        return self.model_dump_json().encode() + b"\n"


_Reply = TypeVar("_Reply", bound=Line)


class ChildDiedError(Exception):
    """The child has ended; ``status`` is its exit code, negative for a signal."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class ChildProcess(Generic[_Reply]):
    """``python -m module``, to be asked on its standard input.

    Of its standard error the last ``log_lines`` are kept in ``log``; none, and it goes nowhere.
    """

    def __init__(self, module: str, replies: TypeAdapter[_Reply], *, log_lines: int = 0) -> None:
        self.log: deque[str] = deque(maxlen=log_lines)
        self._adapter = replies
        self._replies: SimpleQueue[_Reply | None] = SimpleQueue()  # None: there will be no more
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if log_lines else subprocess.DEVNULL,
        )
        self._input = cast("BinaryIO", self._process.stdin)
        self._threads = [Thread(target=self._read_replies, daemon=True)]
        if log_lines:
            self._threads.append(Thread(target=self._read_log, daemon=True))
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def send(self, message: Line) -> None:
        """Ask the child; raises ``ChildDiedError``."""
        try:
            self._input.write(message.to_line())
            self._input.flush()
        except (OSError, ValueError) as error:
            raise self._death() from error

    def receive(self, seconds: float) -> _Reply | None:
        """Return the next reply, or None if there is none in time; raises ``ChildDiedError``."""
        try:
            reply = self._replies.get(timeout=seconds)
        except Empty:
            return None
        if reply is None:
            self._replies.put(None)  # whoever asks again is told again
            raise self._death()
        return reply

    def kill(self) -> None:
        """End the child at once, whatever it does."""
        self._process.kill()

    def close(self, patience: float = 0.0) -> int:
        """End the child, which has so many seconds to do it itself; return its exit code."""
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

    def _death(self) -> ChildDiedError:
        return ChildDiedError(self._wait())

    def _wait(self) -> int:
        """Return the exit code; by then all that the child has said is read."""
        status = self._process.wait()
        for thread in self._threads:
            thread.join()
        return status

    def _read_replies(self) -> None:
        for line in cast("BinaryIO", self._process.stdout):
            with suppress(ValidationError):
                self._replies.put(self._adapter.validate_json(line))
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
