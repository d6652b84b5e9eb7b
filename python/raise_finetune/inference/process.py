"""The application's end of the inference process: starts it, asks it, survives it."""

import importlib.util
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

from raise_finetune.child_process import ChildDiedError, ChildProcess
from raise_finetune.errors import BadInputError, CancelledError, FailedError, RaiseError
from raise_finetune.inference.messages import (
    EVENT,
    Cancel,
    Failed,
    Finished,
    Generate,
    Ids,
    Load,
    Piece,
    Ready,
    Score,
    Scores,
    Tokenize,
    TokenScore,
    TooLong,
)
from raise_finetune.json_lines import read_lines

_CHILD = "raise_finetune.inference.child"
_PATIENCE = 5.0  # seconds from a request to stop to a kill
_LOOK_EVERY = 0.05  # seconds between two looks at whether the user wants to stop
_LINES_KEPT = 50

_Event = Ready | Ids | Piece | Finished | Scores
_EventT = TypeVar("_EventT", Ready, Ids, Scores)


class PromptTooLongError(BadInputError):
    """A prompt has so many ``tokens``, and the model reads ``context`` of them at most."""

    def __init__(self, tokens: int, context: int) -> None:
        self.tokens = tokens
        self.context = context
        super().__init__("prompt_too_long", tokens=tokens, context=context)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How answers are drawn: temperature 0 always takes the likeliest token."""

    max_tokens: int = 256
    temperature: float = 0.0
    seed: int = 42


class Inference:
    """A base and perhaps an adapter, loaded in a process of their own; a context manager.

    Every call raises ``CancelledError`` once ``cancelled`` says so, and ``FailedError`` when the
    process has died, which is the worst that a bad file or a lack of memory can do.
    """

    def __init__(self, load: Load, cancelled: Callable[[], bool] = lambda: False) -> None:
        if importlib.util.find_spec("xllamacpp") is None:
            raise BadInputError("inference_not_installed")
        self._load = load
        self._cancelled = cancelled
        read = partial(read_lines, adapter=EVENT)
        self._child = ChildProcess(_CHILD, read=read, log_lines=_LINES_KEPT)

    def __enter__(self) -> Self:
        """Wait until the models are loaded."""
        try:
            self._ask(self._load, Ready)
        except BaseException:
            self.close()
            raise
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

    def close(self) -> None:
        """End the process."""
        self._child.close(_PATIENCE)

    def tokenize(self, text: str) -> list[int]:
        """Return a text's ids as llama.cpp sees them; control strings become control tokens."""
        return list(self._ask(Tokenize(text=text), Ids).ids)

    def score(
        self, ids: Sequence[int], answer: Sequence[int], *, adapter: bool
    ) -> list[TokenScore]:
        """Return how likely each token of ``answer`` is after the prompt ``ids``."""
        request = Score(ids=tuple(ids), answer=tuple(answer), adapter=adapter)
        scores = self._ask(request, Scores).tokens
        if len(scores) < len(answer):
            raise CancelledError
        return list(scores)

    def generate(
        self, ids: Sequence[int], sampling: Sampling, *, adapter: bool, stop_ids: Sequence[int]
    ) -> Generator[Piece, None, Finished]:
        """Yield an answer piece by piece; return how it ended. Raises ``PromptTooLongError``."""
        self._send(
            Generate(
                ids=tuple(ids),
                adapter=adapter,
                max_tokens=sampling.max_tokens,
                temperature=sampling.temperature,
                seed=sampling.seed,
                stop_ids=tuple(stop_ids),
            )
        )
        try:
            while not isinstance(event := self._next(), Finished):
                if isinstance(event, Piece):
                    yield event
        except GeneratorExit:
            with suppress(RaiseError):  # nobody is left to be told, and the next call will say it
                self._stop_generating()
            raise
        if event.reason == "cancelled":
            raise CancelledError
        return event

    def _ask(self, request: Load | Tokenize | Score, answer: type[_EventT]) -> _EventT:
        self._send(request)
        event = self._next()
        if not isinstance(event, answer):
            raise FailedError("inference_failed", reason=event.event)
        return event

    def _send(self, request: Load | Tokenize | Generate | Score | Cancel) -> None:
        if not isinstance(request, Cancel):
            self._child.log.clear()  # complaints about earlier requests explain nothing
        try:
            self._child.send(request.to_line())
        except ChildDiedError as death:
            raise self._failure_of(death) from death

    def _next(self) -> _Event:
        """Return the next event; raise for a failure, a death, and for the user's wish to stop."""
        deadline: float | None = None
        while True:
            try:
                event = self._child.receive_within(_LOOK_EVERY)
            except ChildDiedError as death:
                raise self._end(death, was_asked=deadline is not None) from death
            if event is None:
                deadline = self._cancel_in_time(deadline)
                continue
            if isinstance(event, Failed):
                raise self._failure(event)
            if isinstance(event, TooLong):
                raise PromptTooLongError(event.tokens, event.context)
            if deadline is None and self._cancelled():
                deadline = self._cancel_in_time(None)
            return event

    def _cancel_in_time(self, deadline: float | None) -> float | None:
        """Ask the process to stop what it does if the user wants so; kill it if it does not."""
        if deadline is None:
            if not self._cancelled():
                return None
            self._send(Cancel())
            return time.monotonic() + _PATIENCE
        if time.monotonic() > deadline:
            self._child.kill()
        return deadline

    def _stop_generating(self) -> None:
        """Have an answer that nobody wants any more ended, and read what is left of it."""
        self._send(Cancel())
        while not isinstance(self._next(), Finished):
            pass

    def _failure(self, failed: Failed) -> BadInputError | FailedError:
        if failed.code == "base_unloadable":
            reason = self._last_complaint() or failed.reason
            return BadInputError("base_unloadable", path=self._load.base, reason=reason)
        return FailedError("inference_failed", reason=failed.reason)

    def _end(self, death: ChildDiedError, *, was_asked: bool) -> RaiseError:
        return CancelledError() if was_asked else self._failure_of(death)

    def _failure_of(self, death: ChildDiedError) -> FailedError:
        reason = self._last_complaint() or "—"
        return FailedError("inference_died", status=death.status, reason=reason)

    def _last_complaint(self) -> str:
        """Return the first error of llama.cpp's log: those after it only follow from it."""
        errors = [line.split(" E ", 1)[1] for line in self._child.log if " E " in line]
        return errors[0].strip() if errors else ""
