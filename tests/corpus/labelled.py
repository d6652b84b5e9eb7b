"""A labelled corpus: the same seed gives the same texts, with the place and type of every value."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TypedDict, cast

from corpus.values import VALUES, alnum, digits, hexadecimal

_SLOT = re.compile(r"\{(\w+)\}")
_NOISE = re.compile(r"\{(hex|digits|alnum|int):([0-9]+)(?:-([0-9]+))?\}")
# Slots whose name is not the type that is expected of them.
_TYPE_OF = {"key": "secret"}


class Sentences(TypedDict):
    """``sentences.toml``: by language, by type, and what must be left alone."""

    ordinary: dict[str, list[str]]
    sensitive: dict[str, list[str]]
    negatives: list[str]


@dataclass(frozen=True)
class Label:
    """A sensitive value: ``text[start:end]``."""

    type: str
    start: int
    end: int


@dataclass
class LabelledText:
    """A text and the values in it that must not leave."""

    text: str = ""
    labels: list[Label] = field(default_factory=list[Label])

    def add(self, piece: str, kind: str | None = None) -> None:
        start = len(self.text)
        self.text += piece
        if kind is not None:
            self.labels.append(Label(kind, start, len(self.text)))


def labelled_texts(
    seed: int, count: int, *, bytes_per_value: int = 500, negatives: bool = True
) -> Iterator[LabelledText]:
    """Yield ``count`` texts of ten to twenty lines, one value in about ``bytes_per_value`` bytes.

    ``bytes_per_value=0`` leaves out all values.
    """
    random = Random(seed)  # noqa: S311 - the same texts every time
    sentences = _sentences()
    kinds = sorted(sentences["sensitive"])
    owed = 0.0
    for _ in range(count):
        text = LabelledText()
        language = random.choice(["fr", "en"])
        for _ in range(random.randint(10, 20)):
            before = len(text.text)
            if negatives and random.random() < 0.1:
                text.add(with_noise(random.choice(sentences["negatives"]), random))
            elif bytes_per_value and owed >= 1:
                sentence = random.choice(sentences["sensitive"][random.choice(kinds)])
                _add_sentence(text, sentence, random)
                owed -= 1
            else:
                text.add(random.choice(sentences["ordinary"][language]))
            ends = text.text.endswith((".", "?", "!"))
            text.add(random.choice(["\n", "\n", " ", "\n\n"] if ends else ["\n", "\n\n"]))
            owed += (len(text.text) - before) / bytes_per_value if bytes_per_value else 0
        yield text


@cache
def _sentences() -> Sentences:
    path = Path(__file__).with_name("sentences.toml")
    return cast("Sentences", tomllib.loads(path.read_text(encoding="utf-8")))


def _add_sentence(text: LabelledText, sentence: str, random: Random) -> None:
    position = 0
    for slot in _SLOT.finditer(sentence):
        text.add(sentence[position : slot.start()])
        name = slot.group(1)
        text.add(VALUES[name](random), _TYPE_OF.get(name, name))
        position = slot.end()
    text.add(sentence[position:])


def with_noise(sentence: str, random: Random) -> str:
    """Return the sentence with each ``{alnum:20}``, ``{hex:8}`` or ``{int:1-9}`` drawn anew."""

    def noise(slot: re.Match[str]) -> str:
        kind, first, last = slot.groups()
        if kind == "int":
            return str(random.randint(int(first), int(last)))
        return {"hex": hexadecimal, "digits": digits, "alnum": alnum}[kind](random, int(first))

    return _NOISE.sub(noise, sentence)
