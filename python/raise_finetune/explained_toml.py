"""Settings as TOML: read, and written with a comment that explains every key."""

import re
import tomllib
from typing import Any, cast

import tomlkit
from pydantic import BaseModel
from tomlkit.items import Item, Table

from raise_finetune.messages import Language, text
from raise_finetune.problems import WrongValueError

_PLACE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)$")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")


def parse_toml(content: str) -> dict[str, Any]:
    """Return what TOML text holds; raises ``WrongValueError`` that says where it is wrong."""
    try:
        return tomllib.loads(content)
    except RecursionError as error:
        raise WrongValueError("toml_nested") from error
    except ValueError as error:
        found = _PLACE.search(str(error))
        is_twice = str(error).startswith(_TWICE)
        if found is None and not is_twice:
            raise WrongValueError("toml_cut_off") from error
        line, column = found.groups() if found else _end_of(content)
        raise WrongValueError(
            "toml_twice" if is_twice else "place", line=line, column=column
        ) from error


def _end_of(content: str) -> tuple[int, int]:
    """Return the line and the column of a text's end, from 1."""
    lines = content.split("\n")
    return len(lines), len(lines[-1]) + 1


def section_table(entry: str, section: BaseModel, language: Language | None) -> Table:
    """Return a section as a table; each key's comment is the catalogues' ``<entry>.<key>``."""
    table = tomlkit.table()
    for key, value in section.model_dump(mode="json", by_alias=False).items():
        table.add(tomlkit.comment(text(f"{entry}.{key}", language)))
        table.add(key, toml_item(value))
    return table


def toml_item(value: object) -> Item:
    """Return a value as TOML; lists of several values take a line for each."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, each in cast("dict[str, object]", value).items():
            table.add(key, tomlkit.item(each))
        return table
    if not isinstance(value, list):
        return tomlkit.item(value)
    values = cast("list[object]", value)
    array = tomlkit.array()
    for each in values:
        array.append(each)  # pyright: ignore[reportUnknownMemberType] - tomlkit leaves it untyped
    return array.multiline(multiline=len(values) > 1)
