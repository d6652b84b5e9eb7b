"""The process that masks beside the one that exports: ``python -m …sanitize.worker``.

It takes pickles of ``Setup`` and then of ``Job`` from its input, and answers each job, in their
order, with a pickle of what the sanitizer returned, None for each group that stays as it is. It
ends when its input does. Only the process that started it holds the other ends, so neither reads
what a stranger wrote.
"""

import pickle
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.options import SanitizeOptions

if TYPE_CHECKING:  # who only wants to speak to a worker needs no rules
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer


class Setup(NamedTuple):
    """What the worker's sanitizer is made of."""

    options: SanitizeOptions
    known: KnownValues


class Job(NamedTuple):
    """A call of the sanitizer: ``texts`` are groups of texts, or the texts of a scan."""

    call: Literal["sanitize", "scan"]
    texts: list[list[str]] | list[str]


def main() -> None:
    """Serve until the input ends."""
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    setup: Setup = pickle.load(jobs)  # noqa: S301 - see above
    sanitizer = Sanitizer(setup.options, setup.known)
    while True:
        try:
            job: Job = pickle.load(jobs)  # noqa: S301
        except EOFError:
            return
        pickle.dump(_answer(sanitizer, job), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _answer(sanitizer: "Sanitizer", job: Job) -> object:
    if job.call == "scan":
        return sanitizer.scan(cast("list[str]", job.texts))
    groups = cast("list[list[str]]", job.texts)
    return [
        None if result.texts == group else result  # most: no need to send those back
        for group, result in zip(groups, sanitizer.sanitize(groups), strict=True)
    ]


if __name__ == "__main__":
    main()
