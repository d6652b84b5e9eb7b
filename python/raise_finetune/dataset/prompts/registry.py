"""The profiles by name."""

from raise_finetune.dataset.prompts.inst import InstProfile
from raise_finetune.dataset.prompts.profile import PromptProfile

_PROFILES: dict[str, PromptProfile] = {profile.name: profile for profile in (InstProfile(),)}


def profile_names() -> list[str]:
    """Return the names of all profiles, the default one first."""
    return list(_PROFILES)


def get_profile(name: str) -> PromptProfile:
    """Return a profile; raises ``KeyError`` for a name that is not registered."""
    return _PROFILES[name]
