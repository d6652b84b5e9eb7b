"""What the command line prints: results on standard output, all else on standard error."""

import os
import re
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from raise_finetune.errors import RaiseError, place_said, said_by_system
from raise_finetune.messages import text
from raise_finetune.storage.layout import printable

if TYPE_CHECKING:
    from rich.table import Table

    from raise_finetune.dataset.progress import Progress

_WIDE = 10_000
_COMMANDS = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f]")  # control characters but tab and line end
_LINE_AGAIN = "\r\x1b[K"  # to the line's begin, and nothing on it


def print_error(error: RaiseError) -> None:
    """Say what happened and what to do, in two lines on standard error."""
    label = text("cli.error")
    with suppress(OSError):  # a terminal that is gone; the exit code still says it
        sys.stderr.write(_harmless(f"{label}{error.message()}\n{error.hint()}\n"))


def print_warning(content: str) -> None:
    """Say what may be wrong though it goes on, on standard error."""
    with suppress(OSError):
        sys.stderr.write(_harmless(f"{text('cli.warning')}{content}\n"))


def print_text(content: str) -> None:
    """Print a result, which may hold names from a data folder of somebody else's."""
    sys.stdout.write(_harmless(f"{content}\n"))


def _harmless(content: str) -> str:
    """Return what is printed with its lines, but no character that a terminal would obey."""
    return _COMMANDS.sub(lambda found: ascii(found[0])[1:-1], content)


def on_one_line(content: str) -> str:
    """Return a text with its line ends shown: no name may add a line of its own."""
    return _harmless(content).replace("\n", "\\n")


def labelled(label: str, value: object) -> str:
    """Return a label and its value with the colon between them as the language sets it."""
    return text("cli.labelled", label=label, value=value)


def grouped(number: int) -> str:
    """Return a number in groups of three digits, which read the same in both languages."""
    return f"{number:,}".replace(",", "\u202f")


def print_table(table: "Table") -> None:
    """Print a table; what stands in it is text, even where it looks like markup.

    In a file or for another program no name is broken to fit a terminal that is not there.
    """
    from rich.console import Console

    is_seen = sys.stdout.isatty() or os.environ.get("COLUMNS")
    width = None if is_seen else _WIDE
    Console(markup=False, emoji=False, highlight=False, width=width).print(table)


def print_problem(record: str, fate: str, detail: str) -> None:
    """Print a record that could not be used, on one line whatever its name holds."""
    why = text(f"fate.{fate}")
    why = f"{why} ({_said(fate, detail)})" if detail else why
    print_text(text("cli.problem", record=printable(record), why=why))


def _said(fate: str, detail: str) -> str:
    """Return what is known of a problem in the user's language; reports keep it in English."""
    if fate == "invalid_json":
        return str(place_said(detail))
    if fate == "too_large" and detail.endswith(" bytes"):
        return text("cli.bytes", size=grouped(int(detail.removesuffix(" bytes"))))
    return str(said_by_system(printable(detail)))


def print_json(content: bytes) -> None:
    """Print a result for a machine, as UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
    sys.stdout.buffer.flush()


@contextmanager
def counter(key: str, *, shown: bool) -> Generator[Callable[[int, int], None]]:
    """Yield what to tell how many of how many are done: on a line that goes at the end.

    ``key`` names its words. Nothing is shown where nobody looks.
    """
    is_seen = shown and sys.stderr.isatty()

    def count(done: int, total: int) -> None:
        if is_seen:
            sys.stderr.write(f"{_LINE_AGAIN}{text(key, done=done, total=total)}")
            sys.stderr.flush()

    try:
        yield count
    finally:
        if is_seen:
            sys.stderr.write(_LINE_AGAIN)


@contextmanager
def progress_bar(*, shown: bool) -> Generator["Callable[[Progress], None] | None"]:
    """Yield what to report progress to: a bar on standard error, or None where nobody looks."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, visible=False)
        stage = ""

        def report(progress: "Progress") -> None:
            nonlocal stage
            is_new, stage = progress.stage != stage, progress.stage
            bar.update(
                task,
                description=text(f"progress.{stage}"),
                completed=progress.done,
                total=progress.total,
                visible=True,
                refresh=is_new,  # a short stage would be over before the bar is drawn again
            )

        yield report
