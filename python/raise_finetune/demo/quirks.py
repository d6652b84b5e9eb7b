"""What real histories hold besides questions and answers: faults, leaks, odd characters.

Each conversation has one of them at most, and most have none.
"""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from raise_finetune.demo.draws import Draws
from raise_finetune.demo.phrasebook import Phrasebook
from raise_finetune.demo.template import Scope

Turn = tuple[str, str]


class _Place(NamedTuple):
    """Where a quirk happens, and the texts it can draw from."""

    book: Phrasebook
    scope: Scope
    draws: Draws

    def text(self, pool: str) -> str:
        return self.draws.choice(self.book.pools[pool]).expand(self.scope, self.draws)


def disturb(turns: list[Turn], book: Phrasebook, scope: Scope, draws: Draws) -> list[Turn]:
    """Return the turns, changed by the quirk that the draw decides on, if any."""
    roll = draws.below(1000)
    for share, quirk in _QUIRKS:
        if roll < share:
            return quirk(turns, _Place(book, scope, draws))
        roll -= share
    return turns


def _empty_answer(turns: list[Turn], _place: _Place) -> list[Turn]:
    return [*turns[:-1], ("assistant", "")]


def _leak(turns: list[Turn], place: _Place) -> list[Turn]:
    """Let the model go on with the prompt's own headings."""
    return [*turns[:-1], ("assistant", turns[-1][1] + place.text("leak"))]


def _doubled_question(turns: list[Turn], _place: _Place) -> list[Turn]:
    """Leave the question of a failed call in place."""
    return [*turns[:-2], turns[-2], *turns[-2:]]


def _unanswered_question(turns: list[Turn], place: _Place) -> list[Turn]:
    return [*turns, ("user", place.text("transition").strip())]


def _missing_question(turns: list[Turn], _place: _Place) -> list[Turn]:
    return turns[1:]


def _feedback(turns: list[Turn], place: _Place) -> list[Turn]:
    """Let the application report to the model, which answers."""
    return [*turns, ("user", place.text("feedback")), ("assistant", place.text("feedback_answer"))]


def _system_prompt(turns: list[Turn], place: _Place) -> list[Turn]:
    return [("system", place.text("system_prompt")), *turns]


def _capitalised_roles(turns: list[Turn], _place: _Place) -> list[Turn]:
    return [(role.capitalize(), content) for role, content in turns]


def _upper_case_roles(turns: list[Turn], _place: _Place) -> list[Turn]:
    return [(role.upper(), content) for role, content in turns]


def _line_separators(turns: list[Turn], _place: _Place) -> list[Turn]:
    """Put U+2028 where a paste from an office document leaves it."""
    return [(role, content.replace("\n", "\u2028", 1)) for role, content in turns]


def _carriage_returns(turns: list[Turn], _place: _Place) -> list[Turn]:
    return [(role, content.replace("\n", "\r\n")) for role, content in turns]


def _combining_accents(turns: list[Turn], _place: _Place) -> list[Turn]:
    """Write accents as macOS does in names that are pasted from its file system."""
    return [(role, unicodedata.normalize("NFD", content)) for role, content in turns]


def _typographic_apostrophes(turns: list[Turn], _place: _Place) -> list[Turn]:
    return [
        (role, content if "```" in content else content.replace("'", "’"))
        for role, content in turns
    ]


# In thousandths of all conversations.
_QUIRKS: tuple[tuple[int, Callable[[list[Turn], _Place], list[Turn]]], ...] = (
    (10, _empty_answer),
    (12, _leak),
    (12, _doubled_question),
    (6, _unanswered_question),
    (4, _missing_question),
    (10, _feedback),
    (40, _system_prompt),
    (25, _capitalised_roles),
    (5, _upper_case_roles),
    (5, _line_separators),
    (8, _carriage_returns),
    (8, _combining_accents),
    (150, _typographic_apostrophes),
)
