"""Exact duplicates: of rows that are the same, the best-rated stays, then the newest.

Which one stays is known only when all were seen, so the lines wait in a spool file and what
decides about them in an SQLite database beside it: memory stays the same for a thousand rows
and for a million.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from xxhash import xxh3_128_digest

from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.records import Row

_READ_BACK = 64  # rows a batch

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -4096;
CREATE TABLE row (
    position INTEGER PRIMARY KEY, digest BLOB, size INTEGER,
    record TEXT, family TEXT, rating REAL, date TEXT, repairs TEXT
);
"""
# The record's name decides last, so that the order of the files never does.
_FIND_DUPLICATES = """
CREATE TABLE duplicate AS
SELECT position, kept FROM (
    SELECT position, record, first_value(record) OVER (
        PARTITION BY digest ORDER BY rating DESC, date DESC, record
    ) AS kept FROM row
) WHERE record <> kept ORDER BY position;
CREATE UNIQUE INDEX duplicate_position ON duplicate (position);
"""
_READ = """
SELECT size, record, family, rating, date, repairs, kept
FROM row LEFT JOIN duplicate USING (position) ORDER BY position
"""


def drop_duplicates(
    batches: Iterable[list[Row]], folder: Path, ledger: Ledger
) -> Iterator[list[Row]]:
    """Yield the rows that stay, in their order; the others get the fate *duplicate*.

    ``folder`` takes the spool: about as many bytes as the rows themselves.
    """
    with (
        (folder / "spool.jsonl").open("w+b") as spool,
        closing(sqlite3.connect(folder / "spool.sqlite", isolation_level=None)) as index,
    ):
        index.executescript(_SCHEMA)
        index.execute("BEGIN")
        for batch in batches:
            _store(batch, spool, index)
        index.executescript(_FIND_DUPLICATES)
        spool.seek(0)
        yield from _read_back(spool, index, ledger)


def _store(batch: list[Row], spool: BinaryIO, index: sqlite3.Connection) -> None:
    spool.write(b"".join([row.line for row in batch]))
    index.executemany(
        "INSERT INTO row VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                xxh3_128_digest(row.line),
                len(row.line),
                row.record,
                row.group,
                row.rating,
                row.date,
                " ".join(row.repairs),
            )
            for row in batch
        ],
    )


def _read_back(spool: BinaryIO, index: sqlite3.Connection, ledger: Ledger) -> Iterator[list[Row]]:
    cursor = index.execute(_READ)
    while found := cursor.fetchmany(_READ_BACK):
        kept: list[Row] = []
        for size, record, group, rating, date, repairs, duplicate_of in found:
            line = spool.read(size)
            if duplicate_of is None:
                kept.append(Row(record, group, line, rating, date, repairs.split()))
            else:
                ledger.mark(record, Fate.DUPLICATE, duplicate_of)
        yield kept
