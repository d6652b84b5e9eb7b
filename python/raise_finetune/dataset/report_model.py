"""What every part of a report is built on."""

from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

PathText = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""A path in a note, which may be damaged: looking at one with a NUL is an error by itself."""


class ReportModel(BaseModel):
    """A part of a report: snake_case in Python and on disk, camelCase over IPC."""

    model_config = ConfigDict(
        extra="forbid",
        defer_build=True,  # most are never asked for: an import makes none of their validators
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    def to_json(self) -> bytes:
        """Return it as indented JSON, snake_case, with a last newline."""
        return orjson.dumps(
            self.model_dump(mode="json", by_alias=False),
            option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
        )
