"""The Mistral profiles, as mistral-common encodes conversations for fine-tuning.

From v3 on, ``[INST]`` is a token of its own. SentencePiece (v1, v3, v7) puts a space before each
text that it encodes, Tekken does not; the line has to spell that space out.
"""

from collections.abc import Sequence
from functools import partial

from raise_finetune.dataset.prompts.parts import Part, control, split_system, words
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message

_SPECIAL_TOKENS = SpecialTokens("<s>", "</s>", "export")

# On v1 the tokenizer knows no [INST]; typed ones could not be told from real ones.
V1_CONTROL_STRINGS = ("<unk>", "<s>", "</s>", "[INST]", "[/INST]")
V3_CONTROL_STRINGS = (
    *V1_CONTROL_STRINGS,
    "[TOOL_CALLS]",
    "[AVAILABLE_TOOLS]",
    "[/AVAILABLE_TOOLS]",
    "[TOOL_RESULTS]",
    "[/TOOL_RESULTS]",
    "[IMG]",
    "[PREFIX]",
    "[MIDDLE]",
    "[SUFFIX]",
    "[control_12]",
)
V7_CONTROL_STRINGS = (
    *V3_CONTROL_STRINGS,
    "[IMG_BREAK]",
    "[IMG_END]",
    "[SYSTEM_PROMPT]",
    "[/SYSTEM_PROMPT]",
    "[TOOL_CONTENT]",
)
TEKKEN_CONTROL_STRINGS = (
    *(string for string in V7_CONTROL_STRINGS if string != "[control_12]"),
    "<pad>",
    "<SPECIAL_20>",
)

_BOS = control("<s>")
_EOS = control("</s>", trained=True)
_BEGIN_INST = control("[INST]")
_END_INST = control("[/INST]")
_BEGIN_SYSTEM = control("[SYSTEM_PROMPT]")
_END_SYSTEM = control("[/SYSTEM_PROMPT]")


def _v1_parts(messages: Sequence[Message]) -> list[Part]:
    system, turns = split_system(messages)
    lead = f"{system}\n\n" if system else ""
    parts = [_BOS]
    for role, content in turns:
        if role == "user":
            parts.append(words(f"[INST] {lead}{content} [/INST]", lead=" "))
            lead = ""
        else:
            parts += (words(content, lead=" ", trained=True), _EOS)
    return parts


def _v3_parts(messages: Sequence[Message], *, space: str) -> list[Part]:
    """Put the system prompt into the last question."""
    system, turns = split_system(messages)
    parts = [_BOS]
    if system:
        question = turns[-2]._replace(content=f"{system}\n\n{turns[-2].content}")
        turns = [*turns[:-2], question, turns[-1]]
    return parts + _turns(turns, space)


def _v7_parts(messages: Sequence[Message]) -> list[Part]:
    """Give the system prompt tokens of its own."""
    system, turns = split_system(messages)
    parts = [_BOS]
    if system:
        parts += (_BEGIN_SYSTEM, words(system, lead=" "), _END_SYSTEM)
    return parts + _turns(turns, " ")


def _turns(turns: Sequence[Message], space: str) -> list[Part]:
    parts: list[Part] = []
    for role, content in turns:
        if role == "user":
            parts += (_BEGIN_INST, words(content, lead=space), _END_INST)
        else:
            parts += (words(content.rstrip(" "), lead=space, trained=True), _EOS)
    return parts


MISTRAL_V1 = TextProfile(
    name="mistral-v1",
    family="mistral",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="first_question",
    control_strings=V1_CONTROL_STRINGS,
    llama_cpp_template="mistral-v1",
    parts=_v1_parts,
)

MISTRAL_V3 = TextProfile(
    name="mistral-v3",
    family="mistral",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="last_question",
    control_strings=V3_CONTROL_STRINGS,
    llama_cpp_template="mistral-v3",
    parts=partial(_v3_parts, space=" "),
)

MISTRAL_V3_TEKKEN = TextProfile(
    name="mistral-v3-tekken",
    family="mistral",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="last_question",
    control_strings=TEKKEN_CONTROL_STRINGS,
    llama_cpp_template="mistral-v3-tekken",
    parts=partial(_v3_parts, space=""),
)

MISTRAL_V7 = TextProfile(
    name="mistral-v7",
    family="mistral",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="own_tokens",
    control_strings=V7_CONTROL_STRINGS,
    llama_cpp_template="mistral-v7",
    parts=_v7_parts,
)
