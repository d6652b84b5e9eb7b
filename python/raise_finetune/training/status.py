"""Where a run is, as people are told."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.errors import BadInputError, RaiseError
from raise_finetune.training.events import Event, find_event, last_event, read_events
from raise_finetune.training.lineage import RecipeChoice, recipe_choices
from raise_finetune.training.runs import Run, RunState

_INTERVAL = 0.2


class RunFailure(ReportModel):
    """Why a run failed: the entries ``error.<code>`` with these parameters."""

    code: str
    params: dict[str, str]


class RunStatus(ReportModel):
    """One run: what it is made of, and how far it is.

    ``recipe`` holds the keys by which the dataset's recipe differs from the default one, None where
    it is not known. ``base_eval_loss`` is the loss on the validation rows before the first step,
    ``eval_loss`` the latest since, taken at ``eval_step``. ``adapter`` is the folder of the result,
    empty where there is none; ``adapter_step`` is the step whose adapter that is and
    ``adapter_eval_loss`` its loss on the validation rows, each None where it is not known.
    """

    name: str
    state: RunState
    created: str
    folder: str
    dataset: str
    dataset_exists: bool
    manifest_sha256: str
    base: str
    architecture: str
    profile: str
    recipe: tuple[RecipeChoice, ...] | None
    step: int
    max_steps: int
    loss: float | None
    base_eval_loss: float | None
    eval_loss: float | None
    eval_step: int | None
    adapter: str
    adapter_step: int | None
    adapter_eval_loss: float | None
    failure: RunFailure | None


def run_status(run: Run) -> RunStatus:
    """Return where a run is; raises ``BadInputError`` where its folder is damaged."""
    lineage = run.lineage()
    logged = find_event(run.events, "log") or find_event(run.events, "start") or {}
    evaluated = find_event(run.events, "eval") or {}
    if evaluated.get("step") == 0:  # which says nothing of the adapter yet
        evaluated = {}
    first_evaluated = find_event(run.events, "eval", first=True) or {}
    result = run.adapter_lineage()
    try:
        return RunStatus(
            name=run.name,
            state=run.state(),
            created=lineage.created,
            folder=str(run.folder),
            dataset=lineage.dataset,
            dataset_exists=Path(lineage.dataset).is_dir(),
            manifest_sha256=lineage.manifest_sha256,
            base=lineage.base,
            architecture=lineage.architecture,
            profile=lineage.profile.name,
            recipe=recipe_choices(run),
            step=logged.get("step", 0),
            max_steps=logged.get("max_steps", 0),
            loss=logged.get("loss"),
            base_eval_loss=first_evaluated.get("eval_loss"),
            eval_loss=evaluated.get("eval_loss"),
            eval_step=evaluated.get("step"),
            adapter=str(run.adapter) if run.has_adapter() else "",
            adapter_step=None if result is None else result.step,
            adapter_eval_loss=None if result is None else result.eval_loss,
            failure=_failure(last_event(run.events)),
        )
    except ValidationError as error:
        raise BadInputError("run_unreadable", name=run.name, reason=run.events.name) from error


def readable_statuses(runs: list[Run]) -> list[RunStatus]:
    """Return the status of each run whose folder is not damaged."""
    found: list[RunStatus] = []
    for run in runs:
        try:
            found.append(run_status(run))
        except BadInputError:
            continue
    return found


def follow(
    run: Run, offset: int = 0, *, while_waiting: Callable[[], None] = lambda: None
) -> Iterator[Event]:
    """Yield the run's events from a byte offset on, as they come, until no trainer works on it.

    A step may take a minute: ``while_waiting`` is called a few times a second meanwhile.
    """
    while True:
        active = run.is_active()  # asked before reading: what was told last is read in any case
        events, offset = read_events(run.events, offset)
        yield from events
        if not active:
            return
        while_waiting()
        time.sleep(_INTERVAL)


def _failure(event: Event | None) -> RunFailure | None:
    match event:
        case {"event": "error", "code": code, "params": dict()}:
            named = cast("dict[str, object]", event["params"])
            return _tellable(str(code), {key: str(value) for key, value in named.items()})
        case {"event": "exit"}:
            return RunFailure(
                code="trainer_died", params={"returncode": str(event.get("returncode"))}
            )
        case _:
            return None


def _tellable(code: str, params: dict[str, str]) -> RunFailure:
    """Return why a run failed, in general words where this version has none for it."""
    try:
        error = RaiseError(code, **params)
        _ = error.message(), error.hint()
    except (LookupError, TypeError, ValueError):
        reason = ", ".join(params.values()) or "—"
        return RunFailure(code="training_failed", params={"kind": code, "reason": reason})
    return RunFailure(code=code, params=params)
