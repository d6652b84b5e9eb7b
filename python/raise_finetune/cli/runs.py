"""``raise-finetune runs``: what was trained, and what is being trained."""

from collections.abc import Callable

import orjson
from rich.table import Table

from raise_finetune.cli.agreement import leave_unless_agreed
from raise_finetune.cli.console import print_json, print_table, print_text
from raise_finetune.errors import BadInputError, RaiseError
from raise_finetune.messages import number_said, text
from raise_finetune.paths import runs_home
from raise_finetune.training.process import pause_run, stop_run
from raise_finetune.training.runs import Run, delete_run, find_run, list_runs
from raise_finetune.training.status import RunStatus, readable_statuses, run_status


def list_all(*, as_json: bool) -> None:
    """Print all runs, newest first."""
    statuses = readable_statuses(list_runs(runs_home()))
    if as_json:
        print_json(orjson.dumps({"runs": [_plain(status) for status in statuses]}))
        return
    if not statuses:
        print_text(text("cli.runs.none"))
        return
    table = Table(box=None)
    for column in ("name", "state", "steps", "loss", "dataset"):
        table.add_column(text(f"cli.runs.{column}"))
    for status in statuses:
        table.add_row(
            status.name,
            text(f"training.state.{status.state}"),
            f"{status.step}/{status.max_steps}" if status.max_steps else "–",
            "" if status.loss is None else number_said(status.loss, ".4f"),
            status.dataset,
        )
    print_table(table)


def pause(name: str, *, as_json: bool) -> None:
    """Ask a run to save and wait."""
    _ask(name, pause_run, as_json=as_json)


def stop(name: str, *, as_json: bool) -> None:
    """Ask a run to save and be done."""
    _ask(name, stop_run, as_json=as_json)


def _ask(name: str, ask: Callable[[Run], None], *, as_json: bool) -> None:
    run = find_run(runs_home(), name)
    ask(run)
    status = run_status(run)
    if as_json:
        print_json(status.to_json())
    else:
        print_status(status)


def delete(name: str, *, confirmed: bool, as_json: bool) -> None:
    """Remove a run with its checkpoints and its adapter, once confirmed."""
    run = find_run(runs_home(), name)
    if not confirmed:
        if not as_json:
            _print_what_goes(run)
        leave_unless_agreed(
            text("cli.runs.confirm_delete"), lambda: _print_kept(as_json=as_json), as_json=as_json
        )
    delete_run(run)
    if as_json:
        print_json(orjson.dumps({"deleted": name}))
    else:
        print_text(text("cli.runs.deleted", name=name))


def _print_what_goes(run: Run) -> None:
    try:
        print_status(run_status(run))
    except BadInputError as error:  # it can be deleted, too
        print_text(error.message())


def _print_kept(*, as_json: bool) -> None:
    if as_json:
        print_json(orjson.dumps({"deleted": None}))
    else:
        print_text(text("cli.runs.kept"))


def show(name: str, *, as_json: bool) -> None:
    """Print one run, and what it was made of."""
    status = run_status(find_run(runs_home(), name))
    if as_json:
        print_json(status.to_json())
        return
    print_status(status)
    _print_lineage(status)


def print_status(status: RunStatus) -> None:
    """Print a run's status for a person."""
    state = text(f"training.state.{status.state}")
    if status.max_steps:
        step, max_steps = status.step, status.max_steps
        print_text(
            text("cli.runs.status", name=status.name, state=state, step=step, max_steps=max_steps)
        )
    else:
        print_text(text("cli.runs.status_not_begun", name=status.name, state=state))
    if status.base_eval_loss is not None:
        _print_validation(status, status.base_eval_loss)
    if status.state == "paused":
        print_text(text("cli.runs.paused", name=status.name))
    if status.adapter:
        print_text(text("cli.runs.adapter", path=status.adapter))
        _print_whose(status)
        _print_whether_better(status)
    if status.failure is not None:
        error = RaiseError(status.failure.code, **status.failure.params)
        print_text(f"{error.message()} {error.hint()}")


def _print_validation(status: RunStatus, before: float) -> None:
    if status.eval_loss is None:
        print_text(text("cli.runs.eval_before", before=number_said(before, ".4f")))
        return
    after = number_said(status.eval_loss, ".4f")
    print_text(
        text("cli.runs.eval", before=number_said(before, ".4f"), after=after, step=status.eval_step)
    )


def _print_whose(status: RunStatus) -> None:
    """Print which step's adapter it is, unless it is simply the last one's."""
    if status.adapter_step is None or status.adapter_step == status.step:
        return
    loss = "–" if status.adapter_eval_loss is None else number_said(status.adapter_eval_loss, ".4f")
    print_text(text("cli.runs.adapter_best", step=status.adapter_step, loss=loss))


def _print_whether_better(status: RunStatus) -> None:
    after, before = status.adapter_eval_loss, status.base_eval_loss
    if after is not None and before is not None and after >= before:
        print_text(text("cli.runs.no_better"))


def _print_lineage(status: RunStatus) -> None:
    print_text(text("cli.runs.lineage_dataset", path=status.dataset))
    print_text(text("cli.runs.lineage_base", path=status.base))
    print_text(text("cli.runs.lineage_profile", name=status.profile))
    if status.recipe is None:
        print_text(text("cli.runs.lineage_recipe_unknown"))
    elif status.recipe:
        print_text(text("cli.runs.lineage_recipe"))
        for choice in status.recipe:
            print_text(f"  {choice.key} = {choice.value}")
    else:
        print_text(text("cli.runs.lineage_recipe_default"))


def _plain(status: RunStatus) -> object:
    return status.model_dump(mode="json", by_alias=False)
