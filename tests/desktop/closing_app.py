"""The window, whose work stands still wherever ``~/hold`` says, until that says so no more.

A line of it is ``command:place`` or ``command:place:done``; ``~/held/command:place`` is there once
the work has come so far. Places are the stages of the command's progress, and those below. The
process's id is in ``~/pid``.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import COMMANDS
from raise_finetune.commands.wire import Progress
from raise_finetune.dataset import export
from raise_finetune.dataset.second_core import SecondCore
from raise_finetune.dataset.writing import proof
from raise_finetune.desktop import window
from raise_finetune.page import page_folder
from raise_finetune.storage import atomic

HOME = Path(os.environ["HOME"])
HOLD, HELD = HOME / "hold", HOME / "held"
running = threading.local()


def hold(place: str, done: int = 0, stopped: Callable[[], bool] = lambda: False) -> None:
    """Stand still if this is a place to do so, until it is none or the work should stop."""
    name = f"{getattr(running, 'command', '')}:{place}"
    if not _is_wanted(name, done):
        return
    (HELD / name).touch()
    while _is_wanted(name, done) and not stopped():
        time.sleep(0.01)


def _is_wanted(name: str, done: int) -> bool:
    try:
        wanted = HOLD.read_text().splitlines()
    except FileNotFoundError:
        return False
    for line in wanted:
        command, place, *least = line.split(":")
        if f"{command}:{place}" == name and done >= int(*least or "0"):
            return True
    return False


def named(name: str, run: Callable[..., Any], request: Any, context: Context) -> Any:
    running.command, running.context = name, context
    return run(request, context)


def report(self: Context, progress: Progress, plain: Any = Context.report) -> None:
    plain(self, progress)
    place = getattr(progress, "stage", None) or getattr(progress, "side", "")
    hold(place, getattr(progress, "done", 0), self.cancelled)


def around(module: Any, name: str, before: str, after: str | None = None) -> None:
    """Hold before a function is called, and after."""
    plain = getattr(module, name)

    def held(*arguments: Any) -> Any:
        hold(before, stopped=running.context.cancelled if before == "proof" else lambda: False)
        result = plain(*arguments)
        if after is not None:
            hold(after)
        return result

    setattr(module, name, held)


for each in COMMANDS.values():
    COMMANDS[each.name] = replace(each, run=partial(named, each.name, each.run))
Context.report = report
around(proof, "prove_masked", "proof")
around(export, "publish", "publish", "published")
around(atomic, "publish", "rename")  # of every small file
# The second core works from the first batch on, however small the export.
export.open_second_core = partial(SecondCore, start_after=0)

HELD.mkdir(exist_ok=True)
(HOME / "pid").write_text(str(os.getpid()))
sys.exit(window.run(page_folder()))
