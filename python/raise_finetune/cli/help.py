"""Help in the user's language, also in the words that the parser adds to ours: it knows English."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from raise_finetune.messages import text

_ADDED = re.compile(r"(?<=  \[)[^\[\]]+(?=\]$)")
_DEFAULT = "default: "

# The parser's own classes for these two have no public name.
_ParserContext = TyperCommand.context_class
_ParserFormatter = _ParserContext.formatter_class


class _Formatter(_ParserFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, text("cli.help.usage") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        heading = text("cli.help.commands") if heading == "Commands" else heading
        self.write(f"{' ' * self.current_indent}{text('cli.help.heading', heading=heading)}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().write_dl([(name, _said(words)) for name, words in rows], *args, **options)


class _Context(_ParserContext):
    formatter_class = _Formatter


def _said(explanation: str) -> str:
    if explanation == "Show this message and exit.":
        return text("cli.option.help")
    return _ADDED.sub(lambda added: "; ".join(_words(added[0].split("; "))), explanation)


def _words(added: Iterable[str]) -> Iterable[str]:
    for each in added:
        if each == "required":
            yield text("cli.help.required")
        elif each.startswith(_DEFAULT):
            yield text("cli.help.default", value=each.removeprefix(_DEFAULT))
        else:
            yield each


class Command(TyperCommand):
    """A command."""

    context_class = _Context


class Group(TyperGroup):
    """A group of commands."""

    context_class = _Context
