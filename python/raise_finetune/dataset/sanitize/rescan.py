"""The proof after writing: the same rules on the bytes that lie on disk."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import orjson

from raise_finetune.dataset.formats import read_rows
from raise_finetune.dataset.sanitize.detector import BLOCK_SIZE
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.json_strings import json_strings
from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

_PACKED = (".jsonl.zst", ".parquet")
_JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})

# So many blocks are scanned by a second core while the next one is read.
_BEGUN = 4

# Divides a text where a template, and not a person, joined its parts.
Divide = Callable[[str], Iterable[str]]


class Left(NamedTuple):
    """A line (from 0) in which the rules still find something, and the types of that."""

    line: int
    types: tuple[FindingType, ...]


def rescan_file(
    path: Path,
    sanitizer: Sanitizer,
    divide: Divide | None = None,
    breathe: Callable[[], None] = lambda: None,
) -> Counter[FindingType]:
    """Return what the rules still find in a file; masked and allowed values are no findings.

    JSON is read as a reader of the file will see it, strings and keys alike; anything else is
    scanned as text. A text that comes again nearby, such as a context in several rows, is looked
    at once. ``breathe`` is called between blocks. Raises ``OSError`` when the file cannot
    be read.
    """
    total: Counter[FindingType] = Counter()
    begun: deque[Callable[[], Counter[FindingType]]] = deque()
    for texts in _batches(path, divide):
        begun.append(sanitizer.scan_later(list(dict.fromkeys(texts))))
        if len(begun) > _BEGUN:
            total += begun.popleft()()
        breathe()
    for result in begun:
        total += result()
    return total


def first_left(path: Path, sanitizer: Sanitizer, divide: Divide | None = None) -> Left | None:
    """Return the first row of a file in which the rules find something.

    Slower than ``rescan_file``: to be asked when that has found something.
    """
    for number, texts in enumerate(_rows(path, divide)):
        found = sanitizer.scan(list(texts))
        if found:
            return Left(number, tuple(sorted(found)))
    return None


def _rows(path: Path, divide: Divide | None) -> Iterator[Iterator[str]]:
    """Yield the texts of each row."""
    if path.name.endswith(_PACKED):
        for row in read_rows(path):
            yield _divided(row, divide)
    else:
        with path.open("rb") as file:
            for line in file:
                yield _line_strings(line, divide)


def _batches(path: Path, divide: Divide | None) -> Iterator[list[str]]:
    """Yield the texts of a file in blocks."""
    if path.name.endswith(_PACKED):
        texts: list[str] = []
        size = 0
        for text in chain.from_iterable(_rows(path, divide)):
            texts.append(text)
            size += len(text)
            if size >= BLOCK_SIZE:
                yield texts
                texts, size = [], 0
        yield texts
        return
    is_json = path.suffix.lower() in _JSON_SUFFIXES
    with path.open("rb") as file:
        while lines := file.readlines(BLOCK_SIZE):
            if is_json:
                yield [text for line in lines for text in _line_strings(line, divide)]
            else:
                yield [b"".join(lines).decode("utf-8", "replace")]


def _line_strings(line: bytes, divide: Divide | None) -> Iterator[str]:
    try:
        value: object = orjson.loads(line)
    except orjson.JSONDecodeError:
        # Part of a JSON file that spans lines: its escapes are undone by the rules themselves.
        yield line.decode("utf-8", "replace")
        return
    yield from _divided(value, divide)


def _divided(value: object, divide: Divide | None) -> Iterator[str]:
    if divide is None:
        yield from json_strings(value, with_keys=True)
    else:
        for text in json_strings(value, with_keys=True):
            yield from divide(text)
