"""The window with one more command: a job that counts for a minute unless it is cancelled."""

import os
import sys
import time
from pathlib import Path

from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Done, LongRequest, Progress
from raise_finetune.desktop import window
from raise_finetune.page import page_folder


class CountProgress(Progress):
    done: int


@command("test_count", progress=CountProgress)
def count(_request: LongRequest, context: Context) -> Done:
    marker = Path(os.environ["HOME"], "counting")
    marker.touch()
    try:
        for done in range(6000):
            context.report(CountProgress(done=done))
            context.raise_if_cancelled()
            time.sleep(0.01)
    finally:
        marker.unlink()
    return Done()


sys.exit(window.run(page_folder()))
