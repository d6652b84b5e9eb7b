"""Conversation documents in the user interface's shape, with ratings as users leave them."""

from datetime import datetime, timedelta
from typing import Any, Literal

from raise_finetune.demo.dialogue import Dialogue, compose
from raise_finetune.demo.draws import Draws
from raise_finetune.demo.edits import edit

Document = dict[str, Any]
Origin = Literal["original", "copy", "near copy"]

# Every 25th conversation is an original, so that copies have something near to copy.
_ANCHOR = 25
_ANCHORS_BACK = 8
_COPY_PERCENT = 4
_NEAR_COPY_PERCENT = 3

_FIRST_MONDAY = datetime(2024, 9, 2, 7, 30)
_WEEKS = 66
_WORKING_SECONDS = 11 * 3600

_STARS = (5,) * 7 + (4,) * 6 + (3,) * 3 + (2,) * 2 + (1,) * 2
_STAR_PLACES = ("rating", "rating", "x_rating", "metadata.rating", "meta.rating")
_THUMB_PLACES = ("thumbs", "x_thumbs", "metadata.thumbs")
_THUMBS = (("up", "down"), (1, -1), (True, False))
# What no one should take for a rating.
_NO_RATINGS = (True, 7, "cinq", 0)


def conversation(seed: int, index: int) -> tuple[Origin, Document]:
    """Return the document of that number; it depends on nothing else."""
    draws = Draws(seed, "conversation", index)
    kind, source = _origin(index, draws)
    dialogue = compose(seed, source)
    if kind == "near copy":
        dialogue.turns = [(role, edit(content, draws)) for role, content in dialogue.turns]
    return kind, _document(dialogue, draws)


def _origin(index: int, draws: Draws) -> tuple[Origin, int]:
    """Return whether the conversation copies another, and the number of the one it copies."""
    roll = draws.below(100)
    if roll >= _COPY_PERCENT + _NEAR_COPY_PERCENT or index % _ANCHOR == 0:
        return "original", index
    last = index // _ANCHOR
    source = _ANCHOR * (last - draws.below(min(last, _ANCHORS_BACK) + 1))
    return ("copy" if roll < _COPY_PERCENT else "near copy"), source


def _document(dialogue: Dialogue, draws: Draws) -> Document:
    identifier = draws.identifier()
    family = identifier[:-12]
    clock = _Clock(draws)
    created = clock.now()
    messages: list[Document] = []
    for number, (role, content) in enumerate(dialogue.turns):
        messages.append(
            {
                "content": content,
                "createdAt": clock.now(),
                "id": f"{family}{number:04x}{draws.digits()}",
                "role": role,
            }
        )
        clock.wait(draws.between(4, 240))
    document: Document = {
        "createdAt": created,
        "id": identifier,
        "language": dialogue.language,
        "messages": messages,
        "tags": dialogue.tags,
        "title": dialogue.title,
        "updatedAt": clock.now(),
    }
    _rate(document, messages, draws)
    return document


class _Clock:
    """Working hours of the demo's year; each conversation keeps one precision."""

    def __init__(self, draws: Draws) -> None:
        self._moment = _FIRST_MONDAY + timedelta(
            days=7 * draws.below(_WEEKS) + draws.below(5), seconds=draws.below(_WORKING_SECONDS)
        )
        digits = draws.choice((0, 3, 6, 9))
        fraction = f".{draws.below(10**9):09d}"[: digits + 1] if digits else ""
        self._end = f"{fraction}+00:00"

    def now(self) -> str:
        return self._moment.isoformat() + self._end

    def wait(self, seconds: int) -> None:
        self._moment += timedelta(seconds=seconds)


def _rate(document: Document, messages: list[Document], draws: Draws) -> None:
    """Rate some answers, or the whole; four in ten conversations stay without."""
    answers = [message for message in messages if message["role"].lower() == "assistant"]
    roll = draws.below(100)
    if roll < 40 or not answers:
        return
    if roll < 66:
        place = draws.choice(_STAR_PLACES)
        for answer in answers:
            if draws.chance(80):
                _set(answer, place, draws.choice(_STARS))
    elif roll < 82:
        _set(document, draws.choice(_STAR_PLACES), draws.choice(_STARS))
    elif roll < 95:
        place, (up, down) = draws.choice(_THUMB_PLACES), draws.choice(_THUMBS)
        _set(draws.choice(answers), place, up if draws.chance(75) else down)
    elif roll < 99:
        _set(answers[-1], "rating", draws.choice((4.5, 3.5, 2.5)))
    else:
        _set(answers[-1], "rating", draws.choice(_NO_RATINGS))


def _set(holder: Document, place: str, value: object) -> None:
    section, dot, key = place.partition(".")
    if dot:
        holder[section] = {key: value}
    else:
        holder[section] = value
