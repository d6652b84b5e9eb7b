"""The profiles by name."""

from raise_finetune.dataset.prompts.chatml import CHATML
from raise_finetune.dataset.prompts.gemma import GEMMA
from raise_finetune.dataset.prompts.inst import INST, PROMPT_COMPLETION
from raise_finetune.dataset.prompts.llama2 import LLAMA2
from raise_finetune.dataset.prompts.llama3 import LLAMA3, LLAMA3_1, LLAMA3_2
from raise_finetune.dataset.prompts.mistral import (
    MISTRAL_V1,
    MISTRAL_V3,
    MISTRAL_V3_TEKKEN,
    MISTRAL_V7,
)
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.structured import ALPACA, MESSAGES, SHAREGPT
from raise_finetune.dataset.prompts.text import TextProfile

_TEXT_PROFILES: dict[str, TextProfile] = {
    profile.name: profile
    for profile in (
        INST,
        LLAMA2,
        MISTRAL_V1,
        MISTRAL_V3,
        MISTRAL_V3_TEKKEN,
        MISTRAL_V7,
        LLAMA3,
        LLAMA3_1,
        LLAMA3_2,
        CHATML,
        GEMMA,
        PROMPT_COMPLETION,
    )
}
_PROFILES: dict[str, PromptProfile] = {
    **_TEXT_PROFILES,
    **{profile.name: profile for profile in (MESSAGES, SHAREGPT, ALPACA)},
}


def profile_names() -> list[str]:
    """Return the names of all profiles, the default one first."""
    return list(_PROFILES)


def get_profile(name: str) -> PromptProfile:
    """Return a profile; raises ``KeyError`` for a name that is not registered."""
    return _PROFILES[name]


def text_profile_names() -> list[str]:
    """Return the names of the profiles whose rows are finished text, the default one first."""
    return list(_TEXT_PROFILES)


def get_text_profile(name: str) -> TextProfile:
    """Return a profile that a tokenizer can check; raises ``KeyError`` for any other."""
    return _TEXT_PROFILES[name]
