"""Commands on training runs: start, follow, pause, resume, stop, delete.

A run outlives the window: it is a process of its own, and all that the page shows of it is read
from its folder.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError

from raise_finetune.commands import file_manager
from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Done, NoRequest, Request, Response, WireModel
from raise_finetune.errors import RaiseError
from raise_finetune.messages import Language
from raise_finetune.paths import runs_home
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.events import Event, read_events
from raise_finetune.training.log import read_log
from raise_finetune.training.process import pause_run, resume_run, start_run, stop_run
from raise_finetune.training.runs import (
    Run,
    RunName,
    delete_run,
    find_run,
    list_runs,
    new_run_folder,
)
from raise_finetune.training.status import RunStatus, readable_statuses, run_status


class StartTrainingRequest(Request):
    """The configuration to train by, with its dataset and its base model."""

    config: TrainingConfig


class RunRequest(Request):
    """One run of the list, by its name."""

    name: RunName


class RunView(WireModel):
    """A run; ``message`` and ``hint`` say in the user's language why it failed."""

    status: RunStatus
    message: str | None
    hint: str | None


class RunResponse(Response):
    """One run."""

    run: RunView


class RunsResponse(Response):
    """The runs on this machine, newest first."""

    runs: tuple[RunView, ...]


class FollowRunRequest(Request):
    """A run, and from where on its events and its log are wanted: 0 the first time."""

    name: RunName
    events_offset: Annotated[int, Field(ge=0)] = 0
    log_offset: Annotated[int, Field(ge=0)] = 0


class LossPoint(WireModel):
    """One point of the training curve; ``t`` in seconds since 1970."""

    t: float
    step: int
    epoch: float
    loss: float
    learning_rate: float
    grad_norm: float | None
    tokens: float | None


class EvalPoint(WireModel):
    """One point of the validation curve."""

    t: float
    step: int
    epoch: float
    eval_loss: float


_Point = TypeVar("_Point", LossPoint, EvalPoint)


class FollowRunResponse(Response):
    """A run, and what it told since; with ``resumed_from`` the curve goes on from that step.

    ``events_offset`` and ``log_offset`` are for the next request.
    """

    run: RunView
    config: TrainingConfig
    points: tuple[LossPoint, ...]
    evaluations: tuple[EvalPoint, ...]
    checkpoints: tuple[int, ...]
    resumed_from: int | None
    log: str
    events_offset: int
    log_offset: int


@command("training_start")
def training_start(request: StartTrainingRequest, context: Context) -> RunResponse:
    """Start a training in a process of its own."""
    run = start_run(request.config, new_run_folder(runs_home()))
    return RunResponse(run=_view(run_status(run), context.language))


@command("training_runs")
def training_runs(_request: NoRequest, context: Context) -> RunsResponse:
    """Return the runs on this machine."""
    return _list(context.language)


@command("training_run")
def training_run(request: FollowRunRequest, context: Context) -> FollowRunResponse:
    """Return where a run is and what it told since the last time."""
    run = _find(request.name)
    status = run_status(run)  # first: of a run that has ended then, all events are read
    events, events_offset = read_events(run.events, request.events_offset)
    log, log_offset = read_log(run.log, request.log_offset)
    starts = _steps(events, "start")
    return FollowRunResponse(
        run=_view(status, context.language),
        config=run.config(),
        points=tuple(_points(events, "log", LossPoint)),
        evaluations=tuple(_points(events, "eval", EvalPoint)),
        checkpoints=tuple(_steps(events, "checkpoint")),
        resumed_from=starts[-1] if starts else None,
        log=log,
        events_offset=events_offset,
        log_offset=log_offset,
    )


@command("training_pause")
def training_pause(request: RunRequest, context: Context) -> RunResponse:
    """Ask a run to save a checkpoint and its adapter so far, and to wait until it is resumed."""
    run = _find(request.name)
    pause_run(run)
    return RunResponse(run=_view(run_status(run), context.language))


@command("training_stop")
def training_stop(request: RunRequest, context: Context) -> RunResponse:
    """Ask a run to save its adapter as it is, and to be done with it; a paused one is at once."""
    run = _find(request.name)
    stop_run(run)
    return RunResponse(run=_view(run_status(run), context.language))


@command("training_resume")
def training_resume(request: RunRequest, context: Context) -> RunResponse:
    """Go on with a run from its last whole checkpoint."""
    run = _find(request.name)
    resume_run(run)
    return RunResponse(run=_view(run_status(run), context.language))


@command("training_delete")
def training_delete(request: RunRequest, context: Context) -> RunsResponse:
    """Remove a run with its checkpoints and its adapter."""
    delete_run(_find(request.name))
    return _list(context.language)


@command("training_reveal")
def training_reveal(request: RunRequest, _context: Context) -> Done:
    """Show a run's folder in the system's file manager."""
    file_manager.show(_find(request.name).folder)
    return Done()


def _find(name: str) -> Run:
    return find_run(runs_home(), name)


def _list(language: Language) -> RunsResponse:
    statuses = readable_statuses(list_runs(runs_home()))
    return RunsResponse(runs=tuple(_view(status, language) for status in statuses))


def _view(status: RunStatus, language: Language) -> RunView:
    if status.failure is None:
        return RunView(status=status, message=None, hint=None)
    error = RaiseError(status.failure.code, **status.failure.params)
    return RunView(
        status=status, message=error.message(language), hint=error.hint_in_window(language)
    )


def _steps(events: list[Event], kind: str) -> list[int]:
    """Return the steps that the events of a kind tell of."""
    told = (event.get("step") for event in events if event["event"] == kind)
    return [step for step in told if step is not None]


def _points(events: list[Event], kind: str, model: type[_Point]) -> Iterator[_Point]:
    """Yield a point of a curve for each event of a kind that tells all of it."""
    for event in events:
        if event["event"] == kind:
            with suppress(ValidationError):
                yield model.model_validate({key: event.get(key) for key in model.model_fields})
