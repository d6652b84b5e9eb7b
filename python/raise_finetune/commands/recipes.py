"""Commands on recipes: the one to start from, and recipes as files."""

from typing import Annotated

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.models import NoRequest, Request, Response
from raise_finetune.commands.registry import command
from raise_finetune.commands.settings import read_settings
from raise_finetune.dataset.prompts import profile_names
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe, parse_recipe
from raise_finetune.messages import text


class RecipeResponse(Response):
    """A recipe, and the profiles that it may name."""

    recipe: ExportRecipe
    profiles: tuple[str, ...]


class RecipeTextRequest(Request):
    """A recipe as TOML."""

    toml: Annotated[str, Field(max_length=1_000_000)]


class FormatRecipeRequest(Request):
    """A recipe to write as TOML."""

    recipe: ExportRecipe


class RecipeTextResponse(Response):
    """A recipe as TOML that explains itself."""

    toml: str


@command("recipe_default")
def recipe_default(_request: NoRequest, _context: Context) -> RecipeResponse:
    """Return the recipe that a new export starts from."""
    return RecipeResponse(recipe=default_recipe(), profiles=tuple(profile_names()))


@command("recipe_parse")
def recipe_parse(request: RecipeTextRequest, context: Context) -> RecipeResponse:
    """Return the recipe that a TOML text holds."""
    recipe = parse_recipe(request.toml, text("recipe.pasted", context.language))
    return RecipeResponse(recipe=recipe, profiles=tuple(profile_names()))


@command("recipe_format")
def recipe_format(request: FormatRecipeRequest, context: Context) -> RecipeTextResponse:
    """Return a recipe as TOML with a comment for every key."""
    return RecipeTextResponse(toml=format_recipe(request.recipe, context.language))


def default_recipe() -> ExportRecipe:
    """Return the default recipe with the user's own defaults in it."""
    defaults = read_settings().export_defaults
    plain = ExportRecipe()
    return plain.model_copy(
        update={
            "rating": plain.rating.model_copy(
                update={
                    "minimum": defaults.minimum_rating,
                    "include_unrated": defaults.include_unrated,
                }
            ),
            "source": plain.source.model_copy(update={"documentation": defaults.documentation}),
            "output": plain.output.model_copy(update={"val_fraction": defaults.val_fraction}),
        }
    )
