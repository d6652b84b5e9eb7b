"""Masks what stands beside the rows: names of records and datasets can be a person's, too."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson

from raise_finetune.dataset.sanitize.rescan import rescan_file
from raise_finetune.dataset.sanitize.sanitizer import Sanitizer


def scrub_file(path: Path, sanitizer: Sanitizer) -> None:
    """Mask the strings of a text or JSON file in place, if the rules find something in it.

    For files that nobody else can see yet: the file is written anew. Raises ``OSError``.
    """
    if not rescan_file(path, sanitizer):
        return
    content = path.read_bytes()
    if path.suffix == ".jsonl":
        lines = (_masked_json(line, sanitizer, 0) for line in content.splitlines())
        path.write_bytes(b"".join(lines))
    elif path.suffix == ".json":
        path.write_bytes(_masked_json(content, sanitizer, orjson.OPT_INDENT_2))
    else:
        text = content.decode("utf-8", "replace")
        path.write_text(sanitizer.sanitize([[text]])[0].texts[0], "utf-8")


def _masked_json(content: bytes, sanitizer: Sanitizer, option: int) -> bytes:
    value: object = orjson.loads(content)
    masked = iter(sanitizer.sanitize([list(_strings(value))])[0].texts)
    return orjson.dumps(_replaced(value, masked), option=option | orjson.OPT_APPEND_NEWLINE)


def _strings(value: object) -> Iterator[str]:
    """Yield the string values in the order in which ``_replaced`` takes them; no keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in cast("dict[str, object]", value).values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _strings(item)


def _replaced(value: object, strings: Iterator[str]) -> object:
    if isinstance(value, str):
        return next(strings)
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value)
        return {key: _replaced(item, strings) for key, item in entries.items()}
    if isinstance(value, list):
        return [_replaced(item, strings) for item in cast("list[object]", value)]
    return value
