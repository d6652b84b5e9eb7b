"""Who asks to pause or to stop before the first step: the trainer ends at once."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models.training import events_of, prepare, quick_config, start_trainer, train
from raise_finetune.trainer import beginning
from raise_finetune.trainer.beginning import ended_by_request
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import Request, Run
from raise_finetune.training.status import run_status


@pytest.mark.parametrize(("request_", "state"), [("pause", "paused"), ("stop", "stopped")])
def test_a_trainer_that_still_loads_ends_at_once_and_can_be_resumed(
    request_: Request, state: str, tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    changes = {"training": {"max_steps": 1, "eval_strategy": "no"}}
    run = prepare(quick_config(tiny_dataset, tiny_mistral, changes), tmp_path / "run")
    process = start_trainer(run)
    assert process.stdout is not None
    assert '"queued"' in process.stdout.readline()
    run.request_file(request_).touch()
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    (end,) = events_of(run, "end")
    assert (end["state"], end["step"], events_of(run, "start")) == (state, 0, [])
    status = run_status(run)
    assert (status.state, status.step, status.max_steps, status.adapter) == (state, 0, 0, "")
    assert (run.requested(), run.is_alive()) == (None, False)
    train(run, resume=True)
    assert (run.state(), run.has_adapter()) == ("finished", True)


class _EndedError(Exception):
    """What the process does in place of its end."""


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run with a checkpoint and without an adapter, whose process cannot be ended."""
    run = Run(tmp_path)
    (run.checkpoints / "checkpoint-20").mkdir(parents=True)
    (run.checkpoints / "checkpoint-20/complete").touch()
    EventWriter(run.events).write("queued", resume=True)

    def end(code: int) -> None:
        raise _EndedError(code)

    def say_nothing(_of: threading.ExceptHookArgs) -> None:
        pass

    monkeypatch.setattr(beginning.os, "_exit", end)
    monkeypatch.setattr(threading, "excepthook", say_nothing)
    return run


def ends(run: Run, ask: Callable[[], None]) -> list[tuple[str, int]]:
    """Return the ends that are told within a second of what is asked before the first step."""
    with ended_by_request(run, EventWriter(run.events), resume=True):
        ask()
        time.sleep(1)
    return [(event["state"], event["step"]) for event in events_of(run, "end")]


def test_a_run_that_goes_on_is_paused_where_its_checkpoint_is(watched: Run):
    assert ends(watched, watched.request_file("pause").touch) == [("paused", 20)]


def test_an_adapter_is_made_of_a_checkpoint_before_its_run_is_stopped(watched: Run):
    ask = watched.request_file("stop").touch
    assert ends(watched, ask) == []
    watched.adapter.mkdir()
    (watched.adapter / "adapter_model.safetensors").touch()
    assert ends(watched, ask) == [("stopped", 20)]


def test_from_its_first_step_on_a_run_is_not_ended_like_this(watched: Run):
    with ended_by_request(watched, EventWriter(watched.events), resume=True) as begin:
        begin()
        watched.request_file("pause").touch()
        time.sleep(1)
    assert events_of(watched, "end") == []
    assert watched.requested() == "pause"
