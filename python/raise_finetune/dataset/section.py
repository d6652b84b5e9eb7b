"""What every section of a recipe has in common."""

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
