"""The query model, as it travels between the application's parts (PascalCase on the wire).

A query is read from JSON with ``Query.model_validate``; ``matching`` says what it means.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

Operator = Literal[
    "Eq",
    "Ne",
    "Gt",
    "Gte",
    "Lt",
    "Lte",
    "In",
    "Contains",
    "StartsWith",
    "EndsWith",
    "Matches",
    "Like",
]

FieldPath = Annotated[str, StringConstraints(min_length=1)]
"""Where a value lies in a document: keys joined by dots (``metadata.rating``)."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Condition(_Model):
    """What one field must be like."""

    field: FieldPath
    operator: Operator
    value: JsonValue


class Filter(_Model):
    """How conditions combine: all hold (And), at least one (Or), none (Not)."""

    operator: Literal["And", "Or", "Not"]
    conditions: list[Condition]


class Sort(_Model):
    """One field to sort by; a missing value comes first in ascending order."""

    field: FieldPath
    order: Literal["Asc", "Desc"]


class Include(_Model):
    """Only these fields of each document."""

    fields_: list[FieldPath] = Field(alias="Include")


class Exclude(_Model):
    """All but these fields of each document."""

    fields_: list[FieldPath] = Field(alias="Exclude")


Projection = Include | Exclude


class Query(_Model):
    """Which documents of one collection, in which order, and what of them. No limit, no cap."""

    collection: str
    filter: Filter | None = None
    sort: list[Sort] = []
    limit: int | None = Field(default=None, ge=0)
    offset: int = Field(default=0, ge=0)
    projection: Projection | None = None
