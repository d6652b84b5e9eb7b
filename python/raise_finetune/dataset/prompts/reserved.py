"""The control strings of all families together."""

from functools import cache

from raise_finetune.dataset.prompts.control import ControlStrings
from raise_finetune.dataset.prompts.registry import get_text_profile, text_profile_names


@cache
def reserved_strings() -> ControlStrings:
    """Return what any family reserves.

    Some tokenizers list their family's as ordinary added tokens or as user-defined pieces.
    """
    return ControlStrings(all_control_strings())


def all_control_strings() -> tuple[str, ...]:
    """Return the control strings of every family, each once."""
    profiles = [get_text_profile(name) for name in text_profile_names()]
    return tuple(dict.fromkeys(one for profile in profiles for one in profile.control_strings))
