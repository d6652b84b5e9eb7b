"""``raise-finetune forget``."""

import sys
from pathlib import Path

import orjson

from raise_finetune.cli.agreement import leave_unless_agreed
from raise_finetune.cli.console import print_json, print_text, progress_bar
from raise_finetune.cli.data_folder import open_data_folder
from raise_finetune.cli.exits import FAILED
from raise_finetune.cli.interrupts import cancelled_by_signals
from raise_finetune.dataset.exports.forgetting import (
    ForgetPlan,
    Forgetting,
    forget,
    plan_forgetting,
)
from raise_finetune.dataset.sources.forgotten import entry_of, take_back
from raise_finetune.dataset.writing.remembered import datasets_made_of
from raise_finetune.errors import CancelledError
from raise_finetune.messages import text
from raise_finetune.storage.layout import printable


def run(
    record: str, root: Path | None, datasets: list[Path], *, confirmed: bool, as_json: bool
) -> None:
    """Say which datasets hold the record; once confirmed, make them again without it."""
    engine = open_data_folder(root)
    plan = plan_forgetting(engine, record, datasets_made_of(engine.root, datasets))
    if not as_json:
        _print_plan(plan)
    if not confirmed:
        leave_unless_agreed(
            text("cli.forget.confirm"),
            lambda: _print_undone(plan, as_json=as_json),
            as_json=as_json,
        )
    with progress_bar(shown=not as_json) as progress, cancelled_by_signals() as cancelled:
        try:
            done = forget(engine, plan, progress, cancelled)
        except (KeyboardInterrupt, CancelledError) as error:  # the list is written first
            raise CancelledError("forget_stopped", record=printable(record)) from error
    if as_json:
        print_json(done.to_json())
    else:
        _print_done(done)
    if done.failed:
        sys.stdout.flush()
        sys.exit(FAILED)


def undo_forgetting(record: str, root: Path | None, *, as_json: bool) -> None:
    """Let the next exports hold the record again."""
    engine = open_data_folder(root)
    was_forgotten = take_back(engine, entry_of(engine, record))
    if as_json:
        print_json(orjson.dumps({"record": record, "was_forgotten": was_forgotten}))
    else:
        code = "undone" if was_forgotten else "was_not_forgotten"
        print_text(text(f"cli.forget.{code}", record=printable(record)))


def _print_undone(plan: ForgetPlan, *, as_json: bool) -> None:
    if as_json:
        print_json(Forgetting(plan=plan, done=False, remade=(), failed={}).to_json())
    else:
        print_text(text("cli.forget.nothing_done"))


def _print_plan(plan: ForgetPlan) -> None:
    print_text(text("cli.forget.title"))
    for record in plan.records:
        print_text(f"  - {printable(record)}")
    if plan.holders:
        print_text(text("cli.forget.holders"))
    else:
        print_text(text("cli.forget.no_holders"))
    for holder in plan.holders:
        print_text(
            text(
                "cli.forget.holder",
                path=holder.path,
                rows=holder.rows,
                contexts=holder.contexts,
            )
        )
    for path in plan.unreadable:
        print_text(text("cli.forget.unreadable", path=path))


def _print_done(done: Forgetting) -> None:
    print_text(text("cli.forget.done"))
    for each in done.remade:
        print_text(
            text("cli.forget.remade", path=each.path, before=each.rows_before, rows=each.rows)
        )
    for path, reason in done.failed.items():
        print_text(text("cli.forget.failed", path=path, reason=reason))
