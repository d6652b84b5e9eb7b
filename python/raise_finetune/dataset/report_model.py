"""What every part of a report is built on."""

from typing import Annotated

import orjson
from pydantic import ConfigDict, Field

from raise_finetune.camel_model import CamelModel

PathText = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""A path in a note, which may be damaged: looking at one with a NUL is an error by itself."""


class ReportModel(CamelModel):
    """A part of a report: snake_case in Python and on disk, camelCase over IPC."""

    # Most are never asked for: an import makes none of their validators.
    model_config = ConfigDict(defer_build=True)

    def to_json(self) -> bytes:
        """Return it as indented JSON, snake_case, with a last newline."""
        return orjson.dumps(
            self.model_dump(mode="json", by_alias=False),
            option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
        )
