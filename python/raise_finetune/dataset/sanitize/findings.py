"""What the rules find: a type, a place and the rule that fired, never the value itself."""

from collections.abc import Callable
from enum import StrEnum, auto
from functools import partial
from operator import itemgetter
from typing import NamedTuple, cast


class FindingType(StrEnum):
    """The kinds of sensitive data, strongest first: it names findings that overlap."""

    SECRET = auto()
    CREDENTIALS = auto()
    PASSWORD = auto()
    EMAIL = auto()
    IBAN = auto()
    CARD = auto()
    NIR = auto()
    SIRET = auto()
    SIREN = auto()
    ID_DOCUMENT = auto()
    PLATE = auto()
    PHONE = auto()
    IP = auto()
    MAC = auto()
    USER = auto()
    ADDRESS = auto()
    BIRTH_DATE = auto()
    PRIVATE = auto()
    HOST = auto()
    PERSON = auto()

    # An enumeration's own hash is a Python function, and findings are counted by type.
    __hash__ = str.__hash__


PRIORITY = {kind: rank for rank, kind in enumerate(FindingType)}


class Finding(NamedTuple):
    """One finding in one text: ``text[start:end]`` is the value, in ``str`` offsets."""

    type: FindingType
    rule: str
    start: int
    end: int


# A finding of a tuple of its fields. A call of the class takes twice as long, and some documents
# have one for every few lines.
finding = cast(
    "Callable[[tuple[FindingType, str, int, int]], Finding]",
    partial(tuple.__new__, Finding),  # pyright: ignore[reportUnknownMemberType]
)


def merged(findings: list[Finding]) -> list[Finding]:
    """Return the findings in order, overlapping ones joined into one under the strongest type.

    The union is kept, not the winner alone: no part of any finding may stay readable.
    """
    if len(findings) < 2:
        return findings
    result: list[Finding] = []
    reached = 0
    for finding in sorted(findings, key=_START):
        kind, _, start, end = finding
        if start >= reached:
            result.append(finding)
        elif end > reached or PRIORITY[kind] < PRIORITY[result[-1].type]:
            result[-1] = _union(result[-1], finding)
        if end > reached:
            reached = end
    return result


_START = itemgetter(Finding._fields.index("start"))


def _union(first: Finding, second: Finding) -> Finding:
    strongest = min(first, second, key=lambda finding: PRIORITY[finding.type])
    return strongest._replace(start=min(first.start, second.start), end=max(first.end, second.end))
