"""What an export would mask, without the export."""

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.review import Review, review
from raise_finetune.dataset.sanitize.stage import open_sanitizer
from raise_finetune.dataset.second_core import no_second_core
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.scratch import scratch_folder


def scan_domain(
    engine: StorageEngine,
    recipe: ExportRecipe,
    pulse: Pulse,
    known: KnownValues | None = None,
) -> Review:
    """Return the sensitive data in the examples that the recipe selects, whatever it masks.

    Types that the recipe leaves and values that it allows are no findings. ``known`` as for
    ``export_dataset``.
    """
    with (
        scratch_folder() as folder,
        open_sanitizer(recipe.sanitize, known, no_second_core(), pulse) as sanitizer,
    ):
        pipeline = Pipeline(engine, recipe, folder, pulse, sanitizer)
        return review(pipeline.written_examples(Ledger()), sanitizer, recipe.sanitize, pulse)
