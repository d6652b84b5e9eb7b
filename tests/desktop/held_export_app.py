"""The window, whose exports stand still while reading for as long as ``~/hold`` is there."""

import os
import sys
import time
from pathlib import Path

from raise_finetune.dataset.progress import Pulse, Stage
from raise_finetune.desktop import window
from raise_finetune.page import page_folder

HOLD = Path(os.environ["HOME"], "hold")
beat = Pulse.beat


def held_beat(self: Pulse, stage: Stage, done: int, total: int | None = None) -> None:
    beat(self, stage, done, total)
    while stage == "reading" and HOLD.exists():
        time.sleep(0.01)
        beat(self, stage, done, total)


Pulse.beat = held_beat
sys.exit(window.run(page_folder()))
