"""Which of a tokenizer's tokens are control tokens, beyond those that it marks itself."""

from functools import cache

from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.control import ControlStrings


@cache
def reserved_strings() -> ControlStrings:
    """Return the control strings of all families.

    Some files list their family's as ordinary added tokens or as user-defined pieces.
    """
    profiles = map(get_text_profile, text_profile_names())
    return ControlStrings(sorted({one for profile in profiles for one in profile.control_strings}))
