"""``raise-finetune compare``."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from raise_finetune.adapters.installation import require_installed
from raise_finetune.cli.adapter import warn_of_another_base
from raise_finetune.cli.console import (
    counter,
    labelled,
    print_json,
    print_text,
    print_warning,
)
from raise_finetune.cli.interrupts import cancelled_by_signals
from raise_finetune.dataset.records import Message
from raise_finetune.errors import BadInputError
from raise_finetune.inference.comparison import Answers, ComparedModels, Comparer, Comparison, Loss
from raise_finetune.inference.held_out import held_out_rows
from raise_finetune.inference.process import PromptTooLongError, Sampling
from raise_finetune.messages import number_said, text
from raise_finetune.training.runs import PARITY_FILE


class Asked(NamedTuple):
    """What both sides are asked: the first ``rows`` held-out rows, and prompts of one's own.

    The loss is taken on the first ``score`` rows.
    """

    dataset: Path | None
    prompts: tuple[str, ...]
    rows: int
    score: int


def run(models: ComparedModels, asked: Asked, sampling: Sampling, *, as_json: bool) -> None:
    """Compare and print; without ``--json``, each pair of answers as soon as it is there."""
    if asked.dataset is None and not asked.prompts:
        raise BadInputError("comparison_unasked")
    require_installed()
    from raise_finetune.inference.opening import open_comparison

    for base in filter(None, (models.base, models.base_model)):
        warn_of_another_base(models.adapter, base)
    models = replace(models, parity=models.parity or _recorded_beside(models.adapter))
    with (
        cancelled_by_signals() as cancelled,
        open_comparison(models, cancelled) as comparer,
    ):
        loss = _loss(comparer, asked, as_json=as_json)
        answers: list[Answers] = []
        left_out: list[_TooLong] = []
        for each in _answers(comparer, asked, sampling, left_out):
            answers.append(each)
            if not as_json:
                _print_answers(each)
    if left_out:
        print_warning(_said_of(left_out, models.context, sampling))
    if as_json:
        comparison = Comparison(
            base=str(models.base),
            adapter=str(models.adapter),
            profile=comparer.profile.name,
            loss=loss,
            answers=tuple(answers),
            left_out=tuple(each.row for each in left_out),
        )
        print_json(comparison.to_json())


def _recorded_beside(adapter: Path) -> Path | None:
    """Return what the training has recorded, where the adapter lies in its run's folder."""
    path = adapter.with_name(PARITY_FILE)
    return path if path.is_file() else None


def _loss(comparer: Comparer, asked: Asked, *, as_json: bool) -> Loss | None:
    if asked.dataset is None or asked.score == 0:
        return None
    rows = held_out_rows(asked.dataset, comparer.profile, asked.score)
    with counter("cli.compare.scoring", shown=not as_json) as count:
        loss = comparer.loss(rows, lambda done: count(done, len(rows)))
    if loss is None:
        print_warning(text("cli.compare.none_fits", context=comparer.context))
    elif not as_json:
        _print_loss(loss)
    return loss


class _TooLong(NamedTuple):
    """A row that was not asked: its prompt has more tokens than the model could read."""

    row: int
    tokens: int
    most: int


def _answers(
    comparer: Comparer, asked: Asked, sampling: Sampling, left_out: list[_TooLong]
) -> Iterator[Answers]:
    """Yield the answers; rows that are too long are added to ``left_out``."""
    for question in asked.prompts:
        prompt = comparer.profile.prompt([Message("user", question)])
        yield comparer.answers(prompt, sampling)
    if asked.dataset is not None:
        for row in held_out_rows(asked.dataset, comparer.profile, asked.rows):
            try:
                yield comparer.answers(row.prompt, sampling, row)
            except PromptTooLongError as error:
                # The others may fit: what has been answered must not be lost for this one.
                left_out.append(_TooLong(row.number, error.tokens, error.context))


def _said_of(left_out: list[_TooLong], context: int, sampling: Sampling) -> str:
    """Return which rows were left out and what to do about it."""
    most, needed = left_out[0].most, max(each.tokens for each in left_out) + sampling.max_tokens
    is_limit_of_base = most < context  # llama.cpp allows no more than it was trained with
    return text(
        "cli.compare.rows_too_long_for_base" if is_limit_of_base else "cli.compare.rows_too_long",
        count=len(left_out),
        rows=", ".join(str(each.row) for each in left_out),
        most=most,
        needed=needed,
    )


def _print_loss(loss: Loss) -> None:
    change = (loss.adapter - loss.base) / loss.base if loss.base else 0.0
    change = round(change, 3) + 0.0  # what rounds to nothing has no minus
    print_text(
        text(
            "cli.compare.loss",
            rows=loss.rows,
            tokens=loss.tokens,
            base=number_said(loss.base, ".3f"),
            adapter=number_said(loss.adapter, ".3f"),
            change=number_said(change, "+.1%"),
        )
    )
    if loss.trimmed:
        print_text(text("cli.compare.trimmed", trimmed=loss.trimmed))
    if loss.skipped:
        print_text(text("cli.compare.skipped", skipped=loss.skipped))


def _print_answers(answers: Answers) -> None:
    print_text(f"\n{answers.prompt}")
    told = {"base": answers.base, "adapter": answers.adapter}
    if answers.row is not None:
        told["expected"] = answers.expected
    for side, answer in told.items():
        print_text(f"  {labelled(text(f'cli.compare.{side}'), answer)}")
