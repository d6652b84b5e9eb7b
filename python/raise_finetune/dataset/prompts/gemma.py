"""``gemma``: turns of ``user`` and ``model``, contents stripped.

Gemma has no system role; as in Gemma 3's template, a system prompt stands before the first
question.
"""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.parts import Part, continued, control, split_system, words
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message

# Of Gemma 1 to 3.
_CONTROL_STRINGS = (
    "<pad>",
    "<eos>",
    "<bos>",
    "<unk>",
    "<mask>",
    "<2mass>",
    "[@BOS@]",
    "<unused0>",
    "<start_of_turn>",
    "<end_of_turn>",
    "<start_of_image>",
    "<end_of_image>",
    "<image_soft_token>",
)


def _parts(messages: Sequence[Message]) -> list[Part]:
    system, turns = split_system(messages)
    lead = f"{system}\n\n" if system else ""
    parts = [control("<bos>")]
    for role, content in turns:
        trained = role == "assistant"
        parts += (
            control("<start_of_turn>"),
            words("model\n" if trained else f"user\n{lead}"),
            continued(content.strip(), trained=trained),
            control("<end_of_turn>", trained=trained),
            words("\n"),
        )
        lead = ""
    return parts


GEMMA = TextProfile(
    name="gemma",
    family="gemma",
    special_tokens=SpecialTokens("<bos>", "<end_of_turn>", "export"),
    system_placement="first_question",
    control_strings=_CONTROL_STRINGS,
    llama_cpp_template="gemma",
    parts=_parts,
)
