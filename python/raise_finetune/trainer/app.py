"""``raise-trainer``: one training from a configuration, or the rest of one that was interrupted."""

import logging
import os
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from filelock import Timeout

from raise_finetune.errors import BadInputError, RaiseError
from raise_finetune.messages import text
from raise_finetune.trainer.beginning import ended_by_request
from raise_finetune.training.base_model import read_base_model
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.config_file import changed_config, read_config
from raise_finetune.training.events import EventWriter, last_event
from raise_finetune.training.process import check_trainer
from raise_finetune.training.runs import SECONDS_TO_LEAVE, Run, create_run
from raise_finetune.training.source import open_dataset

_PATIENCE = 60.0  # seconds until the main process has made the run

# Set by accelerate launch and torchrun.
_IS_MAIN = os.environ.get("RANK", "0") == "0"
_HAS_OTHERS = os.environ.get("WORLD_SIZE", "1") != "1"


def _option(key: str, name: str, metavar: str) -> typer.models.OptionInfo:
    return typer.Option(name, help=text(f"trainer.option.{key}"), metavar=metavar)


def command(
    config: Annotated[Path | None, _option("config", "--config", "FILE")] = None,
    dataset: Annotated[Path | None, _option("dataset", "--dataset", "DIR")] = None,
    base: Annotated[Path | None, _option("base", "--base", "DIR")] = None,
    output: Annotated[Path | None, _option("output", "--output", "DIR")] = None,
    run: Annotated[Path | None, _option("run", "--run", "DIR")] = None,
    resume: Annotated[Path | None, _option("resume", "--resume", "DIR")] = None,
) -> None:
    """Train an adapter; see ``docs/training.md``."""
    try:
        check_trainer()
        folder = resume or run
        made = _open(folder) if folder else _create(config, dataset, base, output)
        if resume is not None and made.state() == "finished":
            raise BadInputError("run_finished", name=made.name)
        _train(made, resume=resume is not None)
    except RaiseError as error:
        if _IS_MAIN:
            sys.stderr.write(f"{text('cli.error')}{error.message()}\n{error.hint()}\n")
        sys.exit(error.exit_code)


def main() -> None:
    """Run the command line and leave with its exit code."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(
        help=text("trainer.help"), context_settings={"help_option_names": ["-h", "--help"]}
    )(command)
    app(prog_name="raise-trainer")


def _create(
    config: Path | None, dataset: Path | None, base: Path | None, output: Path | None
) -> Run:
    if output is None:
        raise BadInputError("trainer_output_needed")
    if not _IS_MAIN:
        return _wait_for(output)
    changes = {
        "data": {"dataset": None if dataset is None else str(dataset)},
        "model": {"base": None if base is None else str(base)},
    }
    chosen = read_config(config) if config else TrainingConfig()
    chosen = changed_config(chosen, changes, text("cli.export.options"))
    return create_run(chosen, open_dataset(chosen.data), read_base_model(chosen.model.base), output)


def _open(folder: Path) -> Run:
    if not Run(folder).exists():
        raise BadInputError("run_unknown", name=folder)
    return Run(folder.resolve())


def _wait_for(folder: Path) -> Run:
    """Wait until the main process has made the run."""
    deadline = time.monotonic() + _PATIENCE
    while not Run(folder).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return _open(folder)


def _train(run: Run, *, resume: bool) -> None:
    if not _IS_MAIN:
        _train_here(run, EventWriter(Path(os.devnull)), resume=resume, on_begin=_nothing)
        return
    by_application = (last_event(run.events) or {}).get("event") == "queued"
    events = EventWriter(run.events, echo=not by_application)
    try:
        with run.lock().acquire(timeout=SECONDS_TO_LEAVE):  # one that stopped may not be gone yet
            if not by_application:  # which has done so, and may already ask for a pause
                run.clear_requests()
                events.write("queued", resume=resume)
            _train_and_tell(run, events, resume=resume)
    except Timeout as error:
        raise BadInputError("run_busy", name=run.name) from error


def _train_and_tell(run: Run, events: EventWriter, *, resume: bool) -> None:
    watched = nullcontext(_nothing) if _HAS_OTHERS else ended_by_request(run, events, resume=resume)
    try:
        with watched as on_begin:
            _train_here(run, events, resume=resume, on_begin=on_begin)
    except RaiseError as error:
        params = {key: str(value) for key, value in error.params.items()}
        events.write("error", code=error.code, params=params)
        raise
    finally:
        run.clear_requests()


def _train_here(
    run: Run, events: EventWriter, *, resume: bool, on_begin: Callable[[], None]
) -> None:
    """Train in this process; torch is loaded only now. ``on_begin`` is called at the first step."""
    from raise_finetune.trainer.checkpoints import remove_broken
    from raise_finetune.trainer.failures import as_training_error
    from raise_finetune.trainer.training import train

    try:
        train(run, events, resume=resume, is_main=_IS_MAIN, on_begin=on_begin)
    except Exception as error:
        if not isinstance(error, RaiseError):
            logging.getLogger(__name__).error(traceback.format_exc())  # for trainer.log
        failure = as_training_error(error, run.folder)
        if _IS_MAIN:
            remove_broken(run.checkpoints)
        raise failure from error


def _nothing() -> None:
    """Where nobody waits for the first step."""
