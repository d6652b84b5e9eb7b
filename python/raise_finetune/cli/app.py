"""``raise-finetune``: the application that the console script starts."""

import typer

from raise_finetune.cli import commands
from raise_finetune.messages import text

app = typer.Typer(
    name="raise-finetune",
    help=text("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
commands.register(app)


def main() -> None:
    """Run the command line and leave with its exit code."""
    app()
