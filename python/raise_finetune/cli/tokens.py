"""What the command line says about an export's tokens."""

from raise_finetune.cli.console import grouped, print_text
from raise_finetune.dataset.tokens.check import TokenCheck, pieces_shown
from raise_finetune.dataset.tokens.counts import TokenCounts
from raise_finetune.dataset.tokens.report import TokenReport
from raise_finetune.messages import text


def print_tokens(report: TokenReport) -> None:
    """Print how long the rows are, whether they are exact, and what would be cut off."""
    counts = report.counts
    print_text(
        text(
            "cli.export.tokens",
            tokenizer=report.tokenizer,
            tokens=grouped(counts.tokens),
            rows=counts.rows,
            counted=counts.counted,
            p50=counts.percentiles["50"],
            p95=counts.percentiles["95"],
            longest=counts.longest,
        )
    )
    if report.check is not None:
        _print_check(report.check, report.tokenizer)
    _print_cuts(counts)


def _print_check(check: TokenCheck, tokenizer: str) -> None:
    if check.exact:
        print_text(text("cli.export.tokens_exact", rows=check.rows, profile=check.reference))
    else:
        first = check.differences[0]
        print_text(
            text(
                "cli.export.tokens_differ",
                rows=check.rows - check.exact_rows,
                checked=check.rows,
                profile=check.reference,
                found=pieces_shown(first.found),
                expected=pieces_shown(first.expected),
            )
        )
    for problem, rows in check.problems.items():
        name = text(f"token_problem.{problem}")
        print_text(text("cli.export.tokens_problem", problem=name, rows=rows))
    if check.trainer_adds_bos:
        print_text(text("cli.export.tokens_bos", tokenizer=tokenizer))


def _print_cuts(counts: TokenCounts) -> None:
    if not counts.cut_answers:
        print_text(text("cli.export.tokens_fit", max_length=counts.max_length))
        return
    print_text(
        text(
            "cli.export.tokens_cut",
            rows=counts.cut_rows,
            max_length=counts.max_length,
            answers=counts.cut_answers,
            lost=counts.lost_answers,
        )
    )
