"""What two processes of ours say to each other as models: one JSON object a line."""

from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError


class Line(BaseModel):
    """One message, either way."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_line(self) -> bytes:
        """Return the message as it is written."""
        return self.model_dump_json().encode() + b"\n"


_Line = TypeVar("_Line", bound=Line)


def read_lines(stream: BinaryIO, adapter: TypeAdapter[_Line]) -> Iterator[_Line]:
    """Yield the messages of a stream; a line that is none, such as what a library prints, goes."""
    for line in stream:
        with suppress(ValidationError):
            yield adapter.validate_json(line)
