"""What a user can choose about sanitizing: one section of the export recipe."""

from typing import Annotated, Literal

from pydantic import Field

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.dataset.section import Section

Action = Literal["mask", "drop", "leave"]
Numbering = Literal["conversation", "dataset"]


class SanitizeOptions(Section):
    """How sensitive data is treated; a type without an action of its own is masked.

    The user's own list of known values is never part of it: a recipe travels with the dataset.
    """

    enabled: bool = True
    actions: dict[FindingType, Action] = Field(default_factory=dict[FindingType, Action])
    allow: tuple[str, ...] = ()
    numbering: Numbering = "conversation"
    surrogates: bool = False
    ner_model: str = ""
    ner_kinds: Annotated[tuple[EntityKind, ...], Field(min_length=1)] = ("person",)

    def action(self, kind: FindingType) -> Action:
        """Return what to do with findings of one type."""
        return self.actions.get(kind, "mask")
