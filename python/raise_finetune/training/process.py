"""Trainer processes: started so that they outlive this one, paused and stopped by a file."""

import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path
from threading import Thread

from raise_finetune.errors import BadInputError, FailedError, system_reason
from raise_finetune.training.base_model import read_base_model
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.events import EventWriter, find_event, read_events
from raise_finetune.training.runs import Run, create_run
from raise_finetune.training.source import open_dataset
from raise_finetune.training.sources_of_run import open_sources

_NEEDED = ("torch", "transformers", "peft", "trl", "accelerate", "bitsandbytes", "datasets")
# Nothing is ever fetched: a training on private data must not so much as ask for a file's date.
_OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
# The user goes on working beside it: threads that wait by spinning would hold up both.
_BESIDE_OTHERS = {"OMP_WAIT_POLICY": "PASSIVE"}

_ON_WINDOWS = os.name == "nt"
_APART = (
    subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
    if sys.platform == "win32"
    else 0
)


def check_trainer() -> None:
    """Raise ``BadInputError`` where a trainer cannot be started here: the extra is missing."""
    if os.environ.get("RAISE_TRAINER"):
        return
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise BadInputError("trainer_not_installed", missing=", ".join(missing))


def start_run(config: TrainingConfig, folder: Path) -> Run:
    """Create a run in ``folder`` and start its trainer; raises ``BadInputError``."""
    check_trainer()
    run = create_run(config, open_dataset(config.data), read_base_model(config.model.base), folder)
    _spawn(run, resume=False)
    return run


def resume_run(run: Run) -> None:
    """Start a trainer again from the run's last whole checkpoint; raises ``BadInputError``."""
    check_trainer()
    if run.is_active():
        raise BadInputError("run_busy", name=run.name)
    if run.state() == "finished":
        raise BadInputError("run_finished", name=run.name)
    open_sources(run, run.config())  # or it would be said a minute later, of a run that has failed
    _spawn(run, resume=True)


def pause_run(run: Run) -> None:
    """Ask the trainer to save and end at its next step, to be resumed; a no-op where none works."""
    if run.is_active():
        run.request_file("pause").touch()


def stop_run(run: Run) -> None:
    """Ask the trainer to save and end at its next step, for good; a paused run is done at once.

    A no-op for a run that has ended otherwise.
    """
    if run.is_active():
        run.request_file("stop").touch()
    if run.state() == "paused":  # also where the trainer left before it saw the request
        run.clear_requests()
        step = (find_event(run.events, "end") or {}).get("step", 0)
        EventWriter(run.events).write("end", state="stopped", step=step)


def _spawn(run: Run, *, resume: bool) -> None:
    run.clear_requests()
    _, begin = read_events(run.events)
    EventWriter(run.events).write("queued", resume=resume)
    command = [*_trainer(), "--resume" if resume else "--run", str(run.folder)]
    with run.log.open("ab") as log:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=run.folder,
                env={**_BESIDE_OTHERS, **os.environ, **_OFFLINE, "PYTHONUNBUFFERED": "1"},
                # It goes on when the window closes, and is deaf to a terminal's Ctrl-C.
                start_new_session=True,
                creationflags=_APART,
            )
        except OSError as error:
            EventWriter(run.events).write("exit", returncode=-1)
            reason = system_reason(error)
            raise FailedError("trainer_not_started", command=command[0], reason=reason) from error
    Thread(target=_wait, args=(process, run, begin), daemon=True).start()


def _wait(process: "subprocess.Popen[bytes]", run: Run, begin: int) -> None:
    """Tell the end of a process that could not do so itself; ``begin`` is where its events do."""
    returncode = process.wait()
    events, _ = read_events(run.events, begin)  # a later process may have told some since
    if run.folder.is_dir() and not any(each["event"] in ("end", "error") for each in events):
        EventWriter(run.events).write("exit", returncode=returncode)


def _trainer() -> list[str]:
    """Return the command: this Python's, or the one of an installation elsewhere."""
    elsewhere = os.environ.get("RAISE_TRAINER")
    if not elsewhere:
        return [sys.executable, "-m", "raise_finetune.trainer"]
    if not _ON_WINDOWS:
        return shlex.split(elsewhere)
    # There a backslash is part of a path, and means nothing else.
    return [word.strip('"') for word in shlex.split(elsewhere, posix=False)]
