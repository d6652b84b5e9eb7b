"""Which number a value's placeholder bears: the same for the same value, however it is written."""

import re
from collections import Counter

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.people import linked

_NOT_ALNUM = re.compile(r"[\W_]+")
_COMPACT = frozenset(
    {
        FindingType.IBAN,
        FindingType.CARD,
        FindingType.NIR,
        FindingType.SIRET,
        FindingType.SIREN,
        FindingType.MAC,
    }
)
_CASELESS = frozenset(
    {
        FindingType.EMAIL,
        FindingType.HOST,
        FindingType.USER,
        FindingType.PRIVATE,
        FindingType.ADDRESS,
    }
)
_FRENCH_PREFIX = re.compile(r"(?:\+|00)33(?:0(?=[1-9]))?")


class Numbers:
    """Numbers handed out so far, for one conversation or for a whole dataset."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[FindingType, str], int] = {}
        self._last: Counter[FindingType] = Counter()
        self._people: dict[str, frozenset[str]] = {}

    def link(self, names: list[str]) -> None:
        """Learn which names of one conversation stand for the same person."""
        self._people = linked(names) if names else {}

    def number(self, kind: FindingType, value: str) -> int:
        """Return the number of a value, a new one where it was not met before."""
        key = (kind, self._canonical(kind, value))
        known = self._numbers.get(key)
        if known is None:
            self._last[kind] += 1
            known = self._numbers[key] = self._last[kind]
        return known

    def _canonical(self, kind: FindingType, value: str) -> str:
        if kind is FindingType.PERSON:
            return " ".join(sorted(self._people[value]))
        if kind is FindingType.PHONE:
            digits = re.sub(r"[^0-9+]", "", value)
            return _FRENCH_PREFIX.sub("0", digits, count=1)
        if kind in _COMPACT:
            return _NOT_ALNUM.sub("", value).casefold()
        return value.strip().casefold() if kind in _CASELESS else value
