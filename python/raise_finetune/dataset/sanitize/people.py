"""One person, one placeholder: which of a conversation's names belong together."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from raise_finetune.dataset.sanitize.names import fold, folded_common_words

_SPLIT = re.compile(r"[\s\u00a0]+")
_PARTICLES = frozenset(
    {
        "de", "du", "des", "la", "le", "les", "van", "von", "der", "den", "ben", "bin", "el", "al",
        "da", "dos", "di", "del", "d", "l",
    }
)  # fmt: skip
_MIN_CARRIED = 3


def name_tokens(name: str) -> frozenset[str]:
    """Return the folded words of a name, without initials and particles."""
    words = (fold(word).strip(".,'’") for word in _SPLIT.split(name))
    return frozenset(word for word in words if len(word) > 1 and word not in _PARTICLES)


def linked(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return, for each name, the fullest set of words that stands for its person.

    ``M. Dupont`` and ``Jean`` join ``Jean Dupont`` when no other person shares that word.
    """
    distinct = {name: name_tokens(name) for name in names}
    people = _fullest(distinct.values())
    result: dict[str, frozenset[str]] = {}
    for name, tokens in distinct.items():
        owners = [person for person in people if tokens <= person]
        result[name] = owners[0] if len(owners) == 1 else tokens
    return result


def _fullest(names: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    people: list[frozenset[str]] = []
    for tokens in sorted(set(names), key=lambda tokens: (-len(tokens), sorted(tokens))):
        if not any(tokens < person for person in people):
            people.append(tokens)
    return people


@lru_cache(maxsize=1 << 12)
def aliases(name: str) -> tuple[str, ...]:
    """Return the writings under which a found name is carried through its conversation.

    The name itself, and each of its words that is neither short nor a common word.
    """
    return tuple(dict.fromkeys(_aliases(name)))


def _aliases(name: str) -> Iterator[str]:
    words = [word.strip(".,") for word in _SPLIT.split(name)]
    if len(words) > 1:
        yield name
        yield name.upper()
    for word in words:
        folded = fold(word)
        if len(word) < _MIN_CARRIED or folded in _PARTICLES or folded in folded_common_words():
            continue
        shown = word if word[0].isupper() else word.capitalize()
        yield shown
        yield shown.upper()
