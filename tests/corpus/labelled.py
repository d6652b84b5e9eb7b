"""A labelled corpus: the same seed gives the same texts, with the place and type of every value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from corpus.sentences import HARD_NEGATIVES, ORDINARY, SENTENCES
from corpus.values import VALUES

_SLOT = re.compile(r"\{(\w+)\}")
# Slots whose name is not the type that is expected of them.
_TYPE_OF = {"key": "secret"}


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
    random = Random(seed)
    kinds = sorted(SENTENCES)
    owed = 0.0
    for _ in range(count):
        text = LabelledText()
        language = random.choice(["fr", "en"])
        for _ in range(random.randint(10, 20)):
            before = len(text.text)
            if negatives and random.random() < 0.1:
                text.add(random.choice(HARD_NEGATIVES)(random))
            elif bytes_per_value and owed >= 1:
                _add_sentence(text, random.choice(SENTENCES[random.choice(kinds)]), random)
                owed -= 1
            else:
                text.add(random.choice(ORDINARY[language]))
            ends = text.text.endswith((".", "?", "!"))
            text.add(random.choice(["\n", "\n", " ", "\n\n"] if ends else ["\n", "\n\n"]))
            owed += (len(text.text) - before) / bytes_per_value if bytes_per_value else 0
        yield text


def _add_sentence(text: LabelledText, sentence: str, random: Random) -> None:
    position = 0
    for slot in _SLOT.finditer(sentence):
        text.add(sentence[position : slot.start()])
        name = slot.group(1)
        if name == "user_path":
            text.add("/srv/depot")
        else:
            text.add(VALUES[name](random), _TYPE_OF.get(name, name))
        position = slot.end()
    text.add(sentence[position:])
