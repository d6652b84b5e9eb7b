"""What every section of a recipe has in common."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Section(BaseModel):
    """One section: unknown keys are refused; snake_case in files, camelCase over IPC."""

    model_config = ConfigDict(
        extra="forbid",
        defer_build=True,  # most are never asked for: an import makes none of their validators
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )
