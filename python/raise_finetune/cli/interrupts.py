"""Ctrl-C as a request to stop at the next good moment."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def cancelled_by_ctrl_c() -> Generator[Callable[[], bool]]:
    """Yield what tells whether Ctrl-C was pressed; pressed again, it stops the program at once.

    An exception could strike anywhere, also where a finished dataset takes its place.
    """
    pressed = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    previous = signal.getsignal(signal.SIGINT)
    if previous is signal.default_int_handler:  # otherwise our parent wants it left alone
        signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        if previous is signal.default_int_handler:
            signal.signal(signal.SIGINT, previous)
