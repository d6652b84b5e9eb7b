"""From labelled tokens to entities: whole words, in ``str`` offsets."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from raise_finetune.dataset.sanitize.ner.labels import EntityKind, Label

# What may stand between two tokens of one name: "Jean-Luc", "J. O’Brien".
_JOINT = re.compile(r"[ \t\u00a0\u202f.'’-]{0,3}")
_LONGEST_WORD = 64  # characters that a name is extended by, at most


class Entity(NamedTuple):
    """``text[start:end]`` names something."""

    kind: EntityKind
    start: int
    end: int


class Token(NamedTuple):
    """A token that is part of an entity: ``text[start:end]``."""

    label: Label
    start: int
    end: int


def entities_of(text: str, tokens: Iterable[Token]) -> list[Entity]:
    """Join neighbouring tokens, in the order of the text, and complete the words they are part of.

    A model may label only some tokens of a word; what is left of it would tell the name.
    """
    joined: list[Entity] = []
    for (kind, begins), start, end in tokens:
        while start < end and text[start].isspace():  # some tokenizers count the blank before
            start += 1
        last = joined[-1] if joined else None
        if last is not None and last.kind == kind and _goes_on(text, last.end, start, begins):
            joined[-1] = Entity(kind, last.start, max(last.end, end))
        else:
            joined.append(Entity(kind, start, end))
    return [whole for entity in joined if (whole := _whole_words(text, entity)) is not None]


def _goes_on(text: str, end: int, start: int, begins: bool) -> bool:
    if start <= end:
        return True
    return not begins and _JOINT.fullmatch(text, end, start) is not None


def _whole_words(text: str, entity: Entity) -> Entity | None:
    kind, start, end = entity
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if start == end:
        return None
    first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
    while start > first and text[start - 1].isalnum():
        start -= 1
    while end < last and text[end].isalnum():
        end += 1
    return Entity(kind, start, end)
