"""The stage of the export that drops duplicates: all rows wait on disk until each is judged."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Self

import numpy as np

from raise_finetune.dataset.dedup.dropped import DroppedRows
from raise_finetune.dataset.dedup.grouping import GroupingSpool
from raise_finetune.dataset.dedup.leaks import count_both_sides, drop_leaks
from raise_finetune.dataset.dedup.nearly import drop_nearly_same, find_nearly_same
from raise_finetune.dataset.dedup.rendered import RenderedRows
from raise_finetune.dataset.dedup.same import drop_same
from raise_finetune.dataset.dedup.showcase import Showcase
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.shingles import U64
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import DedupSection, OutputSection
from raise_finetune.dataset.records import Row
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
    """Holds back all rows until each is judged, then drops those that repeat another.

    They wait in ``folder``, which takes about twice as many bytes as the rows. Memory grows by a
    few bytes for each row, and by more only for those that are repeated, unless near-duplicates
    are looked for. A context manager that closes its files.
    """

    def __init__(
        self, options: OutputSection, folder: Path, search: NearSearch | None = None
    ) -> None:
        self._options = options
        self._folder = folder
        self._search = search
        self._files = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            self._spool = opened.enter_context(RowSpool(self._folder))
            self._grouping = GroupingSpool(self._options, self._folder)
            if self._search is not None:
                opened.enter_context(self._search.index)
            self._files = opened.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._files.close()

    def add(self, rendered: RenderedRows) -> None:
        """Add rows after those that are there."""
        for batch in rendered.rows:
            self._spool.append(batch)
        self._grouping.append(rendered.grouping)
        if self._search is not None and rendered.signed is not None:
            self._search.index.append(rendered.signed)

    def drop(
        self, ledger: Ledger, pulse: Pulse, showcase: Showcase | None = None
    ) -> Iterator[list[tuple[Split, Row]]]:
        """Yield the rows that stay, in their order, each with its side.

        The others name the one in their place: their fate is *duplicate* where the line is the
        very same, *near_duplicate* where it nearly is, and *split_leak* where the conversation
        repeats one on another side of the split. ``showcase`` takes some of the near-duplicates to
        be looked at.
        """
        spool, grouping = self._spool, self._grouping
        dropped = DroppedRows(spool.rows)
        pairs = _drop_copies(spool, grouping, self._search, dropped, pulse)
        ledger.both_sides = count_both_sides(grouping, pairs, dropped)
        ledger.strata = grouping.count_strata(~dropped.mask())
        if showcase is not None:
            showcase.choose(dropped)
        yield from dropped.staying_rows(spool, grouping.sides, ledger, showcase and showcase.see)


def near_search(options: DedupSection, folder: Path, core: SecondCore) -> NearSearch | None:
    """Return how a recipe looks for near-duplicates, None where it does not."""
    if options.near == "off":
        return None
    return NearSearch(NearIndex(folder, core), options.threshold, options.near == "keep")


def _drop_copies(
    spool: RowSpool,
    grouping: GroupingSpool,
    search: NearSearch | None,
    dropped: DroppedRows,
    pulse: Pulse,
) -> U64:
    """Drop the rows that are copies or would leak; return the codes of the pairs that tell so.

    Where very many rows share a key, not all of them are compared at once: then those of them that
    stay are compared again, until none has to be dropped.
    """
    drop_same(spool, dropped)
    pairs = dropped.pairs()
    compared = np.zeros(spool.rows, np.bool_)  # with every row that may be near
    for number in count():
        gone = dropped.count()
        if search is not None:
            left_out = dropped.mask() | compared
            near = find_nearly_same(
                spool, search.index, search.threshold, left_out, pulse, keep=search.keep
            )
            pairs = np.concatenate((pairs, near.codes))
            compared = ~near.uncompared
            if not search.keep:
                drop_nearly_same(spool, search.index, search.threshold, near, dropped)
        if number == 0:
            grouping.settle(~dropped.mask())
        drop_leaks(spool, grouping, pairs, dropped)
        if search is None or compared.all() or dropped.count() == gone:
            break
    return pairs
