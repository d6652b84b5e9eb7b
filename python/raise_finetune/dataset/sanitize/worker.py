"""The process that masks beside the one that exports: ``python -m …sanitize.worker``.

It takes pickles of ``Setup`` and then of ``Job`` from its input, and answers each job, in their
order, with a pickle of what the sanitizer returned. It ends when its input does. Only the process
that started it holds the other ends, so neither reads what a stranger wrote.
"""

import pickle
import sys
from typing import Literal, NamedTuple

from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.options import SanitizeOptions


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
        answer = getattr(sanitizer, job.call)(job.texts)
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
