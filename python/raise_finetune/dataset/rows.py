"""The rows of a dataset: every document prepared, then held back until each row is judged."""

from collections.abc import Generator

from raise_finetune.dataset.dedup import Deduplication, Showcase, near_search
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.preparation import prepare_documents
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.second_core import SecondCore
from raise_finetune.dataset.split import Split


def rows_of(
    pipeline: Pipeline, core: SecondCore, ledger: Ledger, showcase: Showcase | None = None
) -> Generator[list[tuple[Split, Row]]]:
    """Yield the rows of the dataset in batches, each row with its side of the split.

    ``showcase`` takes some of the near-duplicates to be looked at. Whoever stops early closes it,
    before the folder of what waits is removed: Windows removes no file that is open.
    """
    recipe, folder = pipeline.recipe, pipeline.folder
    keep_messages = showcase is not None or bool(recipe.tokens.tokenizer)
    search = near_search(recipe.dedup, folder, core)
    with Deduplication(recipe.output, folder, search) as duplicates:
        for rendered in prepare_documents(pipeline, core, ledger, keep_messages=keep_messages):
            duplicates.add(rendered)
        yield from duplicates.drop(ledger, pipeline.pulse, showcase)
