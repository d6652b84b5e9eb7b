"""Before the first step: who asks to pause or to stop does not wait for the base to be loaded.

That and the first validation may take minutes, in which no step ends. There is nothing to save yet
that is not on the disk: the process may end where it stands.
"""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from raise_finetune.trainer.checkpoints import last_step
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import Request, Run, RunState

_INTERVAL = 0.2
_END_STATES: dict[Request, RunState] = {"pause": "paused", "stop": "stopped"}


@contextmanager
def ended_by_request(
    run: Run, events: EventWriter, *, resume: bool
) -> Generator[Callable[[], None]]:
    """Yield what to call when the first step begins; until then a request ends the process.

    For a training in one process: several end at the same step.
    """
    begun, deciding = Event(), Lock()

    def begin() -> None:
        with deciding:  # or the process ends while this waits
            begun.set()

    def watch() -> None:
        step = last_step(run.checkpoints) if resume else 0
        while not begun.wait(_INTERVAL):
            request = run.requested()
            # The adapter of a run that is stopped is its result: the checkpoint's has to be made.
            if request is None or (request == "stop" and step and not run.has_adapter()):
                continue
            with deciding:
                if not begun.is_set():
                    events.write("end", state=_END_STATES[request], step=step)
                    run.clear_requests()
                    os._exit(0)

    Thread(target=watch, daemon=True).start()
    try:
        yield begin
    finally:
        begin()
