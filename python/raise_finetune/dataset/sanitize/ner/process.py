"""The application's end of a model's process: starts it, asks it, survives it."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import BinaryIO, Self, cast

from pydantic import ValidationError

from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.dataset.sanitize.ner.messages import (
    REPLY,
    Failed,
    Load,
    Message,
    Ready,
    Recognize,
    Recognized,
    Reply,
)
from raise_finetune.dataset.sanitize.ner.spans import Entity
from raise_finetune.errors import BadInputError, FailedError, RaiseError

_LOOK_EVERY = 0.05  # seconds between two looks at whether the user wants to stop


class NerProcess:
    """A model, loaded in a process of its own; a context manager.

    ``look`` is called while the process works and may raise, which ends it. Every call raises
    ``FailedError`` when the process has died, which is the worst that a bad model or a lack of
    memory can do.
    """

    def __init__(self, folder: Path, look: Callable[[], None]) -> None:
        self._folder = folder
        self._look = look
        self._replies: SimpleQueue[Reply | None] = SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "raise_finetune.dataset.sanitize.ner.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._input = cast("BinaryIO", self._process.stdin)
        self._output = cast("BinaryIO", self._process.stdout)
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def load(self) -> frozenset[EntityKind]:
        """Load the model; return what it can find. Raises ``BadInputError`` when it is unfit."""
        reply = self._ask(Load(folder=str(self._folder)))
        if not isinstance(reply, Ready):
            raise FailedError("ner_failed", path=self._folder, reason=reply.reply)
        return frozenset(reply.kinds)

    def recognize(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the entities of each text."""
        # A lone surrogate cannot be sent; one character stands for one, so offsets hold.
        sent = tuple(text.encode("utf-8", "replace").decode() for text in texts)
        reply = self._ask(Recognize(texts=sent))
        if not isinstance(reply, Recognized) or len(reply.entities) != len(texts):
            raise FailedError("ner_failed", path=self._folder, reason=reply.reply)
        return [[Entity(*entity) for entity in entities] for entities in reply.entities]

    def close(self) -> None:
        """End the process, whatever it does: it has nothing to save."""
        self._process.kill()
        self._process.wait()
        self._thread.join()
        with suppress(OSError):
            self._input.close()
        self._output.close()

    def _ask(self, request: Message) -> Reply:
        try:
            self._input.write(request.to_line())
            self._input.flush()
        except OSError as error:
            raise self._death() from error
        reply = self._next()
        if isinstance(reply, Failed):
            raise self._failure(reply)
        return reply

    def _next(self) -> Reply:
        while True:
            self._look()
            try:
                reply = self._replies.get(timeout=_LOOK_EVERY)
            except Empty:
                continue
            if reply is None:
                raise self._death()
            return reply

    def _failure(self, failed: Failed) -> RaiseError:
        error = FailedError if failed.code == "ner_failed" else BadInputError
        return error(failed.code, path=self._folder, reason=failed.reason)

    def _death(self) -> FailedError:
        return FailedError("ner_died", path=self._folder, status=self._process.wait())

    def _read(self) -> None:
        for line in self._output:
            with suppress(ValidationError):
                self._replies.put(REPLY.validate_json(line))
        self._replies.put(None)
