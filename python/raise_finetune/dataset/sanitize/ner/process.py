"""The application's end of a model's process: starts it, asks it, survives it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from raise_finetune.child_process import ChildDiedError, ChildProcess
from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.dataset.sanitize.ner.messages import (
    REPLY,
    Failed,
    Load,
    Ready,
    Recognize,
    Recognized,
    Reply,
)
from raise_finetune.dataset.sanitize.ner.spans import Entity
from raise_finetune.errors import BadInputError, FailedError, RaiseError
from raise_finetune.json_lines import Line, read_lines

_CHILD = "raise_finetune.dataset.sanitize.ner.child"
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
        self._child = ChildProcess(_CHILD, read=partial(read_lines, adapter=REPLY))

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
        return self._child.pid

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
        self._child.close()

    def _ask(self, request: Line) -> Reply:
        try:
            self._child.send(request.to_line())
            reply = self._next()
        except ChildDiedError as death:
            raise FailedError("ner_died", path=self._folder, status=death.status) from death
        if isinstance(reply, Failed):
            raise self._failure(reply)
        return reply

    def _next(self) -> Reply:
        while True:
            self._look()
            reply = self._child.receive_within(_LOOK_EVERY)
            if reply is not None:
                return reply

    def _failure(self, failed: Failed) -> RaiseError:
        error = FailedError if failed.code == "ner_failed" else BadInputError
        return error(failed.code, path=self._folder, reason=failed.reason)
