"""A text that someone changed a little: what near-duplicate search must find again."""

import re

from raise_finetune.demo.draws import Draws

_WORD = re.compile(r"[^\W\d_]{4,}")
# One word in twenty.
_STRIDE = 20


def edit(text: str, draws: Draws) -> str:
    """Return the text with about 5 % of its words changed, at least one if any is long enough."""
    words = list(_WORD.finditer(text))
    pieces: list[str] = []
    end = 0
    for place in range(draws.below(min(_STRIDE, len(words)) or 1), len(words), _STRIDE):
        match = words[place]
        pieces += (text[end : match.start()], _change(match.group(), draws))
        end = match.end()
    return "".join((*pieces, text[end:]))


def _change(word: str, draws: Draws) -> str:
    """Return the word with a slip of the keyboard, or in capitals for emphasis."""
    place = draws.between(1, len(word) - 2)
    slips = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word.upper(),
    )
    return draws.choice(slips)
