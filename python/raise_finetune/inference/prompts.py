"""From a conversation to a prompt: the line of training, up to where the answer begins."""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.text import TextProfile, joined, last_answer
from raise_finetune.dataset.records import Message


def render_prompt(profile: TextProfile, messages: Sequence[Message]) -> str:
    """Return the prompt for the answer to the last message, a user's.

    It is cut from a whole line of the profile, so it cannot differ from what was trained on.
    """
    parts = profile.parts([*messages, Message("assistant", "")])
    start, _ = last_answer(parts)
    return joined(parts[:start])
