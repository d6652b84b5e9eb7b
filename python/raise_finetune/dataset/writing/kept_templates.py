"""The chat templates that a dataset's rows were written by, kept with it.

Its recipe names them without the folders of the machine that exported it; what stands here is
enough to read the rows back, and to make them again, on any other.
"""

from collections.abc import Sequence
from pathlib import Path

from raise_finetune.dataset.output import LEDGER_FILE
from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.built_in import built_in_like
from raise_finetune.dataset.prompts.chat_template import copy_template
from raise_finetune.dataset.prompts.resolve import TEMPLATE, is_template, resolve_profile
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection

TEMPLATES_FOLDER = "templates"


def keep_templates(side_folder: Path, used: OutputSection, named: Sequence[str]) -> list[Path]:
    """Write the templates of the profiles ``used`` and return the files.

    ``named`` are the profiles, the recipe's own first, as the dataset calls them.
    """
    files: list[Path] = []
    for number, (profile, name) in enumerate(zip(_profiles(used), named, strict=True)):
        if is_template(profile):
            folder = _folder(side_folder, number, name)
            folder.mkdir(parents=True, exist_ok=True)
            for file, content in copy_template(profile.removeprefix(TEMPLATE)).items():
                (folder / file).write_bytes(content)
                files.append(folder / file)
    return files


def kept_profile(side_folder: Path, number: int, name: str) -> str:
    """Return the name that resolves to a dataset's profile: ``number`` counts from its own, 0."""
    return f"{TEMPLATE}{_folder(side_folder, number, name)}" if is_template(name) else name


def text_profile_of(folder: Path, name: str) -> TextProfile | None:
    """Return the built-in profile of a dataset's rows, or the one that writes as its template does.

    ``folder`` is the dataset's, ``name`` what its manifest calls its own profile. None where there
    is none; raises ``BadInputError`` where the template cannot be read.
    """
    if not is_template(name):
        return get_text_profile(name) if name in text_profile_names() else None
    template = resolve_profile(kept_profile((folder / LEDGER_FILE).parent, 0, name))
    return built_in_like(template) if isinstance(template, TextProfile) else None


def with_kept_templates(recipe: ExportRecipe, side_folder: Path) -> ExportRecipe:
    """Return a recipe that was kept with a dataset, by which its rows can be made again."""
    own, *others = (
        kept_profile(side_folder, number, name)
        for number, name in enumerate(_profiles(recipe.output))
    )
    output = recipe.output.model_copy(update={"profile": own, "also_profiles": tuple(others)})
    return recipe.model_copy(update={"output": output})


def _folder(side_folder: Path, number: int, name: str) -> Path:
    # Its last part is what the template is called, see ``name_without_folders``.
    return side_folder / TEMPLATES_FOLDER / str(number) / Path(name.removeprefix(TEMPLATE)).name


def _profiles(options: OutputSection) -> tuple[str, ...]:
    return (options.profile, *options.also_profiles)
