"""``raise-finetune train``: start a trainer and follow it; it goes on without us."""

import sys
from datetime import timedelta
from pathlib import Path

from raise_finetune.cli.console import grouped, print_json, print_text, print_warning
from raise_finetune.cli.exits import INTERRUPTED
from raise_finetune.cli.interrupts import cancelled_by_signals
from raise_finetune.cli.new_file import write_new_file
from raise_finetune.cli.refused_options import named_by_option
from raise_finetune.cli.runs import print_status
from raise_finetune.dataset.section import Changes
from raise_finetune.errors import BadInputError, FailedError
from raise_finetune.messages import number_said, text
from raise_finetune.paths import runs_home
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.config_file import changed_config, format_config, read_config
from raise_finetune.training.devices import find_gpus
from raise_finetune.training.estimate import SplitEstimate, estimate_training
from raise_finetune.training.events import Event
from raise_finetune.training.pace import Pace
from raise_finetune.training.presets import PRESET_NAMES, preset
from raise_finetune.training.process import pause_run, resume_run, start_run
from raise_finetune.training.runs import Run, find_run, new_run_folder
from raise_finetune.training.sizes import size_said
from raise_finetune.training.status import follow, run_status

_OPTIONS = {
    "model.device": "--device",
    "data.max_length": "--max-length",
    "training.num_train_epochs": "--epochs",
    "training.max_steps": "--max-steps",
    "training.learning_rate": "--learning-rate",
}


def chosen_config(config: Path | None, preset_name: str | None, changes: Changes) -> TrainingConfig:
    """Return the configuration of a file or a preset; an option that was given wins over it."""
    if preset_name is not None and preset_name not in PRESET_NAMES:
        known = ", ".join(PRESET_NAMES)
        raise BadInputError("training_preset_unknown", name=preset_name, known=known)
    if config is not None:
        chosen = read_config(config)
    else:
        chosen = preset(preset_name or PRESET_NAMES[0], "cuda" if find_gpus() else "cpu")
    with named_by_option("train", _OPTIONS, changes):
        return changed_config(chosen, changes, text("cli.export.options"))


def write_config(config: TrainingConfig, path: Path) -> None:
    """Write the configuration to a new file."""
    write_new_file(path, format_config(config))
    print_text(text("cli.train.written", path=path.resolve()))


def show_estimate(config: TrainingConfig, *, as_json: bool) -> None:
    """Print what a training would take."""
    with cancelled_by_signals() as cancelled:
        estimate = estimate_training(config, find_gpus(), cancelled)
    if as_json:
        print_json(estimate.to_json())
        return
    for split, found in (("train", estimate.train), ("val", estimate.val)):
        print_text(_split_line(split, found))
    print_text(
        text("cli.train.steps", steps=estimate.steps, steps_per_epoch=estimate.steps_per_epoch)
    )
    print_text(
        text(
            "cli.train.sizes",
            parameters=grouped(estimate.trainable_parameters),
            memory=size_said(estimate.memory.total),
            disk=size_said(estimate.disk_bytes),
            adapter=size_said(estimate.adapter_bytes),
        )
    )
    for notice in estimate.notices:
        print_text(notice.said())


def start(config: TrainingConfig, *, detach: bool, as_json: bool) -> None:
    """Check everything, say what to know before, start a run and follow it to its end."""
    for notice in estimate_training(config, find_gpus()).notices:
        if notice.code not in ("rows_dropped", "rows_trimmed"):  # which the trainer tells
            print_warning(notice.said())
    run = start_run(config, new_run_folder(runs_home()))
    _tell(run, offset=0, detach=detach, as_json=as_json)


def resume(name: str, *, detach: bool, as_json: bool) -> None:
    """Go on with a run and follow it to its end."""
    run = find_run(runs_home(), name)
    offset = run.events.stat().st_size
    resume_run(run)
    _tell(run, offset=offset, detach=detach, as_json=as_json)


def _tell(run: Run, *, offset: int, detach: bool, as_json: bool) -> None:
    is_left = False
    if not detach:
        is_left = _follow(run, offset)
    status = run_status(run)
    if as_json:
        print_json(status.to_json())
    else:
        print_status(status)
    if status.failure is not None:
        raise FailedError(status.failure.code, **status.failure.params)
    if is_left and status.state == "paused":  # what a script would do next needs the whole training
        sys.exit(INTERRUPTED)


def _follow(run: Run, offset: int) -> bool:
    """Print what the trainer tells; Ctrl-C asks it to pause, a second one leaves it alone.

    It goes on where only this terminal is closed. Returns whether it was asked to pause.
    """
    asked, pace = False, Pace()

    def pause_where_asked() -> None:
        nonlocal asked
        if cancelled() and not asked:
            asked = True
            pause_run(run)
            sys.stderr.write(text("cli.train.pausing") + "\n")

    try:
        with cancelled_by_signals("SIGINT") as cancelled:
            # Not before: who reads this may press Ctrl-C at once.
            sys.stderr.write(text("cli.train.started", name=run.name) + "\n")
            for event in follow(run, offset, while_waiting=pause_where_asked):
                print_event(event, pace)
    except KeyboardInterrupt:
        left = "cli.train.left_pausing" if asked else "cli.train.left"
        sys.stderr.write(text(left, name=run.name) + "\n")
        sys.exit(INTERRUPTED)
    return asked


def print_event(event: Event, pace: Pace) -> None:
    """Print what a person wants to know; the trainer of another version may tell other things."""
    match event:
        case {"event": "log", "t": t, "step": step, "max_steps": max_steps, "loss": float(loss)}:
            pace.note(step, t)
            line = text(
                "cli.train.step", step=step, max_steps=max_steps, loss=number_said(loss, ".4f")
            )
            line += _time_left(pace.seconds_left(max_steps))
        case {"event": "eval", "step": step, "eval_loss": float(loss)}:
            line = text("cli.train.eval", step=step, loss=number_said(loss, ".4f"))
        case {"code": "rows_dropped" | "rows_trimmed" as code, "params": {"rows": rows}}:
            line = text(f"training.notice.{code}", None, rows=rows)
        case _:
            return
    sys.stderr.write(line + "\n")


def _time_left(seconds: float | None) -> str:
    if not seconds:
        return ""
    return text("cli.train.time_left", time=timedelta(seconds=round(seconds)))


def _split_line(split: str, found: SplitEstimate) -> str:
    return text(
        "cli.train.rows",
        split=split,
        rows=found.rows,
        kept=found.kept_rows,
        tokens=grouped(found.tokens),
        longest=found.longest,
        cut=found.cut_answers,
    )
