"""Jinja chat templates, rendered as ``transformers`` renders them, in a sandbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from jinja2 import TemplateError, nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from raise_finetune.dataset.records import Message

# Templates that ask for today's date get the one that Llama 3 falls back to: exports must not
# change from day to day.
_TODAY = datetime(2024, 7, 26)


class _GenerationTag(Extension):
    """``{% generation %}`` marks answers for trainers; the text is the same without it."""

    tags = {"generation"}  # noqa: RUF012 - as in jinja2

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class ChatTemplate:
    """A compiled chat template.

    Raises ``jinja2.TemplateError`` for a template that is none, and when rendering fails.
    """

    def __init__(self, source: str, special_tokens: dict[str, str]) -> None:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=[_GenerationTag, loopcontrols]
        )
        self._template = environment.from_string(source)
        self._context = {
            **special_tokens,
            "raise_exception": _raise_exception,
            "strftime_now": _TODAY.strftime,
        }

    def render(self, messages: Sequence[Message], *, add_generation_prompt: bool = False) -> str:
        """Return the conversation as text, with the head of an answer to come if asked for."""
        turns = [{"role": role, "content": content} for role, content in messages]
        try:
            return self._template.render(
                messages=turns, add_generation_prompt=add_generation_prompt, **self._context
            )
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise TemplateError(str(error)) from error


def _raise_exception(message: str) -> NoReturn:
    raise TemplateError(message)
