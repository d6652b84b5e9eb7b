"""The default export in this process, by one core: the CPU seconds of each stage, as JSON.

The stages are generators that draw on one another, so each is entered and left many times; what
another one takes meanwhile is counted there.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import cast

from raise_finetune.dataset import export, pipeline, preparation
from raise_finetune.dataset.dedup import Deduplication, rendered
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.second_core import no_second_core
from raise_finetune.dataset.sources import parts
from raise_finetune.dataset.writing import proof

START = "start"
OTHER = "other"
# Where a function is looked up, its name, and its stage; what none of them takes is *other*.
STAGES = (
    (parts.Part, "read", "read"),
    (parts.PartFolder, "part", "read"),
    (pipeline, "interpret", "interpret"),
    (preparation, "load_annotations", "rate"),
    (pipeline, "apply_ratings", "rate"),
    (pipeline, "add_copies", "rate"),
    (pipeline, "select", "select"),
    (pipeline, "check_quality", "judge"),
    (pipeline, "neutralise", "control tokens"),
    (pipeline, "sanitize", "mask"),
    (rendered, "render", "render"),
    (preparation, "render_rows", "group and sign"),
    (Deduplication, "add", "duplicates"),
    (Deduplication, "drop", "duplicates"),
    (export, "write_rows", "write"),
    (export, "write_side_files", "write"),
    (proof, "prove_masked", "prove"),
)

_Function = Callable[..., object]


class Clock:
    """Adds up what each stage takes; only the one that was entered last is running."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.seconds[START] = time.process_time()
        self._running = [OTHER]
        self._since = time.process_time()

    def timed(self, stage: str, function: _Function) -> _Function:
        """Return the function, counted; where it makes an iterator, so is each of its steps."""

        def counted(*arguments: object, **options: object) -> object:
            self.enter(stage)
            try:
                result = function(*arguments, **options)
            finally:
                self.leave()
            if isinstance(result, Iterator):
                return self._steps(stage, cast("Iterator[object]", result))
            return result

        return counted

    def enter(self, stage: str) -> None:
        """Let a stage run inside the one that runs now."""
        self._count()
        self._running.append(stage)

    def leave(self) -> None:
        """Go on with the one before."""
        self._count()
        self._running.pop()

    def _steps(self, stage: str, iterator: Iterator[object]) -> Iterator[object]:
        while True:
            self.enter(stage)
            try:
                step = next(iterator, self)
            finally:
                self.leave()
            if step is self:
                return
            yield step

    def _count(self) -> None:
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now


def main() -> None:
    root, output = sys.argv[1:]
    clock = Clock()
    for owner, name, stage in STAGES:
        setattr(owner, name, clock.timed(stage, getattr(owner, name)))
    export.open_second_core = no_second_core
    export.export_dataset(ExportRecipe(), output, root=root)
    clock.enter(OTHER)
    print(json.dumps(clock.seconds))


if __name__ == "__main__":
    main()
