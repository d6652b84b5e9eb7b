"""Texts written by hand: those that the rules are never tuned on, and those that they are.

``handwritten/README.md`` has their format.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from corpus.labelled import LabelledText, with_noise

HOLDOUT = Path(__file__).with_name("handwritten")
SECOND_HOLDOUT = Path(__file__).with_name("handwritten_second")
TUNING = Path(__file__).with_name("tuning")

_HEADING = re.compile(r"^=== (fr|en) \| (.+)\n", re.MULTILINE)
_MARK = re.compile(r"\[\[([A-Z_]+)\|(.+?)\]\]", re.DOTALL)
_NO_BREAK_SPACE = "␣"


@dataclass
class HandwrittenText:
    """One text; ``name`` is its file and heading, ``labelled`` its content and values."""

    name: str
    language: str
    labelled: LabelledText


def handwritten_texts() -> Iterator[HandwrittenText]:
    """Yield the texts by another hand. No rule may be written from them."""
    return _texts(HOLDOUT)


def second_handwritten_texts() -> Iterator[HandwrittenText]:
    """Yield the texts by a third hand, written later. No rule may be written from them."""
    return _texts(SECOND_HOLDOUT)


def tuning_texts() -> Iterator[HandwrittenText]:
    """Yield the texts by the rules' author, which rules are written from."""
    return _texts(TUNING)


def _texts(folder: Path) -> Iterator[HandwrittenText]:
    for file in sorted(folder.glob("*.txt")):
        _, *parts = _HEADING.split(file.read_text(encoding="utf-8"))
        for language, title, content in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            name = f"{file.stem}: {title}"
            yield HandwrittenText(name, language, _labelled(content.strip("\n"), name))


def _labelled(content: str, name: str) -> LabelledText:
    random = Random(name)  # noqa: S311 - the same tokens every time
    text = LabelledText()
    position = 0
    for mark in _MARK.finditer(content):
        text.add(_shown(content[position : mark.start()]))
        kind, value = mark.groups()
        text.add(_shown(with_noise(value, random)), kind.lower())
        position = mark.end()
    text.add(_shown(content[position:]))
    return text


def _shown(text: str) -> str:
    return text.replace(_NO_BREAK_SPACE, "\u00a0")
