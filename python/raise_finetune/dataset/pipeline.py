"""The stages of an export in their order, from the documents to the rows: read it top to bottom."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from raise_finetune.dataset.dedup import Deduplication, Showcase
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.control import neutralise
from raise_finetune.dataset.prompts.render import render
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example, Row
from raise_finetune.dataset.sanitize.stage import sanitize
from raise_finetune.dataset.second_core import SecondCore
from raise_finetune.dataset.selection.preferences import prefer
from raise_finetune.dataset.selection.quality import check_quality
from raise_finetune.dataset.selection.select import select
from raise_finetune.dataset.sources.forgotten import leave_out_forgotten, load_forgotten
from raise_finetune.dataset.sources.interpret import interpret
from raise_finetune.dataset.sources.overlay import apply_ratings, load_ratings, read_copies
from raise_finetune.dataset.sources.ratings import rating_reader
from raise_finetune.dataset.sources.reading import read_sources
from raise_finetune.dataset.sources.sample import Sample
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.writing.streams import control_strings_of, layouts_of
from raise_finetune.storage.engine import StorageEngine

if TYPE_CHECKING:
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer


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
    core: SecondCore
    sample: Sample | None = None

    def written_examples(self, ledger: Ledger) -> Iterator[list[Example]]:
        """Return the examples as people wrote them, but for typed control tokens.

        Those go first, so that what is masked is what the rows hold, character for character.
        """
        engine, recipe = self.engine, self.recipe
        whole = recipe.examples.unit == "conversation"
        read_rating = rating_reader(recipe.rating)
        documents = read_sources(engine, recipe.source, self.pulse, self.sample)
        items = interpret(documents, read_rating, ledger, whole=whole)
        given, forgotten = load_ratings(engine), load_forgotten(engine, ledger)
        copies = read_copies(engine, recipe.source, read_rating, ledger)
        rated = apply_ratings(items, copies, given, forgotten, ledger, whole=whole)
        wanted = leave_out_forgotten(rated, forgotten, ledger, whole=whole)
        selected = select(wanted, read_rating, recipe, ledger)
        preferred = prefer(selected, recipe, self.folder, ledger)
        worthy = check_quality(preferred, recipe, ledger)
        strings = control_strings_of(recipe.output)
        return neutralise(worthy, strings, recipe.output.control_tokens, ledger)

    def masked_examples(self, ledger: Ledger) -> Iterator[list[Example]]:
        """Return the examples as they leave: harmless to a tokenizer, and masked."""
        written = self.written_examples(ledger)
        return sanitize(written, self.sanitizer, self.recipe.sanitize, ledger, self.pulse)

    def rows(
        self, ledger: Ledger, showcase: Showcase | None = None
    ) -> Iterator[list[tuple[Split, Row]]]:
        """Return the rows of the dataset, each with its side of the split.

        ``showcase`` takes some of the near-duplicates to be looked at.
        """
        recipe = self.recipe
        duplicates = Deduplication(recipe, self.folder, self.core)
        examples = duplicates.watch(self.masked_examples(ledger))
        keep_messages = showcase is not None or bool(recipe.tokens.tokenizer)
        rows = render(examples, layouts_of(recipe.output), keep_messages=keep_messages)
        return duplicates.drop(rows, ledger, self.pulse, showcase)
