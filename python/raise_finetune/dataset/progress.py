"""Progress and cancelling of a long task, at a price that a hot loop can pay."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from raise_finetune.errors import CancelledError

Stage = Literal["counting", "reading", "comparing", "writing"]
_INTERVAL = 0.05  # seconds between two reports


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is; ``total`` is None where it is not known, units are documents or rows."""

    stage: Stage
    done: int
    total: int | None
    seconds: float  # since the stage began


class Pulse:
    """Called between batches: reports now and then, and stops a task that was cancelled.

    It also lets other threads run: a worker that never waits would starve the event loop that
    draws the window.
    """

    def __init__(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> None:
        self._progress = progress
        self._cancel = cancel
        self._began = self._reported = 0.0
        self._last: tuple[Stage, int, int | None] | None = None

    @property
    def is_watched(self) -> bool:
        """Whether somebody wants to know the progress, and so the total."""
        return self._progress is not None

    def breathe(self) -> None:
        """Let other threads run; raises ``CancelledError`` when the user has stopped the task."""
        time.sleep(0)
        if self._cancel is not None and self._cancel():
            raise CancelledError

    def beat(self, stage: Stage, done: int, total: int | None = None) -> None:
        """Report where the task is; raises ``CancelledError`` when the user has stopped it."""
        self.breathe()
        if self._progress is None:
            return
        now = time.monotonic()
        is_new = self._last is None or stage != self._last[0]
        self._last = stage, done, total
        if is_new:
            self._began = now
        if is_new or done == total or now - self._reported >= _INTERVAL:
            self._reported = now
            self._progress(Progress(stage, done, total, now - self._began))

    def beat_again(self) -> None:
        """Report the same place once more, for its time: something slow is at work on it."""
        if self._last is None:
            self.breathe()
        else:
            self.beat(*self._last)
