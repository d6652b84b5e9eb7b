"""``raise-finetune verify``."""

import sys
from pathlib import Path

from raise_finetune.cli.console import print_json, print_text, progress_bar
from raise_finetune.cli.data_folder import data_folder_of
from raise_finetune.cli.exits import FAILED
from raise_finetune.cli.interrupts import cancelled_by_signals
from raise_finetune.commands.dataset_words import check_line, flaw_line
from raise_finetune.dataset.verification import Verification, verify_dataset
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.messages import text


def run(path: Path, root: Path | None, *, rebuild: bool, as_json: bool) -> None:
    """Verify and print the result; leave with ``FAILED`` where a check fails."""
    dataset = open_dataset(path)
    rebuild_from = data_folder_of(dataset.path, root) if rebuild else None
    with progress_bar(shown=not as_json) as progress, cancelled_by_signals() as cancelled:
        verification = verify_dataset(
            dataset, rebuild_from=rebuild_from, progress=progress, cancel=cancelled
        )
    if as_json:
        print_json(verification.to_json())
    else:
        _print(verification)
    if not verification.passed:
        sys.stdout.flush()
        sys.exit(FAILED)


def _print(verification: Verification) -> None:
    for check in verification.checks:
        print_text(check_line(check))
        for flaw in check.flaws:
            print_text(f"    {flaw_line(flaw)}")
        more = check.flaw_count - len(check.flaws)
        if more:
            print_text(f"    {text('cli.verify.more', flaws=more)}")
    code = "passed" if verification.passed else "failed"
    print_text(text(f"cli.verify.{code}", dataset=verification.dataset, rows=verification.rows))
