import resource
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.limits import limited, open_descriptors
from raise_finetune.errors import FailedError
from raise_finetune.messages import Phrase
from raise_finetune.storage.ordering import sorted_names

file_names = st.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name)


@given(st.sets(file_names, max_size=60), st.integers(1, 70))
def test_runs_merge_into_bytewise_order(names: set[bytes], run_length: int):
    assert list(sorted_names(iter(names), run_length)) == sorted(names)


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 10, 11])
def test_around_the_length_of_a_run(count: int):
    names = [b"%d" % number for number in range(count)]
    assert list(sorted_names(iter(reversed(names)), 5)) == sorted(names)


def test_long_names_across_blocks_of_the_spill():
    names = [b"%0255d" % number for number in range(500)]
    assert list(sorted_names(iter(reversed(names)), 200)) == names


def peak_bytes(count: int) -> int:
    names = (b"%036d.json" % (number * 7919 % count) for number in range(count))
    tracemalloc.start()
    try:
        assert sum(1 for _ in sorted_names(names, run_length=2000)) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_folder():
    small, large = peak_bytes(4_000), peak_bytes(40_000)
    # A run of 2,000 names takes 0.2 MB; 40,000 in memory would take 3 MB. What grows is one
    # read-ahead block per run.
    assert large < small + 20 * 80_000
    assert large < 2_000_000


def test_the_temporary_file_goes_when_the_reader_stops_early():
    before = open_descriptors()
    names = sorted_names((b"%d" % number for number in range(100)), 10)
    assert next(names) == b"0"
    assert open_descriptors() == before + 1
    names.close()
    assert open_descriptors() == before


def test_a_temporary_file_that_cannot_grow():
    with limited(resource.RLIMIT_FSIZE, 1000), pytest.raises(FailedError) as caught:
        list(sorted_names((b"%0100d" % number for number in range(100)), 50))
    assert caught.value.code == "write_failed"
    assert caught.value.params == {
        "path": tempfile.gettempdir(),
        "reason": Phrase("system.EFBIG", {}),
    }


def test_no_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(FailedError) as caught:
        list(sorted_names(iter([b"a", b"b"]), 1))
    assert caught.value.code == "write_failed"


def test_names_are_taken_one_run_at_a_time():
    taken = 0

    def names() -> Iterator[bytes]:
        nonlocal taken
        for number in range(5):
            taken += 1
            yield b"%d" % number

    ordered = sorted_names(names(), 100)
    assert taken == 0
    assert next(ordered) == b"0"
    assert taken == 5
