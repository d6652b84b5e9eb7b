"""A chat template that runs in a process of its own: see ``template_process``."""

import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, BinaryIO

import orjson

from raise_finetune.child_process import ChildDiedError, ChildProcess
from raise_finetune.dataset.records import Message

# The process bounds its own computing where the system can; this also ends one that hangs.
_SECONDS = 60.0

_Child = ChildProcess[dict[str, Any]]


class TemplateFailedError(Exception):
    """The template is none, or could not be applied; the message says why."""


class TemplateTooSlowError(Exception):
    """The template took more time than a chat template needs."""


class BoundedTemplate:
    """Renders conversations; the process lives as long as this object.

    One that a conversation has ended is started anew for the next.
    """

    def __init__(self, template: str, special_tokens: dict[str, str]) -> None:
        self._lock = Lock()
        self._first = {"template": template, "special_tokens": special_tokens}
        self._child: _Child | None = self._start()

    def render(self, messages: Sequence[Message], cuts: Sequence[tuple[int, bool]]) -> list[str]:
        """Return the first messages as text, for each ``(count, add_generation_prompt)``.

        Raises ``TemplateFailedError`` and ``TemplateTooSlowError``.
        """
        question = {"messages": [tuple(message) for message in messages], "cuts": cuts}
        with self._lock:
            if self._child is None:
                self._child = self._start()
            try:
                return _ask(self._child, question)
            except TemplateTooSlowError:
                self._child = None
                raise

    def _start(self) -> _Child:
        child = ChildProcess("raise_finetune.dataset.prompts.template_process", read=_answers_of)
        weakref.finalize(self, child.close)
        _ask(child, self._first)
        return child


def _ask(child: _Child, question: object) -> list[str]:
    """Return the child's answer; end one that has none in time."""
    answer = None
    with suppress(ChildDiedError):
        child.send(orjson.dumps(question, option=orjson.OPT_APPEND_NEWLINE))
        answer = child.receive_within(_SECONDS)
    if answer is None:
        child.close()
        raise TemplateTooSlowError
    if "error" in answer:
        raise TemplateFailedError(answer["error"])
    return answer["texts"]


def _answers_of(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    return map(orjson.loads, stream)
