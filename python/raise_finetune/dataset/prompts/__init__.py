"""Prompt profiles: how the messages of an example become the text of a row."""

from raise_finetune.dataset.prompts.registry import (
    get_profile,
    get_text_profile,
    profile_names,
    text_profile_names,
)

__all__ = ["get_profile", "get_text_profile", "profile_names", "text_profile_names"]
