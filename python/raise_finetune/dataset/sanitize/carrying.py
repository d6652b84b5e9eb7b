"""Values that are masked wherever they stand in their group, though no cue is near."""

import re
from collections.abc import Iterable, Iterator, Sequence

from raise_finetune.dataset.sanitize.detector import RULES
from raise_finetune.dataset.sanitize.findings import Finding, FindingType
from raise_finetune.dataset.sanitize.people import (
    aliases,
    is_a_name,
    may_name,
    named_by_address,
    written_in,
)
from raise_finetune.dataset.sanitize.rules.user_names import may_be_told_apart

_CARRIED_RULES = frozenset(rule.name for rule in RULES if rule.carried)
# After these cues even one unknown word is a name.
_SURE_OF_NAMES = frozenset({"person-introduced", "person-title", "person-related"})
_PERSON = FindingType.PERSON
_EMAIL = FindingType.EMAIL
_USER = FindingType.USER
_OF_ADDRESS = "person-of-address"
_MIN_LENGTH = 5
_LONG = 10
_FEW = 32
_MOST_WORDS = 24
_WORD = re.compile(r"\w+")


class Carried:
    """The values that one group carries, learnt from its findings."""

    def __init__(self, group: Sequence[str], detected: Iterable[Sequence[Finding]]) -> None:
        values: dict[str, tuple[FindingType, str]] = {}
        found: set[str] = set()  # the values that stand in the texts as such, or in a longer name
        named: dict[tuple[str, str], int] = {}  # by how many addresses
        for text, findings in zip(group, detected, strict=True):
            for kind, rule, start, end in findings:
                if kind is _PERSON:
                    name = text[start:end]
                    if rule in _SURE_OF_NAMES or is_a_name(name):
                        names = aliases(name)
                        values |= dict.fromkeys(names.all, (_PERSON, rule))
                        found |= names.inside
                elif kind is _EMAIL:
                    told = named_by_address(text[start:end])
                    if told is not None:
                        named[told] = named.get(told, 0) + 1
                elif rule in _CARRIED_RULES and _is_carried(kind, value := text[start:end]):
                    values[value] = kind, rule
                    found.add(value)
        self._values = values
        if named or (values and len(values) <= _FEW):
            self._look_through("\0".join(group), named, found)

    def _look_through(self, whole: str, named: dict[tuple[str, str], int], found: set[str]) -> None:
        """Add the names that addresses tell, and leave out what stands nowhere else."""
        if named and (told := may_name(whole, named)):
            for writing in written_in(whole, told):
                self._values.setdefault(writing, (_PERSON, _OF_ADDRESS))
        if len(self._values) <= _FEW:
            # Most values stand nowhere else, and to count them is cheaper than to find them.
            values = self._values
            counts = zip(values, map(whole.count, values), strict=True)
            again = [value for value, count in counts if count > (value in found)]
            self._values = {value: values[value] for value in again}

    def __bool__(self) -> bool:
        return bool(self._values)

    def forget(self, allowed: frozenset[str]) -> None:
        """Leave out values that are allowed to stay (given in folded case)."""
        self._values = {v: k for v, k in self._values.items() if v.casefold() not in allowed}

    def further(self, text: str, found: Sequence[Finding]) -> list[Finding]:
        """Return where else a carried value stands as a whole word: not what was found as such."""
        known = {(kind, start, end) for kind, _, start, end in found}
        if len(self._values) > _FEW:
            return [
                Finding(kind, rule, start, end)
                for kind, rule, start, end in self._by_word(text)
                if (kind, start, end) not in known and _whole(text, start, end)
            ]
        result: list[Finding] = []
        for value, (kind, rule) in self._values.items():
            start = text.find(value)
            while start >= 0:
                end = start + len(value)
                if (kind, start, end) not in known and _whole(text, start, end):
                    result.append(Finding(kind, rule, start, end))
                start = text.find(value, end)
        return result

    def _by_word(self, text: str) -> Iterator[tuple[FindingType, str, int, int]]:
        """Look up every run of words: with many values, one search for each would be quadratic."""
        index: dict[str, list[tuple[str, int]]] = {}
        longest = 0
        for value in self._values:
            words = [word.span() for word in _WORD.finditer(value)]
            if words:
                core = value[words[0][0] : words[-1][1]]
                index.setdefault(core, []).append((value, words[0][0]))
                longest = max(longest, len(core))
        places = [word.span() for word in _WORD.finditer(text)]
        for number, (start, _) in enumerate(places):
            for _, end in places[number : number + _MOST_WORDS]:
                if end - start > longest:
                    break
                for value, offset in index.get(text[start:end], ()):
                    begin = start - offset
                    if begin >= 0 and text.startswith(value, begin):
                        yield *self._values[value], begin, begin + len(value)


def _is_carried(kind: FindingType, value: str) -> bool:
    """Tell whether a value is masked wherever it stands."""
    return _distinctive(value) or (kind is _USER and value.islower() and may_be_told_apart(value))


def _distinctive(value: str) -> bool:
    """Tell whether a value is no plain word, which would be masked all over the conversation."""
    length = len(value)
    if length < _MIN_LENGTH or (value.isalpha() and value[1:].islower()):
        return False
    return length >= _LONG or any(map(str.isdigit, value))


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether nothing lengthens the word; ``_`` does, and so guards placeholders."""
    return not (start and _in_word(text[start - 1])) and not _in_word(text[end : end + 1])


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"
