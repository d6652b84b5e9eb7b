"""Exact duplicates: the best-rated stays, then the newest, then the first by name."""

import tracemalloc
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.tree import taken_in
from raise_finetune.dataset.dedup import Deduplication
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.split import Split, split_of
from raise_finetune.dataset.writing import columns, spool
from raise_finetune.dataset.writing.spool import RowSpool


def row(record: str, line: str = "x", rating: float = 4.0, date: str = "") -> Row:
    return Row(
        record=record,
        group=f"group of {record}",
        kind="article",
        line=f"{line}\n".encode(),
        rating=rating,
        date=date,
        repairs=[f"mended {record}"],
    )


def kept(folder: Path, *batches: list[Row]) -> tuple[list[Row], Ledger]:
    ledger = Ledger()
    return [
        row for _, row in placed(folder, batches, OutputSection(val_fraction=0), ledger)
    ], ledger


def placed(
    folder: Path, batches: Iterable[list[Row]], options: OutputSection, ledger: Ledger
) -> list[tuple[Split, Row]]:
    with Deduplication(options, folder) as duplicates:
        for batch in batches:
            duplicates.add(taken_in(batch, options))
        return [each for kept in duplicates.drop(ledger, Pulse()) for each in kept]


def test_without_duplicates_all_stay_in_their_order(tmp_path: Path):
    rows = [row("b", "1"), row("a", "2"), row("c", "3")]
    found, ledger = kept(tmp_path, rows[:2], [], rows[2:])
    assert found == rows
    assert ledger.fates == {}


@pytest.mark.parametrize(
    ("rows", "winner"),
    [
        ([row("a", rating=4), row("b", rating=5)], "b"),
        ([row("a", rating=4, date="2026"), row("b", rating=5, date="2020")], "b"),
        ([row("a", date="2026-01-01T00:00:00"), row("b", date="2026-01-01T00:00:00.1")], "b"),
        ([row("a", date=""), row("b", date="2020-01-01")], "b"),
        ([row("b"), row("a")], "a"),
        ([row("a", rating=0), row("b", rating=1), row("c", rating=1)], "b"),
    ],
)
def test_which_one_stays(tmp_path: Path, rows: list[Row], winner: str):
    for order in permutations(rows):
        found, ledger = kept(tmp_path, list(order))
        assert [each.record for each in found] == [winner]
        assert ledger.fates == {"duplicate": len(rows) - 1}


def test_the_others_name_the_one_that_stays(tmp_path: Path):
    with (tmp_path / "ledger").open("wb") as file:
        ledger = Ledger(file)
        batches = [[row("a", rating=5)], [row("b"), row("c", "y")]]
        placed(tmp_path, batches, OutputSection(val_fraction=0), ledger)
        ledger.flush()
    assert (tmp_path / "ledger").read_bytes() == (
        b'{"record":"b","fate":"duplicate","detail":"a"}\n'
    )


def test_rows_of_one_group_stay_together(tmp_path: Path):
    rows = [Row(f"r{n}", f"g{n % 5}", "conversation", b"%d" % n, 0, "", []) for n in range(50)]
    options = OutputSection(val_fraction=0.5)
    found = placed(tmp_path, [rows[:20], rows[20:]], options, Ledger())
    assert [row for _, row in found] == rows
    assert all(split == split_of(row.group, options) for split, row in found)
    assert len({(split, row.group) for split, row in found}) == 5


def test_lines_that_share_a_short_hash_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(spool, "xxh3_64_intdigest", lambda _line: 7)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    rows = [row("a", "1"), row("b", "2"), row("c", "1")]
    found, ledger = kept(tmp_path, rows)
    assert [each.record for each in found] == ["a", "b"]
    assert ledger.fates == {"duplicate": 1}


rows = st.builds(
    row,
    st.uuids().map(str),
    st.sampled_from("abc"),
    st.sampled_from([0.0, 4.0, 5.0]),
    st.sampled_from(["", "2025", "2026"]),
)


@given(
    batches=st.lists(st.lists(rows, max_size=5), max_size=5),
    at_once=st.integers(1, 4) | st.just(1 << 16),
)
def test_each_line_stays_once_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[Row]], at_once: int
):
    folder = tmp_path_factory.mktemp("spool")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_ROWS_AT_ONCE", at_once)
        found, ledger = kept(folder, *batches)
    everything = [each for batch in batches for each in batch]
    assert sorted(each.line for each in found) == sorted({each.line for each in everything})
    assert ledger.fates.total() == len(everything) - len(found)
    again, _ = kept(folder, everything[::-1])
    assert sorted(each.record for each in again) == sorted(each.record for each in found)
    for each in found:
        rivals = [other for other in everything if other.line == each.line]
        assert (each.rating, each.date) == max((rival.rating, rival.date) for rival in rivals)


@given(batches=st.lists(st.lists(rows, max_size=5), max_size=5))
def test_the_spool_gives_back_what_it_took(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[Row]]
):
    with RowSpool(tmp_path_factory.mktemp("spool")) as waiting:
        for batch in batches:
            waiting.add(batch)
        for _ in range(2):
            assert [found for _, found in waiting.batches()] == batches
        everything = [each for batch in batches for each in batch]
        some = np.arange(0, len(everything), 3)
        assert list(waiting.rows_of(some)) == [(number, everything[number]) for number in some]
        names = {number: everything[number].record for number in some}
        assert waiting.records(some) == names


def test_repeated_lines_in_different_batches(tmp_path: Path):
    everything = [row(f"r{n}", f"line {n % 90}") for n in range(100)]
    found, ledger = kept(tmp_path, everything[:50], everything[50:])
    assert len(found) == 90
    assert ledger.fates == {"duplicate": 10}


def test_a_row_takes_next_to_no_memory(tmp_path: Path):
    """Its side, its fate, and whether it goes: a byte each, and once more while it is looked at."""
    _peak(tmp_path, 500)  # loads what is loaded on first use
    few, many = 60_000, 120_000  # in shares of the same size
    before = _peak(tmp_path, few)
    assert _peak(tmp_path, many) < before + 8 * (many - few)


def _peak(folder: Path, rows: int) -> int:
    """Return the most memory that is taken from the first of so many rows to the last."""
    options, size = OutputSection(), 500
    tracemalloc.start()
    with Deduplication(options, folder) as duplicates:
        for first in range(0, rows, size):
            names = [f"un2/default/conversations/c{n}" for n in range(first, first + size)]
            batch = [Row(f"{n}#1", n, "conversation", n.encode(), 4, "", []) for n in names]
            duplicates.add(taken_in(batch, options))
        found = sum(len(batch) for batch in duplicates.drop(Ledger(), Pulse()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == rows
    return peak
