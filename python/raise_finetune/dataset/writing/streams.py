"""In which ways the rows of one export are written: profiles and formats, and where each lies.

``datasets`` reads a folder with one kind of reader, so only the first format lies in the dataset
folder itself; each other one is a dataset in a folder of its own, such as ``parquet/``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from raise_finetune.dataset.formats import Format, check_installed
from raise_finetune.dataset.output import DATA_FOLDER, DEFAULT_CONFIG, Target, config_name
from raise_finetune.dataset.prompts.layout import Layout, layout_of
from raise_finetune.dataset.prompts.profile import Feature, PromptProfile
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Stream:
    """One way in which the rows are written: by which profile, in which format, and where.

    ``line`` is the place of the profile's line in a row: 0 for the recipe's own profile, then
    those that it also names. ``root`` and ``folder`` are relative to the dataset.
    """

    columns: Mapping[str, Feature]
    profile: str = ""
    config: str = DEFAULT_CONFIG
    format: Format = "jsonl"
    root: str = ""
    folder: str = DATA_FOLDER
    line: int = 0


def profiles_of(options: OutputSection) -> list[PromptProfile]:
    """Return the profiles, the recipe's own first."""
    return [resolve_profile(name) for name in (options.profile, *options.also_profiles)]


def control_strings_of(options: OutputSection) -> tuple[str, ...]:
    """Return what must not stand in a content for any of the profiles."""
    strings = (string for profile in profiles_of(options) for string in profile.control_strings)
    return tuple(dict.fromkeys(strings))


def layouts_of(options: OutputSection) -> list[Layout]:
    """Return the layout of each profile, the recipe's own first."""
    return [layout_of(profile, options.task) for profile in profiles_of(options)]


def streams_of(options: OutputSection) -> list[Stream]:
    """Return the streams; the first is the one whose rows the ledger counts."""
    return [
        Stream(
            columns=layout.columns,
            profile=profile.name,
            config=config_name(profile.name) if line else DEFAULT_CONFIG,
            format=written_as,
            root=f"{written_as}/" if place else "",
            folder=_folder(profile.name if line else "", written_as if place else ""),
            line=line,
        )
        for place, written_as in enumerate(options.formats)
        for line, (profile, layout) in enumerate(
            zip(profiles_of(options), layouts_of(options), strict=True)
        )
    ]


def _folder(profile: str, written_as: str) -> str:
    parts = (written_as, DATA_FOLDER, config_name(profile))
    return "/".join(part for part in parts if part)


def check_formats(options: OutputSection, target: Target) -> None:
    """Raise ``BadInputError`` where the target or this installation cannot take the formats."""
    check_installed(options.formats)
    plain = OutputSection()
    is_plain = (options.formats, options.also_profiles, options.shard_megabytes) == (
        plain.formats,
        plain.also_profiles,
        plain.shard_megabytes,
    )
    if target.kind == "file" and not is_plain:
        raise BadInputError("one_file_holds_one_kind", path=target.path)
