"""Profiles that leave the template to the trainer: contents as they are, in named fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from raise_finetune.dataset.prompts.profile import Feature, SpecialTokens, SystemPlacement
from raise_finetune.dataset.records import Message, Role


@dataclass(frozen=True)
class StructuredProfile:
    """Columns that a trainer turns into text with its model's own template."""

    name: str
    columns: Mapping[str, Feature]
    shape: Callable[[Sequence[Message]], Mapping[str, object]]

    @property
    def family(self) -> str:
        """See ``PromptProfile``."""
        return "any"

    @property
    def special_tokens(self) -> SpecialTokens:
        """See ``PromptProfile``."""
        return SpecialTokens("", "", "trainer")

    @property
    def system_placement(self) -> SystemPlacement:
        """See ``PromptProfile``."""
        return "template"

    @property
    def control_strings(self) -> Sequence[str]:
        """See ``PromptProfile``."""
        return ()

    @property
    def llama_cpp_template(self) -> str | None:
        """See ``PromptProfile``."""
        return None

    def row(self, messages: Sequence[Message]) -> Mapping[str, object]:
        """See ``PromptProfile``."""
        return self.shape(messages)


def _messages(messages: Sequence[Message]) -> Mapping[str, object]:
    return {"messages": [{"role": role, "content": content} for role, content in messages]}


_SHAREGPT_ROLES: Mapping[Role, str] = {"system": "system", "user": "human", "assistant": "gpt"}


def _sharegpt(messages: Sequence[Message]) -> Mapping[str, object]:
    turns = [{"from": _SHAREGPT_ROLES[role], "value": content} for role, content in messages]
    return {"conversations": turns}


_ALPACA_SPEAKERS: Mapping[Role, str] = {"system": "", "user": "User: ", "assistant": "Assistant: "}


def _alpaca(messages: Sequence[Message]) -> Mapping[str, object]:
    """Put all that comes before the last question into ``input``, the task's context.

    Not into a ``history`` column, which most trainers ignore, and which no loader can type when
    it is empty in the first ten megabytes.
    """
    *context, question, answer = messages
    lines = [_ALPACA_SPEAKERS[role] + content for role, content in context]
    return {
        "instruction": question.content,
        "input": "\n\n".join(lines),
        "output": answer.content,
    }


MESSAGES = StructuredProfile(
    name="messages",
    columns={"messages": [{"role": "string", "content": "string"}]},
    shape=_messages,
)

SHAREGPT = StructuredProfile(
    name="sharegpt",
    columns={"conversations": [{"from": "string", "value": "string"}]},
    shape=_sharegpt,
)

ALPACA = StructuredProfile(
    name="alpaca",
    columns={"instruction": "string", "input": "string", "output": "string"},
    shape=_alpaca,
)
