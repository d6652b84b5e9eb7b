"""Recipes on disk: TOML that explains itself, read with errors that name the key."""

from pathlib import Path
from typing import Any, cast

import tomlkit
from pydantic import ValidationError
from tomlkit.items import Table

from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.templates import TEMPLATE_FIELDS
from raise_finetune.errors import BadInputError
from raise_finetune.explained_toml import parse_toml, section_table, toml_item
from raise_finetune.messages import Language, text
from raise_finetune.problems import WrongValueError, first_problem, reason_of
from raise_finetune.text_file import read_text_file


def read_recipe(path: Path) -> ExportRecipe:
    """Return the recipe of a TOML file; raises ``BadInputError`` naming the file and the key."""
    try:
        content = read_text_file(path)
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise BadInputError("recipe_unreadable", path=path, reason=reason) from error
    return parse_recipe(content, str(path))


def parse_recipe(content: str, name: str) -> ExportRecipe:
    """Return the recipe that TOML text holds; ``name`` is what errors call it."""
    try:
        document = parse_toml(content)
    except WrongValueError as error:
        raise BadInputError("recipe_not_toml", path=name, reason=error.phrase) from error
    return recipe_from(document, name)


def recipe_from(values: object, name: str) -> ExportRecipe:
    """Return the recipe of plain values; raises ``BadInputError`` naming the first wrong key."""
    try:
        return ExportRecipe.model_validate(values)
    except ValidationError as error:
        key, reason = first_problem(error, ExportRecipe)
        raise BadInputError(
            "recipe_invalid", path=name, key=key or "recipe", reason=reason
        ) from error


def format_recipe(recipe: ExportRecipe, language: Language | None = None) -> str:
    """Return the recipe as TOML in which a comment explains every key."""
    document = tomlkit.document()
    document.add(tomlkit.comment(text("recipe.title", language)))
    document.add("version", tomlkit.item(recipe.version))
    for section in (
        "source",
        "rating",
        "filter",
        "examples",
        "quality",
        "sanitize",
        "dedup",
        "output",
        "tokens",
    ):
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(text(f"recipe.{section}", language)))
        document.add(
            section, section_table(f"recipe.{section}", getattr(recipe, section), language)
        )
    document.add(tomlkit.nl())
    fields = " ".join(f"{{{field}}}" for field in sorted(TEMPLATE_FIELDS))
    document.add(tomlkit.comment(text("recipe.templates", language, fields=fields)))
    document.add("templates", _templates_table(recipe))
    return tomlkit.dumps(document)


def _templates_table(recipe: ExportRecipe) -> Table:
    templates = tomlkit.table(is_super_table=True)
    for kind, languages in recipe.templates.model_dump(mode="json", by_alias=False).items():
        kind_table = tomlkit.table(is_super_table=True)
        for language, values in sorted(cast("dict[str, dict[str, Any]]", languages).items()):
            table = tomlkit.table()
            for key, value in values.items():
                table.add(key, toml_item(value))
            kind_table.add(language, table)
        templates.add(kind, kind_table)
    return templates
