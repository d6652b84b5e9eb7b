"""Values that are known to be sensitive, and the rules that find them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.names import fold
from raise_finetune.dataset.sanitize.rules.rule import Rule, pattern_check

_MIN_LISTED = 2
_REACH = 400


@dataclass(frozen=True, repr=False)
class KnownValues:
    """Sensitive values and their types; matched whole, without regard to case and accents."""

    values: tuple[tuple[FindingType, str], ...] = ()

    def __repr__(self) -> str:
        return f"KnownValues({len(self.values)} values)"

    def with_list(self, lines: Iterable[str]) -> "KnownValues":
        """Return these values and the user's own, one a line.

        Blank lines and lines that begin with ``#`` are left out.
        """
        listed = (line.strip() for line in lines)
        own = (
            (FindingType.PRIVATE, line)
            for line in listed
            if len(line) >= _MIN_LISTED and not line.startswith("#")
        )
        return KnownValues(tuple(dict.fromkeys((*self.values, *own))))

    def rules(self) -> list[Rule]:
        """Return one rule for each value."""
        return [
            Rule(
                "known-value",
                kind,
                (_literal(value).encode(),),
                True,
                pattern_check(rf"(?<!\w)(?P<value>{_literal(value)})(?!\w)", _REACH, flags=re.I),
            )
            for kind, value in self.values
        ]


# Letter → its accented forms in both cases; byte patterns fold the case of ASCII letters only.
_ACCENTED: dict[str, list[str]] = {}
for _code in (*range(0xC0, 0x180), *range(0x218, 0x21C)):
    _base = fold(chr(_code))
    if len(_base) == 1 and _base != chr(_code) and _base.isascii():
        _ACCENTED.setdefault(_base, []).append(chr(_code))
_LIGATURES = {"œ": "(?:œ|Œ|oe)", "æ": "(?:æ|Æ|ae)", "ß": "(?:ß|ẞ|ss)"}
_BLANK = "(?:[ \t._-]|\u00a0|\u202f|\n){1,2}"


def _literal(value: str) -> str:
    """Return a pattern for a value, with any accents; no class holds a non-ASCII character."""
    return "".join(_character(char) for char in re.sub(r"\s+", " ", value))


def _character(char: str) -> str:
    if char == " ":
        return _BLANK
    if char == "\0":
        return r"\x00"  # itself would end the pattern for an engine in C
    if char.lower() in _LIGATURES:
        return _LIGATURES[char.lower()]
    base = fold(char)
    if base in _ACCENTED:
        return "(?:" + "|".join((base, *_ACCENTED[base])) + ")"
    forms = dict.fromkeys((char, char.lower(), char.upper()))
    return "(?:" + "|".join(re.escape(form) for form in forms) + ")"
