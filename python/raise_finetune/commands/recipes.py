"""Commands on recipes: the one to start from, and recipes as files."""

from typing import Annotated

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import command
from raise_finetune.commands.settings import read_settings
from raise_finetune.commands.wire import NoRequest, Request, Response, WireModel
from raise_finetune.dataset.prompts import get_profile, profile_names
from raise_finetune.dataset.prompts.render import encode_line
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe, parse_recipe
from raise_finetune.dataset.records import Message
from raise_finetune.messages import Language, text


class ProfileView(WireModel):
    """A prompt profile that a recipe may name, and the line that it makes of a short exchange."""

    name: str
    example: str


class RecipeResponse(Response):
    """A recipe, and the profiles that it may name."""

    recipe: ExportRecipe
    profiles: tuple[ProfileView, ...]


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
def recipe_default(_request: NoRequest, context: Context) -> RecipeResponse:
    """Return the recipe that a new export starts from."""
    return _response(default_recipe(), context.language)


@command("recipe_parse")
def recipe_parse(request: RecipeTextRequest, context: Context) -> RecipeResponse:
    """Return the recipe that a TOML text holds."""
    recipe = parse_recipe(request.toml, text("recipe.pasted", context.language))
    return _response(recipe, context.language)


@command("recipe_format")
def recipe_format(request: FormatRecipeRequest, context: Context) -> RecipeTextResponse:
    """Return a recipe as TOML with a comment for every key."""
    return RecipeTextResponse(toml=format_recipe(request.recipe, context.language))


def _response(recipe: ExportRecipe, language: Language) -> RecipeResponse:
    question, answer = text("profile.question", language), text("profile.answer", language)
    exchange = (Message("user", question), Message("assistant", answer))
    profiles = (get_profile(name) for name in profile_names())
    return RecipeResponse(
        recipe=recipe,
        profiles=tuple(
            ProfileView(
                name=profile.name, example=encode_line(profile.row(exchange)).decode().rstrip()
            )
            for profile in profiles
        ),
    )


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
            # Masking is turned off for one export at a time, never for those to come.
            "sanitize": defaults.sanitize.model_copy(update={"enabled": True}),
            "output": plain.output.model_copy(update={"val_fraction": defaults.val_fraction}),
        }
    )
