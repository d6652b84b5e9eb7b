"""The proof after writing: the same rules on the bytes that lie on disk."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import orjson

from raise_finetune.dataset.sanitize.detector import BLOCK_SIZE
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

_JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})

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
    scanned as text. ``breathe`` is called between blocks. Raises ``OSError`` when the file cannot
    be read.
    """
    total: Counter[FindingType] = Counter()
    with path.open("rb") as file:
        for texts in _batches(file, divide, json=path.suffix.lower() in _JSON_SUFFIXES):
            total += sanitizer.scan(texts)
            breathe()
    return total


def first_left(path: Path, sanitizer: Sanitizer, divide: Divide | None = None) -> Left | None:
    """Return the first line of a JSON-lines file in which the rules find something.

    Slower than ``rescan_file``: to be asked when that has found something.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file):
            found = sanitizer.scan(list(_line_strings(line, divide)))
            if found:
                return Left(number, tuple(sorted(found)))
    return None


def _batches(file: BinaryIO, divide: Divide | None, *, json: bool) -> Iterator[list[str]]:
    while lines := file.readlines(BLOCK_SIZE):
        if json:
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
    for text in _strings(value):
        if divide is None:
            yield text
        else:
            yield from divide(text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _strings(item)
