"""The proof after writing: the same rules on the bytes that lie on disk."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import orjson

from raise_finetune.dataset.sanitize.detector import BLOCK_SIZE
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

_JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})


def rescan_file(path: Path, sanitizer: Sanitizer) -> Counter[FindingType]:
    """Return what the rules still find in a file; masked and allowed values are no findings.

    JSON is read as a reader of the file will see it, strings and keys alike; anything else is
    scanned as text. Raises ``OSError`` when the file cannot be read.
    """
    total: Counter[FindingType] = Counter()
    with path.open("rb") as file:
        for texts in _batches(file, json=path.suffix.lower() in _JSON_SUFFIXES):
            total += sanitizer.scan(texts)
    return total


def _batches(file: BinaryIO, *, json: bool) -> Iterator[list[str]]:
    while lines := file.readlines(BLOCK_SIZE):
        if json:
            yield [text for line in lines for text in _line_strings(line)]
        else:
            yield [b"".join(lines).decode("utf-8", "replace")]


def _line_strings(line: bytes) -> Iterator[str]:
    try:
        value: object = orjson.loads(line)
    except orjson.JSONDecodeError:
        # Part of a JSON file that spans lines: its escapes are undone by the rules themselves.
        yield line.decode("utf-8", "replace")
        return
    yield from _strings(value)


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
