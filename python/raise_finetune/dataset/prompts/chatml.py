"""``chatml``: as Qwen2.5 writes it, with no BOS.

Qwen2.5's own template adds a default system prompt to conversations without one. This profile
does not, so inference has to leave it out too.
"""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.parts import Part, continued, control, words
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message

# Of Qwen 2, 2.5 and 3.
_CONTROL_STRINGS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|object_ref_start|>",
    "<|object_ref_end|>",
    "<|box_start|>",
    "<|box_end|>",
    "<|quad_start|>",
    "<|quad_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
    "<|fim_prefix|>",
    "<|fim_middle|>",
    "<|fim_suffix|>",
    "<|fim_pad|>",
    "<|repo_name|>",
    "<|file_sep|>",
    "<tool_call>",
    "</tool_call>",
    "<tool_response>",
    "</tool_response>",
    "<think>",
    "</think>",
)


def _parts(messages: Sequence[Message]) -> list[Part]:
    parts: list[Part] = []
    for role, content in messages:
        trained = role == "assistant"
        parts += (
            control("<|im_start|>"),
            words(f"{role}\n"),
            continued(content, trained=trained),
            control("<|im_end|>", trained=trained),
            words("\n"),
        )
    return parts


CHATML = TextProfile(
    name="chatml",
    family="chatml",
    special_tokens=SpecialTokens("", "<|im_end|>", "export"),
    system_placement="own_turn",
    control_strings=_CONTROL_STRINGS,
    llama_cpp_template="chatml",
    parts=_parts,
)
