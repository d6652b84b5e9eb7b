"""spaCy pipelines, as ``nlp.to_disk`` writes them."""

from collections.abc import Sequence
from pathlib import Path

import spacy

from raise_finetune.dataset.sanitize.ner.labels import EntityKind, entity_kind
from raise_finetune.dataset.sanitize.ner.spans import Entity

# Takes a third of the time, and no entity depends on it.
_UNUSED = ("parser",)


class SpacyModel:
    """A pipeline with a component that sets entities; see ``NerModel``."""

    def __init__(self, folder: Path) -> None:
        self._pipeline = spacy.load(folder, exclude=_UNUSED)

    @property
    def kinds(self) -> frozenset[EntityKind]:
        """See ``NerModel``."""
        names = (name for labels in self._pipeline.pipe_labels.values() for name in labels)
        return frozenset(kind for name in names if (kind := entity_kind(name)) is not None)

    def entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """See ``NerModel``."""
        return [
            [
                Entity(kind, span.start_char, span.end_char)
                for span in document.ents
                if (kind := entity_kind(span.label_)) is not None
            ]
            for document in self._pipeline.pipe(texts)
        ]
