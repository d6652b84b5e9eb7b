"""On which base an adapter was trained, as far as something says so.

An adapter fits every base of the same shape, and gives sense with its own alone.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import orjson

from raise_finetune.adapters.peft_adapter import CONFIG_FILE
from raise_finetune.errors import BadInputError
from raise_finetune.messages import Phrase
from raise_finetune.regular_file import check_regular

LINEAGE_FILE = "raise.json"
BASE_KEY = "raise.base"  # in a GGUF file, the name alone: where it lay is nobody else's business
WEIGHTS_KEY = "raise.base_weights"


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """A base's name and the sample of its weights; both are empty where nothing tells them."""

    name: str = ""
    weights: str = ""


def trained_on(adapter: Path) -> TrainedOn:
    """Return the base that an adapter was trained on, by what its folder or GGUF file says."""
    return _of_folder(adapter) if adapter.is_dir() else _of_gguf(adapter)


def other_base(adapter: Path, base: Path) -> Phrase | None:
    """Return what to warn of where an adapter was trained on another base than this one.

    Names decide where the weights of either are not known. None where nothing is wrong, or
    nothing is known; whoever needs a file that cannot be read says why.
    """
    told = trained_on(adapter)
    weights = _weights_of(base) if told.weights else ""
    is_known = bool(weights)
    if is_known and weights == told.weights:
        return None
    if not _is_named(told.name, base):
        return Phrase("adapter.other_base", {"adapter": adapter, "name": told.name, "base": base})
    return Phrase("adapter.other_weights", {"adapter": adapter, "base": base}) if is_known else None


def _of_folder(adapter: Path) -> TrainedOn:
    lineage = _content(adapter / LINEAGE_FILE)
    config = _content(adapter / CONFIG_FILE)
    written = _text(lineage, "base") or _text(config, "base_model_name_or_path")
    name = re.split(r"[/\\]", written.rstrip("/\\"))[-1]
    return TrainedOn(name, _text(lineage, "base_weights"))


def _of_gguf(path: Path) -> TrainedOn:
    try:
        from raise_finetune.adapters.gguf_file import open_gguf  # dear to load

        file = open_gguf(path)
        return TrainedOn(file.string(BASE_KEY), file.string(WEIGHTS_KEY))
    except (BadInputError, ImportError):  # a merge does without that package
        return TrainedOn()


def _weights_of(base: Path) -> str:
    """Return the sample of a base's weights; a GGUF file has one if this program made it."""
    if not base.is_dir():
        return _of_gguf(base).weights
    from raise_finetune.adapters.model_weights import sample_of_weights

    try:
        return sample_of_weights(base)
    except BadInputError:
        return ""


def _is_named(name: str, base: Path) -> bool:
    """Tell whether a base bears a name, wherever it lies now and however it was quantised."""
    places = (base.name, base.resolve().name)
    return any(place.casefold().startswith(name.casefold()) for place in places)


def _content(path: Path) -> dict[str, object]:
    try:
        check_regular(path)
        content: object = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return cast("dict[str, object]", content) if isinstance(content, dict) else {}


def _text(content: dict[str, object], key: str) -> str:
    value = content.get(key)
    return value if isinstance(value, str) else ""
