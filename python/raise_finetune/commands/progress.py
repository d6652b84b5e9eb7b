"""How long tasks tell the page where they are."""

from collections.abc import Callable

from raise_finetune.commands.context import Context
from raise_finetune.commands.wire import Progress
from raise_finetune.dataset import progress
from raise_finetune.dataset.progress import Pulse, Stage


class TaskProgress(Progress):
    """Where a task is: ``rate`` in units a second, ``seconds_left`` where it can be told."""

    stage: Stage
    done: int
    total: int | None
    rate: float
    seconds_left: float | None


def reporting(report: Callable[[Progress], None]) -> Callable[[progress.Progress], None]:
    """Return what a task tells its progress to; ``report`` hands it to the page."""
    return lambda each: report(task_progress(each))


def reporting_pulse(context: Context) -> Pulse:
    """Return a pulse that reports to the page and stops when the user asks to."""
    return Pulse(reporting(context.report), context.cancelled)


def task_progress(task: progress.Progress) -> TaskProgress:
    """Return the progress with its rate and the time left, judged by the stage so far."""
    rate = task.done / task.seconds if task.seconds > 0 else 0.0
    left = (task.total - task.done) / rate if task.total is not None and rate > 0 else None
    return TaskProgress(
        stage=task.stage, done=task.done, total=task.total, rate=rate, seconds_left=left
    )
