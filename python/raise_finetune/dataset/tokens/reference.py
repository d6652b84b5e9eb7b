"""The ids that a model's own encoder gives a conversation: role by role, never from a line."""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens.tokenizer import Tokenizer


def reference_ids(
    profile: TextProfile, tokenizer: Tokenizer, messages: Sequence[Message]
) -> list[int]:
    """Return a control id for each control part and each text's ids, encoded alone.

    A control token that the tokenizer does not have is ordinary text to it.
    """
    ids: list[int] = []
    text = ""
    for part in profile.parts(messages):
        if part.continues:
            text += part.text
            continue
        ids += tokenizer.encode_text(text)
        text = ""
        control_id = tokenizer.control_ids.get(part.text)
        if part.encoded is not None:
            text = part.encoded
        elif control_id is not None:
            ids.append(control_id)
        else:
            text = part.text
    return ids + tokenizer.encode_text(text)
