"""Which number a value's placeholder bears: the same for the same value, however it is written."""

import re
from collections.abc import Callable

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.names import unaccented
from raise_finetune.dataset.sanitize.people import linked

_NOT_ALNUM = re.compile(r"[\W_]+")
_NOT_DIALLED = re.compile(r"[^0-9+]+")
_BLANKS = re.compile(r"[\s._-]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_FRENCH_PREFIX = re.compile(r"(?:\+|00)33(?:0(?=[1-9]))?")


def _compact(value: str) -> str:
    return _NOT_ALNUM.sub("", value).casefold()


def _caseless(value: str) -> str:
    return value.strip().casefold()


def _listed(value: str) -> str:
    return _BLANKS.sub(" ", unaccented(value.casefold().translate(_LIGATURES)))


def _dialled(value: str) -> str:
    return _FRENCH_PREFIX.sub("0", _NOT_DIALLED.sub("", value), count=1)


# What is the same value in another writing. Of other types, people apart, only the same text is.
_CANONICAL: dict[FindingType, Callable[[str], str]] = {
    FindingType.IBAN: _compact,
    FindingType.CARD: _compact,
    FindingType.NIR: _compact,
    FindingType.SIRET: _compact,
    FindingType.SIREN: _compact,
    FindingType.ID_DOCUMENT: _compact,
    FindingType.PLATE: _compact,
    FindingType.MAC: _compact,
    FindingType.EMAIL: _caseless,
    FindingType.HOST: _caseless,
    FindingType.USER: _caseless,
    FindingType.PRIVATE: _listed,
    FindingType.ADDRESS: _caseless,
    FindingType.PHONE: _dialled,
}


_PERSON = FindingType.PERSON


class Numbers:
    """Numbers handed out so far, for one conversation or for a whole dataset."""

    __slots__ = ("_numbers", "_only", "_people")

    def __init__(self) -> None:
        # Canonical value → number, by type; of most types a conversation holds one value, which
        # needs no canonical writing until a second one comes.
        self._numbers: dict[FindingType, dict[str, int]] = {}
        self._only: dict[FindingType, str] = {}
        # Name → what is the same for all names of a person.
        self._people: dict[str, str] = {}

    def link(self, names: list[str]) -> None:
        """Learn which names of one conversation stand for the same person."""
        if names:
            people = linked(names)
            self._people = {name: " ".join(sorted(words)) for name, words in people.items()}

    def number(self, kind: FindingType, value: str) -> int:
        """Return the number of a value, a new one where it was not met before."""
        if kind is _PERSON:  # what is linked changes, so a name is of no use later
            value = self._people[value]
        only = self._only.setdefault(kind, value)
        if only == value:
            return 1
        canonical = _CANONICAL.get(kind, str)
        numbers = self._numbers.get(kind)
        if numbers is None:
            numbers = self._numbers[kind] = {canonical(only): 1}
        return numbers.setdefault(canonical(value), len(numbers) + 1)
