"""A chat template that runs in a process of its own: see ``template_process``."""

import weakref
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any, BinaryIO

import orjson

from raise_finetune.child_process import ChildDiedError, ChildProcess
from raise_finetune.dataset.records import Message

# The process bounds its own computing where the system can; this also ends one that hangs.
_SECONDS = 60.0


class TemplateFailedError(Exception):
    """The template is none, or could not be applied; the message says why."""


class TemplateTooSlowError(Exception):
    """The template took more time than a chat template needs."""


class BoundedTemplate:
    """Renders conversations; the process lives as long as this object."""

    def __init__(self, template: str, special_tokens: dict[str, str]) -> None:
        self._lock = Lock()
        self._child = ChildProcess(
            "raise_finetune.dataset.prompts.template_process", read=_answers_of
        )
        weakref.finalize(self, self._child.close)
        self._ask({"template": template, "special_tokens": special_tokens})

    def render(self, messages: Sequence[Message], cuts: Sequence[tuple[int, bool]]) -> list[str]:
        """Return the first messages as text, for each ``(count, add_generation_prompt)``.

        Raises ``TemplateFailedError`` and ``TemplateTooSlowError``.
        """
        return self._ask({"messages": [tuple(message) for message in messages], "cuts": cuts})

    def _ask(self, question: object) -> list[str]:
        line = orjson.dumps(question, option=orjson.OPT_APPEND_NEWLINE)
        with self._lock:
            try:
                self._child.send(line)
                answer = self._child.receive_within(_SECONDS)
            except ChildDiedError as death:
                raise TemplateTooSlowError from death
            if answer is None:
                self._child.kill()
                raise TemplateTooSlowError
        if "error" in answer:
            raise TemplateFailedError(answer["error"])
        return answer["texts"]


def _answers_of(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    return map(orjson.loads, stream)
