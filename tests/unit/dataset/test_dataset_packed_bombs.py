"""Rows that are packed, or one endless line: never more of it in memory than a row may be."""

import errno
import io
from pathlib import Path

import pytest
import zstandard

from raise_finetune.dataset.formats import bounded_lines
from raise_finetune.dataset.formats.lines import LONGEST
from raise_finetune.dataset.verification.existing import lines_of


def test_a_line_may_be_as_long_as_it_may():
    assert list(bounded_lines(io.BytesIO(b"123\n12\n\n1234"), longest=4)) == [
        b"123\n",
        b"12\n",
        b"\n",
        b"1234",
    ]
    with pytest.raises(OSError, match="a line of more than 3 bytes"):
        list(bounded_lines(io.BytesIO(b"12\n123\n"), longest=3))


def test_a_bomb_is_not_unpacked(tmp_path: Path):
    """Thirty kilobytes that are a gigabyte."""
    path = tmp_path / "train.jsonl.zst"
    packer = zstandard.ZstdCompressor().compressobj()
    block = bytes(LONGEST // 64)
    path.write_bytes(b"".join(packer.compress(block) for _ in range(256)) + packer.flush())
    assert path.stat().st_size < 200_000
    with pytest.raises(OSError, match="a line of more than") as caught:
        list(lines_of(path))
    assert caught.value.errno == errno.EFBIG


def test_what_is_no_packed_file_is_an_error_of_the_file(tmp_path: Path):
    for name in ("x.jsonl.zst", "x.parquet"):
        path = tmp_path / name
        path.write_bytes(b"no such thing" * 10)
        with pytest.raises(OSError, match=r".+"):
            list(lines_of(path))
