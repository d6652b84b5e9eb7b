"""What the application and the process of a model say to each other: one JSON object a line."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from raise_finetune.dataset.sanitize.ner.labels import EntityKind

FailureCode = Literal["ner_not_installed", "ner_model_unfit", "ner_failed"]


class Message(BaseModel):
    """One line, either way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_line(self) -> bytes:
        """Return the message as it is written."""
        return self.model_dump_json().encode() + b"\n"


class Load(Message):
    """The first request: the model's folder."""

    folder: str


class Recognize(Message):
    """Each further request: texts without lone surrogates."""

    texts: tuple[str, ...]


class Ready(Message):
    """The model is loaded; ``kinds`` are what it can find."""

    reply: Literal["ready"] = "ready"
    kinds: tuple[EntityKind, ...]


class Recognized(Message):
    """For each text of a request, its entities as (kind, start, end) in ``str`` offsets."""

    reply: Literal["recognized"] = "recognized"
    entities: tuple[tuple[tuple[EntityKind, int, int], ...], ...]


class Failed(Message):
    """The request failed. ``reason`` never holds words of a text."""

    reply: Literal["failed"] = "failed"
    code: FailureCode
    reason: str


Reply = Ready | Recognized | Failed
REPLY: TypeAdapter[Reply] = TypeAdapter(Annotated[Reply, Field(discriminator="reply")])
