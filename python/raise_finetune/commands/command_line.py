"""The command that makes an export again, for a user to copy."""

import shlex
from pathlib import Path
from typing import TypeVar

from raise_finetune.dataset.output import RECIPE_FILE
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection, TokensSection
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.section import Section

_OUTPUT_KEYS = {
    *("task", "profile", "also_profiles", "formats", "shard_megabytes"),
    *("val_fraction", "test_fraction", "seed"),
}

SectionT = TypeVar("SectionT", bound=Section)


def command_line(recipe: ExportRecipe, root: Path, report: ExportReport) -> str:
    """Return the command that makes the same export from the same data.

    Where options cannot say it all, it names the recipe's file: a dataset folder holds it, beside
    one file the user has to save it.
    """
    words = ["raise-finetune", "export", report.output, "--root", str(root)]
    if _options_say_all(recipe):
        return shlex.join([*words, *_options(recipe)])
    file = f"{report.output}/{RECIPE_FILE}" if report.kind == "folder" else "recipe.toml"
    return shlex.join([*words, "--recipe", file])


def _options_say_all(recipe: ExportRecipe) -> bool:
    plain = ExportRecipe()
    # Naming spaces or databases leaves out the chats, which lie in none.
    narrowed = bool(recipe.source.spaces or recipe.source.databases)
    if narrowed and recipe.source.chats:
        return False
    source = {"spaces", "databases", "documentation", *(["chats"] if narrowed else [])}
    return plain == recipe.model_copy(
        update={
            "source": _reset(recipe.source, plain.source, source),
            "rating": _reset(recipe.rating, plain.rating, {"minimum", "include_unrated"}),
            "output": _reset(recipe.output, plain.output, _OUTPUT_KEYS),
            "tokens": plain.tokens,
        }
    )


def _reset(section: SectionT, plain: SectionT, keys: set[str]) -> SectionT:
    return section.model_copy(update={key: getattr(plain, key) for key in keys})


def _options(recipe: ExportRecipe) -> list[str]:
    """Return the options that lead from the default recipe to this one, or the recipe's file."""
    plain = ExportRecipe()
    options: list[str] = []
    if recipe.rating.minimum != plain.rating.minimum:
        options += ["--min-rating", f"{recipe.rating.minimum:g}"]
    if recipe.rating.include_unrated:
        options += ["--include-unrated"]
    if not recipe.source.documentation:
        options += ["--no-documentation"]
    for space in recipe.source.spaces:
        options += ["--space", space]
    for database in recipe.source.databases:
        options += ["--db", database]
    return (
        options
        + _output_options(recipe.output, plain.output)
        + _token_options(recipe.tokens, plain.tokens)
    )


def _output_options(chosen: OutputSection, plain: OutputSection) -> list[str]:
    options: list[str] = []
    if chosen.val_fraction != plain.val_fraction:
        options += ["--val-fraction", f"{chosen.val_fraction:g}"]
    if chosen.test_fraction != plain.test_fraction:
        options += ["--test-fraction", f"{chosen.test_fraction:g}"]
    if chosen.task != plain.task:
        options += ["--task", chosen.task]
    if chosen.profile != plain.profile:
        options += ["--profile", chosen.profile]
    if chosen.seed != plain.seed:
        options += ["--seed", str(chosen.seed)]
    return options + _file_options(chosen, plain)


def _file_options(chosen: OutputSection, plain: OutputSection) -> list[str]:
    options: list[str] = []
    for profile in chosen.also_profiles:
        options += ["--also-profile", profile]
    if chosen.formats != plain.formats:
        for name in chosen.formats:
            options += ["--format", name]
    if chosen.shard_megabytes != plain.shard_megabytes:
        options += ["--shard-megabytes", str(chosen.shard_megabytes)]
    return options


def _token_options(chosen: TokensSection, plain: TokensSection) -> list[str]:
    options: list[str] = []
    if chosen.tokenizer:
        options += ["--tokenizer", chosen.tokenizer]
    if chosen.max_length != plain.max_length:
        options += ["--max-length", str(chosen.max_length)]
    if chosen.counting == "all":
        options += ["--count-all-tokens"]
    return options
