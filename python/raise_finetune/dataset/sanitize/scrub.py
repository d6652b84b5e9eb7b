"""Masks what stands beside the rows: names of records and datasets can be a person's, too."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson

from raise_finetune.dataset.sanitize.detector import BLOCK_SIZE
from raise_finetune.dataset.sanitize.json_strings import json_strings
from raise_finetune.dataset.sanitize.sanitizer import Sanitizer


def scrub_file(path: Path, sanitizer: Sanitizer) -> None:
    """Mask the strings of a text or JSON file in place, if the rules find something in it.

    For files that nobody else can see yet: the file is written anew. Raises ``OSError``.
    """
    if path.suffix == ".jsonl":
        _scrub_lines(path, sanitizer)
        return
    content = path.read_bytes()
    if path.suffix == ".json":
        masked = _masked_json(content, sanitizer, orjson.OPT_INDENT_2)
    else:
        text = content.decode("utf-8", "replace")
        masked = sanitizer.sanitize([[text]])[0].texts[0].encode()
    if masked != content:
        path.write_bytes(masked)


def _scrub_lines(path: Path, sanitizer: Sanitizer) -> None:
    """Go through a long file in blocks; most hold nothing, and only those lines are parsed."""
    scrubbed = path.with_suffix(".scrubbed")
    changed = False
    with path.open("rb") as file, scrubbed.open("wb") as written:
        while lines := file.readlines(BLOCK_SIZE):
            block = b"".join(lines)
            # As one text: a value that seems to reach over two strings costs a closer look only.
            if sanitizer.scan([block.decode("utf-8", "replace")]):
                block = b"".join([_masked_json(line, sanitizer, 0) for line in lines])
                changed = True
            written.write(block)
    if changed:
        scrubbed.replace(path)
    else:
        scrubbed.unlink()


def _masked_json(content: bytes, sanitizer: Sanitizer, option: int) -> bytes:
    value: object = orjson.loads(content)
    strings = list(json_strings(value, with_keys=False))
    masked = sanitizer.sanitize([strings])[0].texts
    if masked == strings:
        return content
    return orjson.dumps(_replaced(value, iter(masked)), option=option | orjson.OPT_APPEND_NEWLINE)


def _replaced(value: object, strings: Iterator[str]) -> object:
    """Return the value with other strings in its places, in the order of ``json_strings``."""
    if isinstance(value, str):
        return next(strings)
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value)
        return {key: _replaced(item, strings) for key, item in entries.items()}
    if isinstance(value, list):
        return [_replaced(item, strings) for item in cast("list[object]", value)]
    return value
