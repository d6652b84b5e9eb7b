"""The application of all commands, as its console script runs it."""

import sys

import typer

from raise_finetune.cli import commands
from raise_finetune.cli.exits import INTERRUPTED, with_exit_code
from raise_finetune.cli.help import Group
from raise_finetune.cli.interrupts import end_as_ctrl_c_does
from raise_finetune.cli.options import HELP_NAMES, Version
from raise_finetune.cli.streams import prepare_streams
from raise_finetune.errors import CancelledError
from raise_finetune.messages import text

app = typer.Typer(
    name="raise-finetune",
    cls=Group,
    help=text("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_NAMES,
)
commands.register(app)

# What all complaints of the parser are; its own name is not public.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


@app.callback()
def _options(version: Version = False) -> None:  # pyright: ignore[reportUnusedFunction]
    """Take what may be asked of no command in particular."""


def run() -> None:
    """Run the command that was typed and leave with its exit code."""
    prepare_streams()
    end_as_ctrl_c_does()
    with_exit_code(_run)()


def _run() -> None:
    try:
        # Also of python -m raise_finetune, which would be called by that name in its help.
        code = app(prog_name="raise-finetune", standalone_mode=False)
    except typer.Abort as error:  # Ctrl-C while the parser works
        raise CancelledError from error
    except _UsageError as error:
        from raise_finetune.cli.usage import leave_wrong_use

        leave_wrong_use(error)
    if code == INTERRUPTED:  # Ctrl-C before the command began
        raise CancelledError
    sys.exit(code)
