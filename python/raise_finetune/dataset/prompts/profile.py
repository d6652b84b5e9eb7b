"""What a prompt profile is."""

from collections.abc import Sequence
from typing import Protocol

from raise_finetune.dataset.records import Message


class PromptProfile(Protocol):
    """A way to write an example as a row of the dataset."""

    @property
    def name(self) -> str:
        """The name that recipes use."""
        ...

    @property
    def columns(self) -> dict[str, str]:
        """The columns of a row and their ``datasets`` types, in the order they are written."""
        ...

    def row(self, messages: Sequence[Message]) -> dict[str, str]:
        """Return one row.

        ``messages``: an optional system message, then user and assistant in turn, ending with
        an assistant's.
        """
        ...
