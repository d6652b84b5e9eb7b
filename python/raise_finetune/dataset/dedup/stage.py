"""The stage of the export that drops duplicates: all rows wait on disk until each is judged."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np

from raise_finetune.dataset.dedup.grouping import Grouping
from raise_finetune.dataset.dedup.leaks import count_crossings, leave_leaks
from raise_finetune.dataset.dedup.leaving import Leaving
from raise_finetune.dataset.dedup.nearly import find_nearly_same, leave_nearly_same
from raise_finetune.dataset.dedup.same import leave_same
from raise_finetune.dataset.dedup.showcase import Showcase
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example, Row
from raise_finetune.dataset.second_core import SecondCore
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.writing.spool import RowSpool


@dataclass(frozen=True, slots=True)
class NearSearch:
    """How near-duplicates are found: by the rows' texts, in their order, and how near is near.

    ``threshold`` is a Jaccard similarity; with ``keep`` they stay, though only on one side.
    """

    index: NearIndex
    threshold: float
    keep: bool = False


class Deduplication:
    """Looks at each example before it is rendered, and then drops rows; ``folder`` is its room.

    What makes a row a copy stands in its texts, which no line of a file tells apart again.
    """

    def __init__(self, recipe: ExportRecipe, folder: Path, core: SecondCore) -> None:
        self._folder = folder
        self._whole = recipe.examples.unit == "conversation"
        self._grouping = Grouping(recipe.output)
        self._search = None
        if recipe.dedup.near != "off":
            keep = recipe.dedup.near == "keep"
            self._search = NearSearch(NearIndex(folder, core), recipe.dedup.threshold, keep)

    def watch(self, batches: Iterable[list[Example]]) -> Iterator[list[Example]]:
        """Yield the examples as they are, each of which is to become one row."""
        watched = self._grouping.watch(batches)
        if self._search is None:
            return watched
        return self._search.index.watch(watched, whole=self._whole)

    def drop(
        self,
        batches: Iterable[list[Row]],
        ledger: Ledger,
        pulse: Pulse,
        showcase: Showcase | None = None,
    ) -> Iterator[list[tuple[Split, Row]]]:
        """Yield the rows that stay, each with its side; see ``drop_duplicates``."""
        return drop_duplicates(
            batches, self._grouping, self._search, self._folder, ledger, pulse, showcase
        )


def drop_duplicates(
    batches: Iterable[list[Row]],
    grouping: Grouping,
    search: NearSearch | None,
    folder: Path,
    ledger: Ledger,
    pulse: Pulse,
    showcase: Showcase | None = None,
) -> Iterator[list[tuple[Split, Row]]]:
    """Yield the rows that stay, in their order, each with its side.

    The others name the one in their place: their fate is *duplicate* where the line is the very
    same, *near_duplicate* where it nearly is, and *split_leak* where the conversation repeats one
    on another side of the split.

    ``showcase`` takes some of the near-duplicates to be looked at.

    Which one stays is known only when all were seen: until then they wait in ``folder``, which
    takes about twice as many bytes as the rows. Memory grows by some fifty bytes for each row, and
    by more only for those that are repeated.
    """
    with ExitStack() as opened:
        spool = opened.enter_context(RowSpool(folder))
        if search is not None:
            opened.enter_context(search.index)
        for batch in batches:
            spool.add(batch)
        leaving = Leaving(spool.rows)
        pairs = _leave_copies(spool, grouping, search, leaving, pulse)
        ledger.crossings = count_crossings(grouping, pairs, leaving)
        ledger.strata = grouping.count_strata(~leaving.goes())
        if showcase is not None:
            showcase.choose(leaving)
        yield from leaving.drop_from(spool, grouping.sides, ledger, showcase and showcase.see)


def _leave_copies(
    spool: RowSpool,
    grouping: Grouping,
    search: NearSearch | None,
    leaving: Leaving,
    pulse: Pulse,
) -> U64:
    """Let the rows go that are copies or would leak; return the codes of the pairs that tell so.

    Where very many rows share a key, not all of them are compared at once: then those of them that
    stay are compared again, until none has to go.
    """
    leave_same(spool, leaving)
    pairs = leaving.pairs()
    compared = np.zeros(spool.rows, np.bool_)  # with every row that may be near
    for number in count():
        gone = leaving.count()
        if search is not None:
            left_out = leaving.goes() | compared
            near = find_nearly_same(
                spool, search.index, search.threshold, left_out, pulse, keep=search.keep
            )
            pairs = np.concatenate((pairs, near.codes))
            compared = ~near.uncompared
            if not search.keep:
                leave_nearly_same(spool, search.index, search.threshold, near, leaving)
        if number == 0:
            grouping.settle(~leaving.goes())
        leave_leaks(spool, grouping, pairs, leaving)
        if search is None or compared.all() or leaving.count() == gone:
            break
    return pairs
