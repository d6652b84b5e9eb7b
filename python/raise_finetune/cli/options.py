"""Options and arguments of commands, with help in the user's language."""

from pathlib import Path
from typing import Annotated

import typer

from raise_finetune.messages import text


def option(
    key: str,
    name: str,
    metavar: str | None = None,
    minimum: float | None = None,
    *,
    short: str | None = None,
) -> typer.models.OptionInfo:
    """Return an option; ``key`` names its help."""
    names = (name,) if short is None else (name, short)
    return typer.Option(*names, help=text(f"cli.option.{key}"), metavar=metavar, min=minimum)


def argument(key: str, metavar: str) -> typer.models.ArgumentInfo:
    """Return an argument; ``key`` names its help."""
    return typer.Argument(help=text(f"cli.argument.{key}"), metavar=metavar, show_default=False)


Root = Annotated[Path | None, option("root", "--root", "DIR")]
Json = Annotated[bool, option("json", "--json")]
