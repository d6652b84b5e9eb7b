"""``inst``, the default: ``<s>[INST] {prompt} [/INST] {answer} </s>``, BOS once.

The Llama-2 line, also in several turns; the system prompt stands before the first instruction.
People train Llama 2 and all Mistral models on it, so it keeps their control strings out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from raise_finetune.dataset.prompts import llama2, mistral
from raise_finetune.dataset.prompts.parts import Part, continued, control, words
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.text import CompletionProfile, TextProfile
from raise_finetune.dataset.records import Message

_BOS = control("<s>")
_EOS = control("</s>", trained=True)


def _parts(messages: Sequence[Message]) -> list[Part]:
    parts = [_BOS]
    system = ""
    for role, content in messages:
        if role == "user":
            parts.append(words(f"[INST] {system}{content} [/INST]"))
            system = ""
        elif role == "assistant":
            parts += (continued(f" {content} ", trained=True), _EOS)
        else:
            system = f"{content}\n\n"
    return parts


@dataclass(frozen=True)
class _InstProfile(TextProfile):
    """Writes the line without making its parts, which take four times as long as all the rest."""

    def line(self, messages: Sequence[Message]) -> str:
        """See ``TextProfile``."""
        pieces = ["<s>"]
        system = ""
        for role, content in messages:
            if role == "user":
                pieces += ("[INST] ", system, content, " [/INST]")
                system = ""
            elif role == "assistant":
                pieces += (" ", content, " </s>")
            else:
                system = f"{content}\n\n"
        return "".join(pieces)


_SPECIAL_TOKENS = SpecialTokens("<s>", "</s>", "export")
_CONTROL_STRINGS = tuple(
    dict.fromkeys(
        (
            *llama2.CONTROL_STRINGS,
            *mistral.V3_CONTROL_STRINGS,
            *mistral.TEKKEN_CONTROL_STRINGS,
            *mistral.V7_CONTROL_STRINGS,
        )
    )
)

INST = _InstProfile(
    name="inst",
    family="llama2, mistral",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="first_question",
    control_strings=_CONTROL_STRINGS,
    llama_cpp_template="llama2",
    parts=_parts,
)

PROMPT_COMPLETION = CompletionProfile(
    name="prompt-completion",
    family="llama2, mistral",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="first_question",
    control_strings=_CONTROL_STRINGS,
    llama_cpp_template="llama2",
    parts=_parts,
)
