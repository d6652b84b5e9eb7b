"""Exact duplicates: of rows that are the same, the best-rated stays, then the newest."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from xxhash import xxh3_128_digest

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.spool import RowSpool


class _Claim(NamedTuple):
    """What speaks for keeping a row, the strongest first."""

    rating: float
    date: str
    record: str


def drop_duplicates(
    batches: Iterable[list[Row]], folder: Path, ledger: Ledger
) -> Iterator[list[Row]]:
    """Yield the rows that stay, in their order; the others get the fate *duplicate*.

    Which one stays is known only when all were seen: until then they wait in ``folder``, which
    takes about as many bytes as the rows. Memory grows with the rows that are repeated only.
    """
    with RowSpool(folder) as spool:
        for batch in batches:
            spool.add(batch)
        repeated = spool.repeated_hashes()
        best = _best_of_each(spool, repeated)
        for rows, hashes in spool.batches():
            if repeated.isdisjoint(hashes):
                yield rows
            else:
                yield [row for row in rows if _is_kept(row, best, ledger)]


def _best_of_each(spool: RowSpool, repeated: set[int]) -> dict[bytes, _Claim]:
    """Return the claim that wins for each repeated line.

    Lines are told apart by a second, longer hash: among millions, two may share a short one.
    """
    best: dict[bytes, _Claim] = {}
    if not repeated:
        return best
    for rows, hashes in spool.batches():
        for row, value in zip(rows, hashes, strict=True):
            if value in repeated:
                digest = xxh3_128_digest(row.line)
                claim = _Claim(row.rating, row.date, row.record)
                best[digest] = _better(claim, best.get(digest, claim))
    return best


def _better(one: _Claim, other: _Claim) -> _Claim:
    """Compare rating, then date; the name decides last, so that the order of files never does."""
    if (one.rating, one.date) != (other.rating, other.date):
        return max(one, other)
    return min(one, other)


def _is_kept(row: Row, best: dict[bytes, _Claim], ledger: Ledger) -> bool:
    winner = best.get(xxh3_128_digest(row.line))
    if winner is None or winner.record == row.record:
        return True
    ledger.mark(row.record, "duplicate", winner.record)
    return False
