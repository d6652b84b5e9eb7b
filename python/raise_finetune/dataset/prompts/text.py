"""Profiles that write finished text: the template is applied here, not by the trainer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from raise_finetune.dataset.prompts.parts import Part
from raise_finetune.dataset.prompts.profile import Feature, SpecialTokens, SystemPlacement
from raise_finetune.dataset.records import Message


@dataclass(frozen=True)
class TextProfile:
    """One ``text`` column: the parts of the line, joined."""

    name: str
    family: str
    special_tokens: SpecialTokens
    system_placement: SystemPlacement
    control_strings: tuple[str, ...]
    llama_cpp_template: str | None
    parts: Callable[[Sequence[Message]], list[Part]]

    @property
    def columns(self) -> Mapping[str, Feature]:
        """See ``PromptProfile``."""
        return {"text": "string"}

    def line(self, messages: Sequence[Message]) -> str:
        """Return the whole text that a model is trained on, whatever its columns."""
        return joined(self.parts(messages))

    def prompt(self, messages: Sequence[Message]) -> str:
        """Return the prompt for the answer to the last message, a user's.

        It is cut from a whole line, so it cannot differ from what was trained on.
        """
        parts = self.parts([*messages, Message("assistant", "")])
        start, _ = last_answer(parts)
        return joined(parts[:start])

    def row(self, messages: Sequence[Message]) -> Mapping[str, object]:
        """Return ``{"text": …}``."""
        return {"text": self.line(messages)}


@dataclass(frozen=True)
class CompletionProfile(TextProfile):
    """The line cut before its last answer: trainers then learn the completion only.

    The space before the answer belongs to the completion: a prompt that ended in it would take
    the answer's first token out of the loss.
    """

    @property
    def columns(self) -> Mapping[str, Feature]:
        """See ``PromptProfile``."""
        return {"prompt": "string", "completion": "string"}

    def row(self, messages: Sequence[Message]) -> Mapping[str, object]:
        """Return ``{"prompt": …, "completion": …}``."""
        parts = self.parts(messages)
        start, _ = last_answer(parts)
        return {"prompt": joined(parts[:start]), "completion": joined(parts[start:])}


def last_answer(parts: Sequence[Part]) -> tuple[int, int]:
    """Return where the last answer's parts begin and end, its EOS included."""
    end = len(parts)
    while not parts[end - 1].trained:
        end -= 1
    start = end
    while start and parts[start - 1].trained:
        start -= 1
    return start, end


def joined(parts: Sequence[Part]) -> str:
    """Return the text of the parts as it stands in the line."""
    return "".join([part.text for part in parts])
