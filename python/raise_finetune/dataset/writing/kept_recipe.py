"""The recipe that a dataset keeps, and how to export by it again.

Where the user's files lay is not kept; ``kept_templates`` keeps those that the rows depend on.
"""

from pathlib import Path

from raise_finetune.dataset.prompts.resolve import name_without_folders
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.tokens.load import bundled_tokenizers, tokenizer_name


def recipe_to_keep(recipe: ExportRecipe) -> ExportRecipe:
    """Return the recipe as a dataset keeps it: files of the user are names alone."""
    name = tokenizer_name(recipe.tokens.tokenizer)
    tokens = recipe.tokens.model_copy(update={"tokenizer": name})
    model = Path(recipe.sanitize.ner_model).name
    sanitize = recipe.sanitize.model_copy(update={"ner_model": model})
    profiles = {
        "profile": name_without_folders(recipe.output.profile),
        "also_profiles": tuple(map(name_without_folders, recipe.output.also_profiles)),
    }
    output = recipe.output.model_copy(update=profiles)
    return recipe.model_copy(update={"tokens": tokens, "sanitize": sanitize, "output": output})


def repeatable(recipe: ExportRecipe) -> ExportRecipe:
    """Return a recipe that was kept with a dataset, to export by it again.

    Where a tokenizer's file lay is not kept; the rows do not depend on it.
    """
    if recipe.tokens.tokenizer in bundled_tokenizers():
        return recipe
    tokens = recipe.tokens.model_copy(update={"tokenizer": ""})
    return recipe.model_copy(update={"tokens": tokens})
