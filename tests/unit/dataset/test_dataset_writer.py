"""Rows → files, counted and hashed."""

import hashlib
from pathlib import Path

import pytest

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.writer import write_rows
from raise_finetune.errors import CancelledError

Placed = list[tuple[Split, Row]]


def row(split: Split, line: bytes) -> tuple[Split, Row]:
    return split, Row(f"r{line!r}", "g", "article", line, 0.0, "", [])


BATCHES: list[Placed] = [
    [row("val", b"1\n"), row("train", b"22\n")],
    [],
    [row("train", b"333\n"), row("test", b"4\n")],
]


def described(path: str, split: str, lines: list[bytes]) -> WrittenFile:
    data = b"".join(lines)
    sha256 = hashlib.sha256(data).hexdigest()
    return WrittenFile(path=path, split=split, rows=len(lines), bytes=len(data), sha256=sha256)


def test_one_file_takes_all_rows(tmp_path: Path):
    ledger = Ledger()
    files = write_rows(BATCHES, tmp_path / "x.jsonl", "file", ledger, Pulse())
    assert (tmp_path / "x.jsonl").read_bytes() == b"1\n22\n333\n4\n"
    assert files == [described("x.jsonl", "all", [b"1\n", b"22\n", b"333\n", b"4\n"])]
    assert ledger.fates == {"exported": 4}


def test_a_folder_has_a_file_for_each_side(tmp_path: Path):
    files = write_rows(BATCHES, tmp_path, "folder", Ledger(), Pulse())
    assert (tmp_path / "data/train.jsonl").read_bytes() == b"22\n333\n"
    assert (tmp_path / "data/val.jsonl").read_bytes() == b"1\n"
    assert files == [
        described("data/train.jsonl", "train", [b"22\n", b"333\n"]),
        described("data/val.jsonl", "val", [b"1\n"]),
        described("data/test.jsonl", "test", [b"4\n"]),
    ]


def test_no_side_is_an_empty_file(tmp_path: Path):
    assert write_rows([[]], tmp_path, "folder", Ledger(), Pulse()) == []
    assert list(tmp_path.iterdir()) == []
    write_rows([[row("train", b"1\n")]], tmp_path, "folder", Ledger(), Pulse())
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["train.jsonl"]


def test_one_file_without_rows_is_empty(tmp_path: Path):
    files = write_rows([], tmp_path / "x.jsonl", "file", Ledger(), Pulse())
    assert (tmp_path / "x.jsonl").read_bytes() == b""
    assert files == [described("x.jsonl", "all", [])]


def test_progress_and_cancelling(tmp_path: Path):
    seen: list[Progress] = []
    write_rows(BATCHES, tmp_path, "folder", Ledger(), Pulse(seen.append))
    assert [(each.stage, each.done, each.total) for each in seen] == [("writing", 2, None)]
    with pytest.raises(CancelledError):
        write_rows(BATCHES, tmp_path, "folder", Ledger(), Pulse(cancel=lambda: True))
