"""How fast a training goes, told from when its steps were logged."""

from collections import deque
from itertools import pairwise
from statistics import median_low

_RECENT = 20


class Pace:
    """The time of the latest steps of one run."""

    def __init__(self) -> None:
        self._logged: deque[tuple[int, float]] = deque(maxlen=_RECENT + 1)

    def note(self, step: int, seconds: float) -> None:
        """Note that a step was logged at a time, in seconds since any moment."""
        if self._logged and step <= self._logged[-1][0]:  # it went back to a checkpoint
            self._logged.clear()
        self._logged.append((step, seconds))

    def seconds_left(self, max_steps: int) -> float | None:
        """Return how long the remaining steps take; None until two steps were logged.

        It goes by the median: one step may have waited for a validation.
        """
        if len(self._logged) < 2:
            return None
        seconds_per_step = median_low(
            (later - earlier) / (step - before)
            for (before, earlier), (step, later) in pairwise(self._logged)
        )
        return max(max_steps - self._logged[-1][0], 0) * seconds_per_step
