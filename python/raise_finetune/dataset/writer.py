"""Rows → files, counted and hashed as they are written."""

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.output import DATA_FOLDER, TargetKind
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.split import SPLITS, Split

WHOLE = "all"  # the side of a row in an export that is one file


class _OutputFile:
    """One open file of the dataset; it is made with its first row, since none may be empty."""

    def __init__(self, file: BinaryIO, name: str, split: str) -> None:
        self.name, self.split = name, split
        self.rows = self.bytes = 0
        self._hash = hashlib.sha256()
        self._lines: list[bytes] = []
        self._file = file

    def add(self, line: bytes) -> int:
        """Take a line and return its number, from 0."""
        self._lines.append(line)
        self.rows += 1
        return self.rows - 1

    def flush(self) -> None:
        block = b"".join(self._lines)
        self._lines.clear()
        self._hash.update(block)
        self._file.write(block)
        self.bytes += len(block)

    def close(self) -> WrittenFile:
        self.flush()
        self._file.close()
        return WrittenFile(
            path=self.name,
            split=self.split,
            rows=self.rows,
            bytes=self.bytes,
            sha256=self._hash.hexdigest(),
        )


def write_rows(
    batches: Iterable[list[tuple[Split, Row]]],
    made: Path,
    kind: TargetKind,
    ledger: Ledger,
    pulse: Pulse,
) -> list[WrittenFile]:
    """Write the rows and return the files in the order of the splits.

    ``made`` is the one file to write (then all rows go there, whatever their side, and no row
    makes an empty file), or the folder that gets ``data/train.jsonl`` and so on.
    """
    files: dict[str, _OutputFile] = {}
    with ExitStack() as opened:
        if kind == "file":
            files[WHOLE] = _OutputFile(opened.enter_context(made.open("wb")), made.name, WHOLE)
        done = 0
        for batch in batches:
            for split, row in batch:
                file = files.get(WHOLE) or files.get(split)
                if file is None:
                    name = f"{DATA_FOLDER}/{split}.jsonl"
                    (made / DATA_FOLDER).mkdir(exist_ok=True)
                    opened_file = opened.enter_context((made / name).open("wb"))
                    file = files[split] = _OutputFile(opened_file, name, split)
                ledger.mark_exported(row, file.split, file.add(row.line))
            for file in files.values():
                file.flush()
            ledger.flush()
            done += len(batch)
            pulse.beat("writing", done)
        return [files[split].close() for split in (WHOLE, *SPLITS) if split in files]
