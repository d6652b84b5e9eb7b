"""A chat template that runs in a process of its own: see ``template_process``."""

import subprocess
import sys
import weakref
from collections.abc import Sequence
from threading import Lock, Timer
from typing import Any

import orjson

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
        self._process = subprocess.Popen(
            [sys.executable, "-m", "raise_finetune.dataset.prompts.template_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        weakref.finalize(self, _end, self._process)
        self._ask({"template": template, "special_tokens": special_tokens})

    def render(self, messages: Sequence[Message], cuts: Sequence[tuple[int, bool]]) -> list[str]:
        """Return the first messages as text, for each ``(count, add_generation_prompt)``.

        Raises ``TemplateFailedError`` and ``TemplateTooSlowError``.
        """
        return self._ask({"messages": [tuple(message) for message in messages], "cuts": cuts})

    def _ask(self, question: object) -> list[str]:
        process = self._process
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        timer = Timer(_SECONDS, process.kill)
        with self._lock:
            timer.start()
            try:
                line = orjson.dumps(question, option=orjson.OPT_APPEND_NEWLINE)
                process.stdin.write(line)
                process.stdin.flush()
                answered = process.stdout.readline()
            except BrokenPipeError:
                answered = b""
            finally:
                timer.cancel()
        if not answered:
            raise TemplateTooSlowError
        answer: dict[str, Any] = orjson.loads(answered)
        if "error" in answer:
            raise TemplateFailedError(answer["error"])
        return answer["texts"]


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()
