"""``llama3`` and its successors: a header for each message, contents stripped.

From 3.1 on a system block always comes. Llama 3.2's own template writes today's date into it,
which would change an export every day and train the model on the day of the export: here it is
the date that Meta's templates fall back to.
"""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.parts import Part, control, split_system, words
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message, Role

_DATES = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"

_SPECIAL_TOKENS = SpecialTokens("<|begin_of_text|>", "<|eot_id|>", "export")
_CONTROL_STRINGS = (
    "<|begin_of_text|>",
    "<|end_of_text|>",
    "<|start_header_id|>",
    "<|end_header_id|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|step_id|>",
    "<|python_tag|>",
    "<|finetune_right_pad_id|>",
    "<|image|>",
    "<|reserved_special_token_0|>",
)


_BEGIN = control("<|begin_of_text|>")


def _parts(messages: Sequence[Message]) -> list[Part]:
    parts = [_BEGIN]
    for role, content in messages:
        parts += _block(role, content.strip())
    return parts


def _dated_parts(messages: Sequence[Message]) -> list[Part]:
    system, turns = split_system(messages)
    _, *rest = _parts(turns)
    return [_BEGIN, *_block("system", _DATES + system.strip()), *rest]


def _block(role: Role, content: str) -> tuple[Part, ...]:
    trained = role == "assistant"
    return (
        control("<|start_header_id|>"),
        words(role),
        control("<|end_header_id|>"),
        words("\n\n"),
        words(content, trained=trained),
        control("<|eot_id|>", trained=trained),
    )


LLAMA3 = TextProfile(
    name="llama3",
    family="llama3",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="own_turn",
    control_strings=_CONTROL_STRINGS,
    llama_cpp_template="llama3",
    parts=_parts,
)

LLAMA3_1 = TextProfile(
    name="llama3.1",
    family="llama3",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="own_turn",
    control_strings=_CONTROL_STRINGS,
    llama_cpp_template=None,
    parts=_dated_parts,
)

LLAMA3_2 = TextProfile(
    name="llama3.2",
    family="llama3",
    special_tokens=_SPECIAL_TOKENS,
    system_placement="own_turn",
    control_strings=_CONTROL_STRINGS,
    llama_cpp_template=None,
    parts=_dated_parts,
)
