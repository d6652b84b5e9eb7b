"""What a user can choose about sanitizing: one section of the export recipe."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from raise_finetune.dataset.sanitize.findings import FindingType

Action = Literal["mask", "drop", "leave"]
Numbering = Literal["conversation", "dataset"]


class SanitizeOptions(BaseModel):
    """How sensitive data is treated. The user's own list of known values is never part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    enabled: bool = Field(default=True, description="Mask sensitive data before export.")
    actions: dict[FindingType, Action] = Field(
        default_factory=dict[FindingType, Action],
        description=(
            "What to do with each type: mask (the default), drop the whole record, or leave."
        ),
    )
    allow: tuple[str, ...] = Field(
        default=(),
        description="Values that are not sensitive and stay as they are; case is ignored.",
    )
    numbering: Numbering = Field(
        default="conversation",
        description=(
            "Number placeholders anew in each conversation, or across the dataset, "
            "which links people from one conversation to another."
        ),
    )
    surrogates: bool = Field(
        default=False,
        description=(
            "Write invented values from reserved ranges instead of placeholders, where such a "
            "range exists; never for secrets, passwords, NIR, cards or IBAN."
        ),
    )

    def action(self, kind: FindingType) -> Action:
        """Return what to do with findings of one type."""
        return self.actions.get(kind, "mask")
