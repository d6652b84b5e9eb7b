"""Ctrl-C, the end of a session and ``kill`` as requests to stop at the next good moment."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # not every system has the last one


def end_as_ctrl_c_does() -> None:
    """Let a closed terminal and ``kill`` end the program as Ctrl-C does: nothing is left behind."""
    for each in _known(_NAMES):
        if signal.getsignal(each) is signal.SIG_DFL:  # otherwise our parent wants it left alone
            signal.signal(each, signal.default_int_handler)


@contextmanager
def cancelled_by_signals(*names: str) -> Generator[Callable[[], bool]]:
    """Yield what tells whether to stop; told again, the program stops at once.

    An exception could strike anywhere, also where a finished dataset takes its place. ``names``
    are the signals that ask for it, by default all that end a program.
    """
    asked = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        for each in heeded:
            signal.signal(each, signal.default_int_handler)

    # Where another handler stands, our parent wants it left alone.
    heeded = [
        each
        for each in _known(names or _NAMES)
        if signal.getsignal(each) is signal.default_int_handler
    ]
    for each in heeded:
        signal.signal(each, note)
    try:
        yield lambda: asked
    finally:
        for each in heeded:
            signal.signal(each, signal.default_int_handler)


def _known(names: tuple[str, ...]) -> list[signal.Signals]:
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]
