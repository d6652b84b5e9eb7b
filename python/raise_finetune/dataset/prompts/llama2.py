"""``llama2``: BOS and EOS in every turn, contents stripped, the system prompt in ``<<SYS>>``.

As in Meta's reference code, which encodes each turn as one text.
"""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.parts import Part, continued, control, split_system, words
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message

# The first three are ids. The others are ordinary text to the tokenizer and markers to the
# model, so that typed ones could not be told from real ones.
CONTROL_STRINGS = ("<unk>", "<s>", "</s>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>")

_BOS = control("<s>")
_EOS = control("</s>", trained=True)


def _parts(messages: Sequence[Message]) -> list[Part]:
    system, turns = split_system(messages)
    lead = f"<<SYS>>\n{system}\n<</SYS>>\n\n" if system else ""
    parts: list[Part] = []
    for role, content in turns:
        if role == "user":
            parts += (_BOS, words(f"[INST] {(lead + content).strip()} [/INST]"))
            lead = ""
        else:
            parts += (continued(f" {content.strip()} ", trained=True), _EOS)
    return parts


LLAMA2 = TextProfile(
    name="llama2",
    family="llama2",
    special_tokens=SpecialTokens("<s>", "</s>", "export"),
    system_placement="first_question_in_sys_tags",
    control_strings=CONTROL_STRINGS,
    llama_cpp_template="llama2-sys-bos",
    parts=_parts,
)
