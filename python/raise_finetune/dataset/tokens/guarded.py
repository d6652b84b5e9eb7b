"""Tokenizers whose libraries fail in many ways, each failure an error that names the file."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from raise_finetune.dataset.tokens.tokenizer import Tokenizer
from raise_finetune.errors import BadInputError


class GuardedTokenizer:
    """A tokenizer as its library runs it; see ``Tokenizer``.

    A file that loads may still be damaged: its rules may fail at the first text that needs them.
    """

    def __init__(self, tokenizer: Tokenizer, path: Path) -> None:
        self._tokenizer = tokenizer
        self._path = path
        self.name = tokenizer.name
        self.profile = tokenizer.profile
        self.control_ids: Mapping[str, int] = tokenizer.control_ids
        self.bos_added = tokenizer.bos_added

    def encode_line(self, text: str) -> list[int]:
        """See ``Tokenizer``; raises ``BadInputError``."""
        with failures_named(self._path):
            return self._tokenizer.encode_line(text)

    def encode_text(self, text: str) -> list[int]:
        """See ``Tokenizer``; raises ``BadInputError``."""
        with failures_named(self._path):
            return self._tokenizer.encode_text(text)

    def piece(self, token: int) -> str:
        """See ``Tokenizer``; raises ``BadInputError``."""
        with failures_named(self._path):
            return self._tokenizer.piece(token)


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
        raise BadInputError("tokenizer_unreadable", path=path, reason=error) from error


def _is_panic(error: BaseException) -> bool:
    """Tell a panic of Rust, which is no ``Exception``, from an interrupt; no module exports it."""
    return type(error).__name__ == "PanicException"
