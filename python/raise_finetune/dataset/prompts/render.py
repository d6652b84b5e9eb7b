"""Examples → rows: the profile's columns as one line of JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import orjson

from raise_finetune.dataset.prompts.layout import Layout
from raise_finetune.dataset.records import Example, Message, Row

# Legal inside a JSON string, yet readers that split on Unicode line ends see two lines.
_LINE_ENDS = {"\u2028": b"\\u2028", "\u2029": b"\\u2029", "\u0085": b"\\u0085"}


def render(
    examples: Iterable[Example], layouts: Sequence[Layout], *, keep_messages: bool = False
) -> list[Row]:
    """Return the row of each example by the first layout, with its lines by the others.

    ``keep_messages`` where something later asks for them.
    """
    row, others = layouts[0].row, layouts[1:]
    return [
        # By position: with keywords an object costs three times as much.
        Row(
            example.record,
            example.group,
            example.kind,
            encode_line(row(example)),
            example.rating,
            example.date,
            example.repairs,
            _longer(example) if keep_messages else (),
            example.masked,
            [encode_line(other.row(example)) for other in others] if others else (),
        )
        for example in examples
    ]


def _longer(example: Example) -> Sequence[Message]:
    """Return the messages with the longer of two answers: a trainer reads both."""
    if example.paired and len(example.messages[-2].content) > len(example.messages[-1].content):
        return example.rejected
    return example.learned


def encode_line(row: Mapping[str, object]) -> bytes:
    r"""Return a row as UTF-8 JSON that ends in ``\n`` and holds no other line end."""
    line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    # Searching the texts is far cheaper than the bytes: most texts cannot hold one.
    if any(map(_holds_line_end, row.values())):
        for end, escaped in _LINE_ENDS.items():
            line = line.replace(end.encode(), escaped)
    return line


def _holds_line_end(value: object) -> bool:
    if isinstance(value, str):
        return "\u2028" in value or "\u2029" in value or "\u0085" in value
    if isinstance(value, Mapping):
        return any(map(_holds_line_end, cast("Mapping[str, object]", value).values()))
    if isinstance(value, list):
        return any(map(_holds_line_end, cast("list[object]", value)))
    return False
