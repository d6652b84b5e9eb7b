"""Examples → rows: the profile's columns as one line of JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import orjson

from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.records import Example, Row

# Legal inside a JSON string, yet readers that split on Unicode line ends see two lines.
_LINE_ENDS = {"\u2028": b"\\u2028", "\u2029": b"\\u2029", "\u0085": b"\\u0085"}


def render(batches: Iterable[list[Example]], profile: PromptProfile) -> Iterator[list[Row]]:
    """Yield the row of each example."""
    for batch in batches:
        yield [
            Row(
                record=example.record,
                group=example.group,
                kind=example.kind,
                line=encode_line(profile.row(example.messages)),
                rating=example.rating,
                date=example.date,
                repairs=example.repairs,
            )
            for example in batch
        ]


def encode_line(row: Mapping[str, object]) -> bytes:
    r"""Return a row as UTF-8 JSON that ends in ``\n`` and holds no other line end."""
    line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    for text in _texts(row):
        for end, escaped in _LINE_ENDS.items():
            # Searching the text is far cheaper than the bytes: most texts cannot hold one.
            if end in text:
                line = line.replace(end.encode(), escaped)
    return line


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in a row, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in cast("Mapping[str, object]", value).values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)
