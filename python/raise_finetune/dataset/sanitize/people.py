"""One person, one placeholder: which of a conversation's names belong together."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from raise_finetune.dataset.sanitize.names import (
    fold,
    folded_common_words,
    folded_first_names,
    folded_nobodies,
)

_SPLIT = re.compile(r"[\s\u00a0]+")
_PARTICLES = frozenset(
    {
        "de", "du", "des", "la", "le", "les", "van", "von", "der", "den", "ben", "bin", "el", "al",
        "da", "dos", "di", "del", "d", "l",
    }
)  # fmt: skip
_MIN_CARRIED = 3


@lru_cache(maxsize=1 << 12)
def name_tokens(name: str) -> frozenset[str]:
    """Return the folded words of a name, without initials and particles."""
    words = (fold(word).strip(".,'’") for word in _SPLIT.split(name))
    return frozenset(word for word in words if len(word) > 1 and word not in _PARTICLES)


def linked(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return, for each name, the fullest set of words that stands for its person.

    ``M. Dupont`` and ``Jean`` join ``Jean Dupont`` when no other person shares that word.
    """
    distinct = {name: name_tokens(name) for name in names}
    if len(distinct) == 1:
        return distinct
    people = _People(distinct.values())
    return {name: people.owner(words) for name, words in distinct.items()}


class _People:
    """The fullest names, looked up by their rarest word: a search of all would be quadratic."""

    def __init__(self, names: Iterable[frozenset[str]]) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = {}
        for words in sorted(set(names), key=lambda words: (-len(words), sorted(words))):
            if not self._holders(words):
                for word in words:
                    self._by_word.setdefault(word, []).append(words)

    def owner(self, words: frozenset[str]) -> frozenset[str]:
        """Return the one person whose name holds all the words, else the words themselves."""
        holders = self._holders(words)
        return holders[0] if len(holders) == 1 else words

    def _holders(self, words: frozenset[str]) -> list[frozenset[str]]:
        if not words:
            return []
        rarest = min((self._by_word.get(word, []) for word in words), key=len)
        if len(words) == 1:
            return rarest
        return [person for person in rarest if words <= person]


@lru_cache(maxsize=1 << 12)
def is_a_name(name: str) -> bool:
    """Tell whether a name is more than one word, or a first name of the lists."""
    return len(name_tokens(name)) > 1 or fold(name) in folded_first_names()


class Aliases(NamedTuple):
    """The writings of a name, and those of them that stand in the name itself."""

    all: tuple[str, ...]
    inside: frozenset[str]


@lru_cache(maxsize=1 << 12)
def aliases(name: str) -> Aliases:
    """Return the writings under which a found name is carried through its conversation.

    The name itself, and each of its words that is neither short nor a common word.
    """
    writings = tuple(dict.fromkeys(_aliases(name)))
    return Aliases(writings, frozenset(writing for writing in writings if writing in name))


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


# anne.bouvier@…, a_bouvier2@…
_PERSONAL = re.compile(
    r"(?P<first>[a-z]+)[._-](?P<last>[a-z]{3,})[0-9]{0,3}(?:@|%40)", re.IGNORECASE
)
_CAPITALISED = re.compile(r"(?<![\w@./-])[^\W\d_a-z][^\W\d_]{2,}(?![\w@/]|\.\w)")


@lru_cache(maxsize=1 << 12)
def named_by_address(address: str) -> tuple[str, str] | None:
    """Return the folded first name, or its initial, and surname that an e-mail address tells."""
    match = _PERSONAL.match(address)
    if match is None:
        return None
    first, last = match.group("first").lower(), match.group("last").lower()
    if {first, last} & folded_nobodies() or last in folded_common_words():
        return None
    return first, last


# Latin-1 to small letters without accents: the text is looked through as bytes, which is quick.
_PLAIN = bytes(
    ord(fold(chr(code))[:1] or " ") if fold(chr(code))[:1].isascii() else code
    for code in range(256)
)


def may_name(text: str, named: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """Return the names whose surname stands in the text elsewhere than in the addresses."""
    letters = text.encode("latin-1", "replace").translate(_PLAIN)
    return [name for name, times in named.items() if letters.count(name[1].encode()) > times]


def written_in(text: str, named: Iterable[tuple[str, str]]) -> set[str]:
    """Return how names that are told by addresses are written in a text, in full and in parts."""
    words: dict[str, set[str]] = {}
    for word in set(_CAPITALISED.findall(text)):
        words.setdefault(fold(word), set()).add(word)
    result: set[str] = set()
    for first, last in named:
        surnames = words.get(last, set())
        firsts = words.get(first, set())
        if len(first) == 1:
            firsts = {w for word, all_of_it in words.items() if word[0] == first for w in all_of_it}
        full = {
            writing
            for surname in surnames
            for given in (*firsts, f"{first[0].upper()}.")
            for writing in (f"{given} {surname}", f"{surname} {given}")
            if writing in text
        }
        # Two words of a team's address, such as "flight.dynamics@…", are no name by themselves.
        if full or len(first) == 1 or first in folded_first_names():
            result |= full | surnames
            if len(first) > 1 and first not in folded_common_words():
                result |= firsts
    return result
