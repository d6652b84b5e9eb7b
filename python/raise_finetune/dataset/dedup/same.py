"""Rows whose line is another row's, byte for byte."""

import numpy as np
from xxhash import xxh3_128_digest

from raise_finetune.dataset.dedup.claims import Claims
from raise_finetune.dataset.dedup.dropped import DroppedRows
from raise_finetune.dataset.writing.spool import RowSpool


def drop_same(spool: RowSpool, dropped: DroppedRows) -> None:
    """Drop all but the best of the rows with the same line.

    Lines are told apart by a second, longer hash: among millions, two may share a short one.
    """
    rows, claims, digests = spool.repeated(), Claims(), bytearray()
    for _, row in spool.rows_of(rows):
        claims.add(row.rating, row.date, row.record)
        digests += xxh3_128_digest(row.line)
    if not len(rows):
        return
    ranking = claims.ranking()
    lines = np.frombuffer(digests, np.uint64).reshape(-1, 2)[ranking]
    order = np.lexsort(lines.T)  # stable: of the same lines, the best comes first
    lines, ranked = lines[order], ranking[order]
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = (lines[1:] != lines[:-1]).any(axis=1)
    best = ranked[is_first][np.cumsum(is_first) - 1]
    for number, better in zip(ranked[~is_first], best[~is_first], strict=True):
        dropped.add(int(rows[number]), "duplicate", int(rows[better]), claims.record(int(better)))
