"""Where a long task is, as the page shows it."""

import pytest

from raise_finetune.commands.progress import TaskProgress, task_progress
from raise_finetune.dataset.progress import Progress


@pytest.mark.parametrize(
    ("done", "total", "seconds", "rate", "left"),
    [
        (25, 100, 5.0, 5.0, 15.0),
        (100, 100, 5.0, 20.0, 0.0),
        (25, None, 5.0, 5.0, None),
        (0, 100, 5.0, 0.0, None),
        (25, 100, 0.0, 0.0, None),
    ],
)
def test_the_rate_and_the_time_left(
    done: int, total: int | None, seconds: float, rate: float, left: float | None
):
    assert task_progress(Progress("reading", done, total, seconds)) == TaskProgress(
        stage="reading", done=done, total=total, rate=rate, seconds_left=left
    )
