"""What a prompt profile is."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias

from raise_finetune.dataset.records import Message

# A column as ``datasets`` types it: a dtype's name, or ``[{name: dtype}]`` for a list of structs.
Feature: TypeAlias = str | list[dict[str, str]]


SystemPlacement: TypeAlias = Literal[
    "first_question",
    "first_question_in_sys_tags",
    "last_question",
    "own_tokens",
    "own_turn",
    "template",
]
"""Where a system prompt goes: before a question's text, in a place of its own, or wherever the
template of the trainer or of the user's own profile puts it."""


class SpecialTokens(NamedTuple):
    """The tokens that begin a row and end each answer, and who puts them there.

    ``bos`` is empty for a family without one; both are when the trainer's template knows them.
    """

    bos: str
    eos: str
    written_by: Literal["export", "trainer"]


class PromptProfile(Protocol):
    """A way to write an example as a row of the dataset."""

    @property
    def name(self) -> str:
        """The name that recipes use."""
        ...

    @property
    def family(self) -> str:
        """The models it is for, such as ``mistral``; ``any`` when a trainer's template decides."""
        ...

    @property
    def columns(self) -> Mapping[str, Feature]:
        """The columns of a row and their types, in the order they are written."""
        ...

    @property
    def special_tokens(self) -> SpecialTokens:
        """The BOS and EOS rule."""
        ...

    @property
    def system_placement(self) -> SystemPlacement:
        """Where the system prompt goes, for inference to put it there too."""
        ...

    @property
    def control_strings(self) -> Sequence[str]:
        """What must not stand in a content, as the family's tokenizers or template read it.

        Empty for structured profiles: their contents never meet a tokenizer as template text.
        """
        ...

    @property
    def llama_cpp_template(self) -> str | None:
        """The name of llama.cpp's template that writes the same prompt."""
        ...

    def row(self, messages: Sequence[Message]) -> Mapping[str, object]:
        """Return one row; its keys are always the same and no value is None.

        ``messages``: an optional system message, then user and assistant in turn, ending with
        an assistant's.
        """
        ...
