"""What is kept of some examples until all were seen: their rows, and what copies are found by."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from raise_finetune.dataset.dedup.grouping import Grouping
from raise_finetune.dataset.near.shingles import QuestionAnswer
from raise_finetune.dataset.near.signing import Signed, compared_texts, sign_texts
from raise_finetune.dataset.prompts.layout import Layout
from raise_finetune.dataset.prompts.render import render
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.writing.spool import PackedRows, packed


class RenderedRows(NamedTuple):
    """The rows of some examples, packed, and what they are told apart by, in the same order.

    ``signed`` is None where no near-duplicates are looked for. What makes a row a copy stands in
    its example's texts, which no line of a file tells apart again.
    """

    rows: list[PackedRows]
    grouping: Grouping
    signed: Signed | None


def render_rows(
    batches: Iterable[list[Example]],
    recipe: ExportRecipe,
    layouts: Sequence[Layout],
    *,
    keep_messages: bool,
) -> RenderedRows:
    """Render the examples, and keep what is needed of them; see ``render``."""
    grouping, pairs = Grouping(recipe.output), list[QuestionAnswer]()
    is_compared, whole = recipe.dedup.near != "off", recipe.examples.are_whole
    rows: list[PackedRows] = []
    for batch in batches:
        grouping.note(batch)
        if is_compared:
            pairs += [compared_texts(each, whole=whole) for each in batch]
        rows.append(packed(render(batch, layouts, keep_messages=keep_messages)))
    return RenderedRows(rows, grouping, sign_texts(pairs) if pairs else None)
