"""Rows whose line is another row's, byte for byte."""

from xxhash import xxh3_128_digest

from raise_finetune.dataset.dedup.claims import Claim
from raise_finetune.dataset.dedup.leaving import Leaving
from raise_finetune.dataset.writing.spool import RowSpool


def leave_same(spool: RowSpool, leaving: Leaving) -> None:
    """Let all but the best of the rows with the same line go.

    Lines are told apart by a second, longer hash: among millions, two may share a short one.
    """
    best: dict[bytes, tuple[Claim, int]] = {}
    rows_of: list[tuple[int, bytes]] = []
    for number, row in spool.rows_of(spool.repeated()):
        line, claim = xxh3_128_digest(row.line), Claim.of(row)
        if line not in best or claim.beats(best[line][0]):
            best[line] = claim, number
        rows_of.append((number, line))
    for number, line in rows_of:
        claim, better = best[line]
        if number != better:
            leaving.add(number, "duplicate", better, claim.record)
