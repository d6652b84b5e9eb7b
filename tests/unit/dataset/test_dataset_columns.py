"""Numbers on disk, read in parts and in shares of their hashes: always the same as in memory."""

from collections.abc import Generator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.writing import columns
from raise_finetune.dataset.writing.columns import Column, shares

HIGHEST = (1 << 64) - 1
# Many of them the same, many of them far apart.
HASHES = st.lists(st.sampled_from([0, 1, 2, 1 << 63, HIGHEST]) | st.integers(0, HIGHEST))
ROWS_AT_ONCE = st.integers(1, 7)


@contextmanager
def column_of(folder: Path, numbers: list[int], at_once: int) -> Generator[Column[np.uint64]]:
    """Yield a column of the numbers, which is read so many rows at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_ROWS_AT_ONCE", at_once)
        patch.setattr(columns, "_BYTES_AT_ONCE", 5 * 8)
        column = Column(folder / "column", np.uint64)
        for start in range(0, len(numbers), 3):
            column.append(np.array(numbers[start : start + 3], np.uint64).tobytes())
        yield column


@given(HASHES, ROWS_AT_ONCE)
def test_parts_hold_all_numbers_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], at_once: int
):
    with column_of(tmp_path_factory.mktemp("c"), numbers, at_once) as column:
        assert column.rows == len(numbers)
        for _ in range(2):
            parts = [(first, part.tolist()) for first, part in column.parts()]
            assert parts == [
                (first, numbers[first : first + at_once])
                for first in range(0, len(numbers), at_once)
            ]
            assert column.whole().tolist() == numbers


@given(HASHES, ROWS_AT_ONCE, st.data())
def test_some_rows_have_their_numbers(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], at_once: int, data: st.DataObject
):
    rows = [row for row in range(len(numbers)) if data.draw(st.booleans())]
    with column_of(tmp_path_factory.mktemp("c"), numbers, at_once) as column:
        found = column.of(np.array(rows, np.int64))
    assert found.tolist() == [numbers[row] for row in rows]


@given(HASHES, ROWS_AT_ONCE, st.sampled_from([0, 1, 5, 1 << 63]))
def test_each_row_is_in_the_share_of_its_hash(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], at_once: int, lowest: int
):
    with column_of(tmp_path_factory.mktemp("c"), numbers, at_once) as column:
        found = [(rows.tolist(), hashes.tolist()) for rows, hashes in shares(column, lowest)]
    assert len(found) == -(-len(numbers) // at_once)
    assert all(rows == sorted(rows) for rows, _ in found)
    assert all(hashes == [numbers[row] for row in rows] for rows, hashes in found)
    assert sorted(row for rows, _ in found for row in rows) == [
        row for row, number in enumerate(numbers) if number >= lowest
    ]
    ranges = [(min(hashes), max(hashes)) for _, hashes in found if hashes]
    assert all(one[1] < other[0] for one, other in pairwise(ranges))


def test_few_rows_are_one_share(tmp_path: Path):
    with column_of(tmp_path, [3, HIGHEST, 0], 3) as column:
        assert [rows.tolist() for rows, _ in shares(column)] == [[0, 1, 2]]


def test_reading_another_part_meanwhile_misleads_nobody(tmp_path: Path):
    with column_of(tmp_path, [4, 5, 6, 7], 2) as column:
        parts = column.parts()
        next(parts)
        column.whole()
        first, part = next(parts)
    assert (first, part.tolist()) == (2, [6, 7])
