"""``raise-finetune``: the application that the console script starts."""

import sys
from io import TextIOWrapper

import typer

from raise_finetune.cli import commands
from raise_finetune.cli.options import HELP_NAMES, Version
from raise_finetune.messages import text

app = typer.Typer(
    name="raise-finetune",
    help=text("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_NAMES,
)
commands.register(app)


@app.callback()
def _options(version: Version = False) -> None:  # pyright: ignore[reportUnusedFunction]
    """Take what may be asked of no command in particular."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's encoding lacks becomes "?" instead of an error.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
