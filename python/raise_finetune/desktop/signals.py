"""What the system tells a program that should end: at the end of a session, by ``kill``, Ctrl-C."""

import os
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # not every system has the last one


@contextmanager
def told_to_end(end: Callable[[], object]) -> Generator[Callable[[], bool]]:
    """Call ``end`` once a signal tells this process to end; yield what tells whether one did.

    The main thread is in the window's native loop, where Python runs no handlers: a signal wakes
    another thread, which calls ``end``. Told again, the process ends at once.
    """
    told = Event()
    reading, writing = socket.socketpair()
    writing.setblocking(False)

    def wait() -> None:
        while number := reading.recv(1):
            if told.is_set():
                os._exit(128 + number[0])
            told.set()
            end()

    waiting = Thread(target=wait, daemon=True)
    waiting.start()
    previous_fd = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    previous = {each: signal.signal(each, _leave_to_thread) for each in _wanted()}
    try:
        yield told.is_set
    finally:
        for each, handler in previous.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(previous_fd)
        writing.close()
        waiting.join()
        reading.close()


def _wanted() -> list[signal.Signals]:
    """Return the signals to heed; one that our parent ignores for us is left ignored."""
    known = [signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__]
    return [each for each in known if signal.getsignal(each) is not signal.SIG_IGN]


def _leave_to_thread(_signal: int, _frame: FrameType | None) -> None: ...
