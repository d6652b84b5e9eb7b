"""Tokenizers whose libraries fail in many ways, each failure an error that names the file."""

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from raise_finetune.dataset.tokens.tokenizer import Tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.messages import Phrase
from raise_finetune.problems import reason_of

# A regular expression in the file may try the same text in millions of ways. Real tokenizers take
# a microsecond for a character.
_SLOWEST = 1e-3  # seconds of the processor for a character
_PATIENCE = 1.0  # seconds of it for a text, however short
_PROBE = "Le débit est de 12,5 m³/h (max) !!  aaaaaa"


class GuardedTokenizer:
    """A tokenizer as its library runs it; see ``Tokenizer``.

    A file that loads may still be damaged: its rules may fail at the first text that needs them, or
    take for ever. A short text finds that out before a long one is lost in it.
    """

    def __init__(self, tokenizer: Tokenizer, path: Path) -> None:
        self._tokenizer = tokenizer
        self._path = path
        self.name = tokenizer.name
        self.profile = tokenizer.profile
        self.control_ids: Mapping[str, int] = tokenizer.control_ids
        self.bos_added = tokenizer.bos_added
        self.encode_text(_PROBE)

    def encode_line(self, text: str) -> list[int]:
        """See ``Tokenizer``; raises ``BadInputError``."""
        return self._timed(self._tokenizer.encode_line, text)

    def encode_text(self, text: str) -> list[int]:
        """See ``Tokenizer``; raises ``BadInputError``."""
        return self._timed(self._tokenizer.encode_text, text)

    def piece(self, token: int) -> str:
        """See ``Tokenizer``; raises ``BadInputError``."""
        with failures_named(self._path):
            return self._tokenizer.piece(token)

    def _timed(self, encode: Callable[[str], list[int]], text: str) -> list[int]:
        began = time.thread_time()
        with failures_named(self._path):
            ids = encode(text)
        if time.thread_time() - began > max(_PATIENCE, _SLOWEST * len(text)):
            raise BadInputError("tokenizer_too_slow", path=self._path)
        return ids


@contextmanager
def failures_named(path: Path) -> Generator[None]:
    """Raise ``BadInputError`` with the file's path for whatever a tokenizer's library raises.

    A missing library is none of the file's failures.
    """
    try:
        yield
    except (ImportError, BadInputError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and not _is_panic(error):
            raise
        raise BadInputError("tokenizer_unreadable", path=path, reason=_reason(error)) from error


def _reason(error: BaseException) -> Phrase | str:
    return reason_of(error) if isinstance(error, Exception) else str(error)


def _is_panic(error: BaseException) -> bool:
    """Tell a panic of Rust, which is no ``Exception``, from an interrupt; no module exports it."""
    return type(error).__name__ == "PanicException"
