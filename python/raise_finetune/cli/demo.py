"""``raise-finetune demo``."""

import shlex
from pathlib import Path

import orjson

from raise_finetune.cli.console import print_json, print_text, progress_bar
from raise_finetune.dataset.progress import Progress
from raise_finetune.demo.domain import write_demo
from raise_finetune.errors import BadInputError
from raise_finetune.messages import Phrase, text

_SEEDS = 2**63  # as many as a recipe may have, and as JSON can hold


def write(directory: Path, conversations: int, seed: int, *, as_json: bool) -> None:
    """Write the demo domain and say what is in it."""
    _check_seed(seed)
    with progress_bar(shown=not as_json) as report:

        def written(done: int, total: int) -> None:
            if report is not None:
                report(Progress("writing", done, total, 0.0))

        summary = write_demo(directory, conversations, seed, written)
    if as_json:
        print_json(orjson.dumps(summary._asdict(), option=orjson.OPT_INDENT_2))
        return
    print_text(text("cli.demo.done", path=directory.resolve(), conversations=conversations))
    if summary.kept:
        print_text(text("cli.demo.kept", count=summary.kept))
    print_text(text("cli.demo.next", path=shlex.quote(str(directory.resolve()))))


def _check_seed(seed: int) -> None:
    """Refuse here what an option's range would tell in its help: so large a number."""
    if seed >= _SEEDS:
        raise BadInputError(
            "parameter_invalid",
            name="--seed",
            reason=Phrase("problem.less_than", {"lt": _SEEDS}),
            command="raise-finetune demo",
        )
