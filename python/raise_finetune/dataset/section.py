"""What every section of a recipe has in common, and the recipe itself."""

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict

from raise_finetune.camel_model import CamelModel


class Section(CamelModel):
    """One section: snake_case in files, camelCase over IPC, where no key may be missing."""

    model_config = ConfigDict(
        defer_build=True,  # most are never asked for: an import makes none of their validators
        json_schema_serialization_defaults_required=True,
        # Far above any use: pydantic looks into the texts that it has to measure, and refuses what
        # no file could hold (lone surrogates).
        str_max_length=1 << 20,
    )


Changes = Mapping[str, Mapping[str, Any]]
"""Section → key → value, None for a key that keeps its own."""


def changed_values(settings: Section, changes: Changes) -> dict[str, Any]:
    """Return a recipe's or a configuration's values with the changes in place of its own."""
    values = settings.model_dump(by_alias=False)
    for section, keys in changes.items():
        values[section].update({key: value for key, value in keys.items() if value is not None})
    return values
