"""Rows → files, counted and hashed."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import get_args

import orjson
import pytest

from raise_finetune.dataset.formats import Format, read_rows
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.writing.streams import Stream
from raise_finetune.dataset.writing.writer import write_rows
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


def test_a_side_goes_on_in_a_new_file_when_one_is_full(tmp_path: Path):
    ledger_file = BytesIO()
    ledger = Ledger(ledger_file)
    rows = [row("train", b"12345678\n") for _ in range(5)] + [row("val", b"1\n")]
    files = write_rows([rows[:3], rows[3:]], tmp_path, "folder", ledger, Pulse(), shard_bytes=20)
    assert files == [
        described("data/train-00001.jsonl", "train", [b"12345678\n"] * 2),
        described("data/train-00002.jsonl", "train", [b"12345678\n"] * 2),
        described("data/train-00003.jsonl", "train", [b"12345678\n"]),
        described("data/val-00001.jsonl", "val", [b"1\n"]),
    ]
    entries = [orjson.loads(line) for line in ledger_file.getvalue().splitlines()]
    assert [entry["row"] for entry in entries] == [0, 1, 2, 3, 4, 0]


def test_a_shard_is_filled_to_its_last_byte(tmp_path: Path):
    rows = [row("train", b"1234\n") for _ in range(5)]
    files = write_rows([rows], tmp_path, "folder", Ledger(), Pulse(), shard_bytes=10)
    assert [file.rows for file in files] == [2, 2, 1]


def test_a_line_longer_than_a_shard_has_one_of_its_own(tmp_path: Path):
    rows = [row("train", b"123456789\n"), row("train", b"1\n")]
    files = write_rows([rows], tmp_path, "folder", Ledger(), Pulse(), shard_bytes=5)
    assert [file.rows for file in files] == [1, 1]


@pytest.mark.parametrize("name", get_args(Format))
def test_each_format_gives_the_rows_back(name: Format, tmp_path: Path):
    written = [{"text": f"é\u2028 {number}"} for number in range(300)]
    rows = [row("train", orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE)) for each in written]
    stream = Stream({"text": "string"}, format=name)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    (file,) = write_rows([rows], tmp_path / "a", "folder", Ledger(), Pulse(), streams=[stream])
    path = tmp_path / "a" / file.path
    assert file.path == f"data/train.{name}"
    assert list(read_rows(path)) == written
    assert (file.rows, file.bytes, file.format) == (300, path.stat().st_size, name)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    again = write_rows([rows], tmp_path / "b", "folder", Ledger(), Pulse(), streams=[stream])
    assert again == [file]
