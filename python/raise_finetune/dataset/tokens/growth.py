"""How much longer the normalizer of a ``tokenizer.json`` may make a text.

A few replacements one after another, each by a longer text, make a hundred gigabytes of a word; the
library then ends the whole program. Those of real models make a text three times as long at most.
"""

import re
import warnings
from pathlib import Path
from typing import Any, cast

import orjson

from raise_finetune.problems import WrongValueError

_MOST = 5000  # times
_LOOKS_AROUND = re.compile(r"\(\?[=!<]|\\[bBAzZG]|[\^$]")


def check_growth(path: Path) -> None:
    """Raise ``WrongValueError`` where a text may grow beyond all measure.

    What is no JSON, or no tokenizer, is for the library to refuse.
    """
    try:
        content = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        return
    if not isinstance(content, dict):
        return
    if _growth(cast("dict[str, Any]", content).get("normalizer")) > _MOST:
        raise WrongValueError("texts_grow")


def _growth(written: object) -> float:
    """Return by how many times a normalizer, or all that it consists of, may lengthen a text."""
    if not isinstance(written, dict):
        return 1
    normalizer = cast("dict[str, Any]", written)
    parts = normalizer.get("normalizers")
    growth = _own_growth(normalizer)
    for part in cast("list[object]", parts) if isinstance(parts, list) else []:
        growth *= _growth(part)
    return growth


def _own_growth(normalizer: dict[str, Any]) -> float:
    added = normalizer.get("content", normalizer.get("prepend"))
    if not isinstance(added, str):
        return 1
    pattern = normalizer.get("pattern")
    found = cast("dict[str, Any]", pattern) if isinstance(pattern, dict) else {}
    replaced = found.get("String")
    if isinstance(replaced, str):
        return max(1, len(added) / max(1, len(replaced)))
    kept = 1 if _may_find_nothing(str(found.get("Regex", ""))) else 0
    return max(1, kept + len(added))


def _may_find_nothing(regex: str) -> bool:
    """Tell whether an expression may match between two characters, which both stay then."""
    if _LOOKS_AROUND.search(regex):
        return True
    try:
        with warnings.catch_warnings(action="ignore"):  # of what the other dialect means otherwise
            return re.fullmatch(regex, "") is not None
    except (re.error, OverflowError, RecursionError):  # in the other dialect it may be right
        return True
