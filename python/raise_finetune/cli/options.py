"""Options and arguments of commands, with help in the user's language."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from raise_finetune.messages import text
from raise_finetune.problems import WrongValueError
from raise_finetune.version import __version__


def option(
    key: str,
    name: str,
    metavar: str | None = None,
    minimum: float | None = None,
    *,
    maximum: float | None = None,
    short: str | None = None,
) -> typer.models.OptionInfo:
    """Return an option; ``key`` names its help."""
    names = (name,) if short is None else (name, short)
    return typer.Option(
        *names, help=text(f"cli.option.{key}"), metavar=metavar, min=minimum, max=maximum
    )


def path_option(
    key: str, name: str, metavar: str, *, short: str | None = None
) -> typer.models.OptionInfo:
    """Return an option that takes a path."""
    chosen = option(key, name, metavar, short=short)
    chosen.parser = _path
    return chosen


def argument(key: str, metavar: str) -> typer.models.ArgumentInfo:
    """Return an argument; ``key`` names its help."""
    return typer.Argument(help=text(f"cli.argument.{key}"), metavar=metavar, show_default=False)


def path_argument(key: str, metavar: str) -> typer.models.ArgumentInfo:
    """Return an argument that is a path."""
    chosen = argument(key, metavar)
    chosen.parser = _path
    return chosen


def _path(typed: str) -> Path:
    """Refuse an empty path, as a script's unset variable gives: it would mean this very folder."""
    if not typed:
        raise WrongValueError("path_empty")
    return Path(typed)


def _tell_version(context: typer.Context, asked: bool) -> None:
    if asked:
        sys.stdout.write(f"{Path(context.info_name or '').stem} {__version__}\n")
        raise typer.Exit


HELP_NAMES = {"help_option_names": ["-h", "--help"]}
"""For the context of an application and all of its commands."""

Root = Annotated[Path | None, path_option("root", "--root", "DIR")]
Json = Annotated[bool, option("json", "--json")]
Version = Annotated[
    bool,
    typer.Option(
        "--version", help=text("cli.option.version"), is_eager=True, callback=_tell_version
    ),
]
