"""Renders one chat template in a process of its own, whose time and memory are bounded.

A template is a program that somebody else wrote. Jinja's sandbox keeps it from files and from
Python's insides, not from running for hours or filling the memory.

``python -m raise_finetune.dataset.prompts.template_process`` reads a JSON value a line and answers
each with one: first the template and its special tokens, then conversations with the places to cut
them at.
"""

import signal
import sys
from collections.abc import Sequence
from typing import Any

import orjson
from jinja2 import TemplateError

from raise_finetune.dataset.prompts.jinja_template import ChatTemplate
from raise_finetune.dataset.records import Message

_MEMORY = 1 << 30  # bytes of address space, the interpreter's own included
_CPU_SECONDS = 5.0  # for one conversation


def main() -> None:
    """Answer until the other side closes the pipe."""
    _bound_memory()
    template: ChatTemplate | None = None
    for line in sys.stdin.buffer:
        _bound_time(_CPU_SECONDS)
        asked: dict[str, Any] = orjson.loads(line)
        answer: object
        try:
            if template is None:
                template = ChatTemplate(asked["template"], asked["special_tokens"])
                answer = {"texts": []}
            else:
                messages = [Message(role, content) for role, content in asked["messages"]]
                answer = {"texts": _render(template, messages, asked["cuts"])}
        except (TemplateError, MemoryError, RecursionError) as error:
            answer = {"error": str(error) or type(error).__name__}
        _bound_time(0)
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()


def _render(
    template: ChatTemplate, messages: Sequence[Message], cuts: Sequence[tuple[int, bool]]
) -> list[str]:
    """Return the first messages as text for each cut, with the head of an answer if asked for."""
    return [
        template.render(messages[:count], add_generation_prompt=is_prompt)
        for count, is_prompt in cuts
    ]


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _bound_time(seconds: float) -> None:
    """Let the system end this process after so much computing; 0 takes the bound away."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
