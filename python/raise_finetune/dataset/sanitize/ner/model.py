"""What a named-entity model must be able to do."""

from collections.abc import Sequence
from typing import Protocol

from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.dataset.sanitize.ner.spans import Entity


class UnfitModelError(Exception):
    """A model that cannot be used, and why."""


class NerModel(Protocol):
    """Finds entities. Offsets count the characters of the texts."""

    @property
    def kinds(self) -> frozenset[EntityKind]:
        """What the model has labels for."""
        ...

    def entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the entities of each text, in order."""
        ...
