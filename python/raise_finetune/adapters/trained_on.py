"""On which base an adapter was trained, as far as something says so.

An adapter fits every base of the same shape, and gives sense with its own alone.
"""

import re
from pathlib import Path
from typing import cast

import orjson

from raise_finetune.adapters.peft_adapter import CONFIG_FILE
from raise_finetune.regular_file import check_regular

LINEAGE_FILE = "raise.json"
BASE_KEY = "raise.base"  # in a GGUF file, the name alone: where it lay is nobody else's business


def base_of(adapter: Path) -> str:
    """Return the name of the base that an adapter's folder says it was trained on, or ""."""
    told = [(LINEAGE_FILE, "base"), (CONFIG_FILE, "base_model_name_or_path")]
    written = next(filter(None, (_value(adapter / name, key) for name, key in told)), "")
    return re.split(r"[/\\]", written.rstrip("/\\"))[-1]


def is_named(name: str, base: Path) -> bool:
    """Tell whether a base bears a name, wherever it lies now and however it was quantised."""
    places = (base.name, base.resolve().name)
    return any(place.casefold().startswith(name.casefold()) for place in places)


def _value(path: Path, key: str) -> str:
    try:
        check_regular(path)
        content = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return ""  # whoever needs the file says why
    value: object = cast("dict[str, object]", content).get(key) if isinstance(content, dict) else ""
    return value if isinstance(value, str) else ""
