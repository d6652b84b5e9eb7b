"""The strings in a JSON value, wherever they stand."""

from collections.abc import Iterator
from typing import cast


def json_strings(value: object, *, with_keys: bool) -> Iterator[str]:
    """Yield the strings of a JSON value in the order of its text, keys only where asked for."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            if with_keys:
                yield key
            yield from json_strings(item, with_keys=with_keys)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from json_strings(item, with_keys=with_keys)
