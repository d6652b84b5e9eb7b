"""What every section of a recipe has in common."""

from pydantic import ConfigDict

from raise_finetune.camel_model import CamelModel


class Section(CamelModel):
    """One section: snake_case in files, camelCase over IPC, where no key may be missing."""

    model_config = ConfigDict(
        defer_build=True,  # most are never asked for: an import makes none of their validators
        json_schema_serialization_defaults_required=True,
    )
