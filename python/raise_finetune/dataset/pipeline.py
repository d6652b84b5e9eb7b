"""The stages of an export in their order, from the documents to the rows: read it top to bottom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.control import neutralise
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Conversation, Documentation, Example
from raise_finetune.dataset.sanitize.stage import sanitize
from raise_finetune.dataset.selection.preferences import prefer
from raise_finetune.dataset.selection.quality import check_quality
from raise_finetune.dataset.selection.select import select
from raise_finetune.dataset.sources.forgotten import leave_out_forgotten
from raise_finetune.dataset.sources.interpret import SourceBatch, interpret
from raise_finetune.dataset.sources.overlay import (
    Annotations,
    Applied,
    add_copies,
    apply_ratings,
    load_annotations,
    read_copies,
)
from raise_finetune.dataset.sources.ratings import RatingReader, rating_reader
from raise_finetune.dataset.sources.reading import read_sources
from raise_finetune.dataset.sources.sample import Sample
from raise_finetune.dataset.writing.streams import control_strings_of
from raise_finetune.storage.engine import StorageEngine

if TYPE_CHECKING:
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

_Items = Iterable[list[Conversation | Documentation]]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Chains the stages, each of which takes the batches of the one before it.

    Nothing runs until the result is asked for. ``folder`` holds what has to wait on disk;
    ``sanitizer`` is None where nothing is masked. ``sample`` names the documents to read, where
    these are not all.
    """

    engine: StorageEngine
    recipe: ExportRecipe
    folder: Path
    pulse: Pulse
    sanitizer: "Sanitizer | None"
    sample: Sample | None = None

    def masked_examples(self, ledger: Ledger) -> Iterator[list[Example]]:
        """Return the examples as they leave: harmless to a tokenizer, and masked."""
        return self._masked(self.written_examples(ledger), ledger)

    def written_examples(self, ledger: Ledger) -> Iterator[list[Example]]:
        """Return the examples as people wrote them, but for typed control tokens.

        Those go first, so that what is masked is what the rows hold, character for character.
        """
        annotations, applied = load_annotations(self.engine, ledger), Applied()
        documents = read_sources(self.engine, self.recipe.source, self.pulse, self.sample)
        live = self._live(documents, annotations, applied, ledger)
        return self._written(
            chain(live, self._copies(annotations, applied, ledger)), annotations, ledger
        )

    def masked_live(
        self,
        documents: Iterable[SourceBatch],
        annotations: Annotations,
        applied: Applied,
        ledger: Ledger,
    ) -> Iterator[list[Example]]:
        """Return the examples of some documents alone; ``applied`` is noted for their copies."""
        live = self._live(documents, annotations, applied, ledger)
        return self._masked(self._written(live, annotations, ledger), ledger)

    def masked_copies(
        self, annotations: Annotations, applied: Applied, ledger: Ledger
    ) -> Iterator[list[Example]]:
        """Return the examples of the copies, once all documents were seen."""
        copies = self._copies(annotations, applied, ledger)
        return self._masked(self._written(copies, annotations, ledger), ledger)

    def _live(
        self,
        documents: Iterable[SourceBatch],
        annotations: Annotations,
        applied: Applied,
        ledger: Ledger,
    ) -> _Items:
        items = interpret(
            documents, self._read_rating(), ledger, whole=self.recipe.examples.are_whole
        )
        return apply_ratings(items, annotations, applied, whole=self.recipe.examples.are_whole)

    def _copies(self, annotations: Annotations, applied: Applied, ledger: Ledger) -> _Items:
        copies = read_copies(self.engine, self.recipe.source, self._read_rating(), ledger)
        return add_copies(copies, annotations, applied, ledger)

    def _written(
        self, items: _Items, annotations: Annotations, ledger: Ledger
    ) -> Iterator[list[Example]]:
        recipe = self.recipe
        wanted = leave_out_forgotten(
            items, annotations.forgotten, ledger, whole=recipe.examples.are_whole
        )
        selected = select(wanted, self._read_rating(), recipe, ledger)
        preferred = prefer(selected, recipe, self.folder, ledger)
        worthy = check_quality(preferred, recipe, ledger)
        strings = control_strings_of(recipe.output)
        return neutralise(worthy, strings, recipe.output.control_tokens, ledger)

    def _masked(self, written: Iterator[list[Example]], ledger: Ledger) -> Iterator[list[Example]]:
        return sanitize(written, self.sanitizer, self.recipe.sanitize, ledger, self.pulse)

    def _read_rating(self) -> RatingReader:
        return rating_reader(self.recipe.rating)
