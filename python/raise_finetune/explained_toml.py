"""Settings as TOML in which a comment explains every key."""

from typing import cast

import tomlkit
from pydantic import BaseModel
from tomlkit.items import Item, Table

from raise_finetune.messages import Language, text


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
