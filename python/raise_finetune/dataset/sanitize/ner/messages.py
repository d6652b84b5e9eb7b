"""What the application and the process of a model say to each other: one JSON object a line."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.json_lines import Line

FailureCode = Literal["ner_not_installed", "ner_model_unfit", "ner_failed"]


class Load(Line):
    """The first request: the model's folder."""

    folder: str


class Recognize(Line):
    """Each further request: texts without lone surrogates."""

    texts: tuple[str, ...]


class Ready(Line):
    """The model is loaded; ``kinds`` are what it can find."""

    reply: Literal["ready"] = "ready"
    kinds: tuple[EntityKind, ...]


class Recognized(Line):
    """For each text of a request, its entities as (kind, start, end) in ``str`` offsets."""

    reply: Literal["recognized"] = "recognized"
    entities: tuple[tuple[tuple[EntityKind, int, int], ...], ...]


class Failed(Line):
    """The request failed. ``reason`` never holds words of a text."""

    reply: Literal["failed"] = "failed"
    code: FailureCode
    reason: str


Reply = Ready | Recognized | Failed
REPLY: TypeAdapter[Reply] = TypeAdapter(Annotated[Reply, Field(discriminator="reply")])
