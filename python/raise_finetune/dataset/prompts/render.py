"""Examples → rows: the profile's columns as one line of JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import orjson

from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.records import Example, Row

# Legal inside a JSON string, yet readers that split on Unicode line ends see two lines.
_LINE_ENDS = {"\u2028": b"\\u2028", "\u2029": b"\\u2029", "\u0085": b"\\u0085"}


def render(
    batches: Iterable[list[Example]], profile: PromptProfile, *, keep_messages: bool = False
) -> Iterator[list[Row]]:
    """Yield the row of each example, with its messages where something later asks for them."""
    for batch in batches:
        yield [
            # By position: with keywords an object costs three times as much.
            Row(
                example.record,
                example.group,
                example.kind,
                encode_line(profile.row(example.messages)),
                example.rating,
                example.date,
                example.repairs,
                example.messages if keep_messages else (),
            )
            for example in batch
        ]


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
