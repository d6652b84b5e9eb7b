"""Profiles as recipes name them: built-in ones, and a user's own chat template."""

from functools import lru_cache
from pathlib import Path

from raise_finetune.dataset.prompts.chat_template import load_template_profile, template_files
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.registry import get_profile, profile_names
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.problems import WrongValueError

TEMPLATE = "template:"


def is_template(name: str) -> bool:
    """Tell whether a name stands for a template of the user's: ``template:`` and a path."""
    return name.startswith(TEMPLATE) and len(name) > len(TEMPLATE)


def resolve_profile(name: str) -> PromptProfile:
    """Return a profile by the name that a recipe gives it.

    Raises ``KeyError`` for a name that is not registered, ``BadInputError`` for a template that
    cannot be used.
    """
    if not is_template(name):
        return get_profile(name)
    source = name.removeprefix(TEMPLATE)
    files = template_files(source)
    changes = tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)
    return _loaded(source, changes)


def name_without_folders(name: str) -> str:
    """Return what to call a profile where nobody should read the folders of this machine."""
    return f"{TEMPLATE}{Path(name).name}" if is_template(name) else name


def check_name(name: str) -> str:
    """Return the name; raises ``ValueError`` for one that no profile has."""
    if name not in profile_names() and not is_template(name):
        known = ", ".join([*profile_names(), f"{TEMPLATE}PATH"])
        raise WrongValueError("profile_unknown", name=name, known=known)
    return name


@lru_cache(maxsize=4)
def _loaded(source: str, _changes: tuple[int, ...]) -> TextProfile:
    """Load a template once for as long as its files stay as they are; each runs a process."""
    return load_template_profile(source)
