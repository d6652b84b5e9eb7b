"""Holds what the program reads, so that a test sees what the page does meanwhile."""

import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from raise_finetune.dataset.progress import Pulse, Stage


class Gate:
    """Holds every task where it is, while it is closed: those that read, or at another stage."""

    is_closed = False
    stage: Stage = "reading"


@contextmanager
def gate_before_reading(monkeypatch: pytest.MonkeyPatch) -> Generator[Gate]:
    """Yield an open gate that every task goes through."""
    gate = Gate()
    beat = Pulse.beat

    def held_beat(pulse: Pulse, stage: Stage, done: int, total: int | None = None) -> None:
        beat(pulse, stage, done, total)
        while gate.is_closed and stage == gate.stage:
            time.sleep(0.01)
            beat(pulse, stage, done, total)

    monkeypatch.setattr(Pulse, "beat", held_beat)
    yield gate
    gate.is_closed = False
