"""Rows → files, counted and hashed as they are written."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from raise_finetune.dataset.formats import open_rows
from raise_finetune.dataset.formats.hashed import HashedFile
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.output import TargetKind
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.split import SPLITS, WHOLE, Split
from raise_finetune.dataset.writing.streams import Stream


def write_rows(
    batches: Iterable[list[tuple[Split, Row]]],
    made: Path,
    kind: TargetKind,
    ledger: Ledger,
    pulse: Pulse,
    *,
    streams: Sequence[Stream] = (Stream({}),),
    shard_bytes: int = 0,
) -> list[WrittenFile]:
    """Write the rows; return the files, stream by stream in the order of the splits.

    ``made`` is the one file to write (then all rows go there, whatever their side, and no row
    makes an empty file), or the folder that gets ``data/train.jsonl`` and so on. ``shard_bytes``
    of JSON begin a new file; 0 keeps each side in one.
    """
    with ExitStack() as opened:
        first, *others = (_StreamFiles(stream, made, shard_bytes, opened) for stream in streams)
        if kind == "file":
            first.open_whole()
        done = 0
        for batch in batches:
            for split, row in batch:
                side, place = first.add(split, row.line)
                ledger.mark_exported(row, side, place)
                for other in others:
                    other.add(split, row.others[other.line - 1] if other.line else row.line)
            for files in (first, *others):
                files.flush()
            ledger.flush()
            done += len(batch)
            pulse.beat("writing", done)
        return [file for files in (first, *others) for file in files.close()]


class _StreamFiles:
    """The files of a stream, one or several (shards) for each side of the split."""

    def __init__(self, stream: Stream, made: Path, shard_bytes: int, opened: ExitStack) -> None:
        self.line = stream.line
        self._stream, self._made, self._shard_bytes = stream, made, shard_bytes
        self._opened = opened
        self._open_shards: dict[str, _Shard] = {}  # of each side the one that is being written

    def open_whole(self) -> None:
        """Let all rows go into the one file that ``made`` is."""
        file = self._open(self._made)
        self._open_shards[WHOLE] = _Shard(self._stream, file, self._made.name, WHOLE)

    def add(self, split: Split, line: bytes) -> tuple[str, int]:
        """Take a line; return its side and its number there, from 0."""
        shard = self._open_shards.get(WHOLE) or self._open_shards.get(split)
        if shard is None:
            shard = self._open_shards[split] = self._begin(split, 0)
        elif self._shard_bytes and shard.size + len(line) > self._shard_bytes:
            following = self._begin(split, shard.number + 1)
            following.earlier = [*shard.earlier, shard.close()]
            following.rows_before = shard.rows_before + shard.rows
            shard = self._open_shards[split] = following
        return shard.split, shard.add(line)

    def flush(self) -> None:
        for shard in self._open_shards.values():
            shard.flush()

    def close(self) -> list[WrittenFile]:
        shards = [self._open_shards.get(split) for split in (WHOLE, *SPLITS)]
        return [file for last in filter(None, shards) for file in (*last.earlier, last.close())]

    def _begin(self, split: str, number: int) -> "_Shard":
        suffix = f"-{number + 1:05}" if self._shard_bytes else ""
        name = f"{self._stream.folder}/{split}{suffix}.{self._stream.format}"
        (self._made / self._stream.folder).mkdir(parents=True, exist_ok=True)
        return _Shard(self._stream, self._open(self._made / name), name, split, number)

    def _open(self, path: Path) -> HashedFile:
        file = HashedFile(path)
        self._opened.callback(file.close)
        return file


class _Shard:
    """One open file of a side; it is made with its first row, since none may be empty.

    ``earlier`` are the side's files that are full, ``rows_before`` the rows in them.
    """

    def __init__(
        self, stream: Stream, file: HashedFile, name: str, split: str, number: int = 0
    ) -> None:
        self.split, self.number = split, number
        self.rows = self.size = 0  # bytes of JSON, whatever the format makes of them
        self.rows_before = 0
        self.earlier: list[WrittenFile] = []
        self._stream, self._file, self._name = stream, file, name
        self._writer = open_rows(stream.format, file, stream.columns)
        self._lines: list[bytes] = []

    def add(self, line: bytes) -> int:
        """Take a line and return its number in its side, from 0."""
        self._lines.append(line)
        self.rows += 1
        self.size += len(line)
        return self.rows_before + self.rows - 1

    def flush(self) -> None:
        self._writer.write(self._lines)
        self._lines = []

    def close(self) -> WrittenFile:
        self.flush()
        self._writer.finish()
        self._file.close()
        return WrittenFile(
            path=self._name,
            split=self.split,
            rows=self.rows,
            bytes=self._file.bytes,
            sha256=self._file.sha256(),
            config=self._stream.config,
            format=self._stream.format,
        )
