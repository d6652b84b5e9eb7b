"""Rows whose question and answer are nearly another row's."""

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.dedup.claims import Claims
from raise_finetune.dataset.dedup.dropped import DroppedRows
from raise_finetune.dataset.dedup.leaks import HABIT
from raise_finetune.dataset.near.candidates import NearPairs, find_near_pairs
from raise_finetune.dataset.near.choice import choose
from raise_finetune.dataset.near.codes import Texts, texts_of
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.similarity import near
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.writing.spool import RowSpool

# With so many near-duplicates a row goes, or all of these do: more pairs would only take memory.
# Where fewer tell that one conversation repeats another, all are needed.
_ENOUGH = HABIT + 1


def find_nearly_same(
    spool: RowSpool,
    index: NearIndex,
    threshold: float,
    left_out: NDArray[np.bool_],
    pulse: Pulse,
    *,
    keep: bool,
) -> NearPairs:
    """Return the pairs of near-duplicates among the rows that are not ``left_out``.

    Unless they are to ``keep``, some of a crowd are enough: others are found when these are gone.
    """
    if index.finish() != spool.rows:
        msg = "the texts and the rows are not the same"
        raise AssertionError(msg)
    enough = None if keep else _ENOUGH
    return find_near_pairs(index, left_out, threshold, pulse, enough=enough)


def drop_nearly_same(
    spool: RowSpool, index: NearIndex, threshold: float, pairs: NearPairs, dropped: DroppedRows
) -> None:
    """Drop each row that is near a better one which stays."""
    if not len(pairs.codes):
        return
    is_in_pair = np.zeros(spool.rows, np.bool_)
    for side in texts_of(pairs.codes):
        is_in_pair[side] = True
    rows = np.flatnonzero(is_in_pair)
    claims = _claims(spool, rows)
    ranked = rows[claims.ranking()]
    replaced = choose(pairs, ranked, lambda one, other: near(index.file, one, other, threshold))
    places = np.searchsorted(rows, replaced.better)
    for number, place in enumerate(places.tolist()):
        dropped.add(
            int(replaced.texts[number]),
            "near_duplicate",
            int(replaced.better[number]),
            claims.record(place),
            float(replaced.similarity[number]),
        )


def _claims(spool: RowSpool, rows: Texts) -> Claims:
    """Return the claims of some rows, in their order."""
    claims, wanted = Claims(), np.zeros(spool.rows, np.bool_)
    wanted[rows] = True
    for first, batch in spool.claims():
        for claim, is_wanted in zip(batch, wanted[first : first + len(batch)], strict=True):
            if is_wanted:
                claims.add(*claim)
    return claims
