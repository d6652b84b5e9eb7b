"""A process whose children can be killed without waiting for Python to start each time.

Each line on standard input is a JSON list: what to do, and where. A child does it. The answers on
standard output are the child's process id, then its exit status when it is gone.

``["export", root, target, minimum rating, output section]``
    Exports.
``["change", root, name of a change]``
    Makes the change of ``domains.changes``.
``["forget", root, record, number]``
    Forgets the record, and dies once so many datasets were made again.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from domains.changes import CHANGES
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.forgetting import forget, plan_forgetting
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.writing.remembered import datasets_made_of
from raise_finetune.storage.engine import StorageEngine

_CHANGES = {change.__name__: change for change in CHANGES}


def export(root: str, target: str, minimum: float, output: dict[str, Any]) -> None:
    recipe = ExportRecipe.model_validate({"rating": {"minimum": minimum}, "output": output})
    export_dataset(recipe, target, root=root)


def change(root: str, name: str) -> None:
    _CHANGES[name](StorageEngine(Path(root)))


def forget_and_die(root: str, record: str, number: int) -> None:
    engine = StorageEngine(Path(root))
    made = 0

    def count(*_: object) -> None:
        nonlocal made
        made += 1
        if made == number:
            os.kill(os.getpid(), signal.SIGKILL)

    forget(engine, plan_forgetting(engine, record, datasets_made_of(engine.root)), made=count)


_TASKS = {"export": export, "change": change, "forget": forget_and_die}


def serve() -> None:
    ExportRecipe()  # loads what is loaded on first use
    for line in sys.stdin:
        task, *arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            _TASKS[task](*arguments)
            os._exit(0)
        print(child, flush=True)  # noqa: T201
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
