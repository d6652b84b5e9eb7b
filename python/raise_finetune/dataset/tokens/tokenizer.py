"""What the token check asks of a tokenizer."""

from collections.abc import Mapping
from typing import Protocol


class Tokenizer(Protocol):
    """A tokenizer as a trainer uses it on finished text, and as a model's own encoder."""

    @property
    def name(self) -> str:
        """The name or file that it was loaded by."""
        ...

    @property
    def profile(self) -> str | None:
        """The prompt profile of the models that it belongs to, where that is known."""
        ...

    @property
    def control_ids(self) -> Mapping[str, int]:
        """The control strings and their ids."""
        ...

    @property
    def bos_added(self) -> int | None:
        """The id that a trainer puts before a text when it asks for special tokens."""
        ...

    def encode_line(self, text: str) -> list[int]:
        """Return the ids of a line: control strings become control ids, and nothing is added."""
        ...

    def encode_text(self, text: str) -> list[int]:
        """Return the ids of a text alone, as the model's encoder does; control strings are text."""
        ...

    def piece(self, token: int) -> str:
        """Return a token as people read it."""
        ...
