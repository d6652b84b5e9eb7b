"""Dates of birth in tables, whose cue is the name of their column: CSV, Markdown, SQL."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, any_of

_DATE = re.compile(
    r"(?P<value>[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4})(?![\w/-])"
)
_NAMED = re.compile(
    any_of("naissance | birth | dob | ddn | né le | née le | né(e) le | date naiss | geburtsdatum"),
    re.IGNORECASE,
)
_REACH = 4000  # characters back to the names of the columns
_INSERT = re.compile(r"\((?P<names>[^()]{1,600})\)\s{0,8}VALUES\b", re.IGNORECASE)


def _in_birth_column(text: str, start: int) -> Span | None:
    delimiter = text[start]
    date = _DATE.search(text, start, start + 16)
    if date is None:
        return None
    first = max(0, start - _REACH)
    before = text[first : date.start()]
    name = _column_of_line(before, delimiter) or _column_of_insert(before)
    return date.span("value") if name and _NAMED.search(name) else None


def _column_of_line(before: str, delimiter: str) -> str:
    """Return what the first line of the table says above the end of ``before``."""
    *lines, line = before.split("\n")
    place = line.count(delimiter)
    head = ""
    for above in reversed(lines):
        if delimiter not in above:
            break
        head = above
    names = head.split(delimiter)
    return names[place] if place < len(names) else ""


def _column_of_insert(before: str) -> str:
    """Return the column of an INSERT's value that stands at the end of ``before``."""
    inserts = list(_INSERT.finditer(before))
    if not inserts:
        return ""
    names = inserts[-1].group("names").split(",")
    row = before[inserts[-1].end() :].rpartition("(")[2]
    place = row.count(",")
    return names[place] if place < len(names) else ""


RULES = (
    Rule(
        "birth-date-column",
        FindingType.BIRTH_DATE,
        (
            rb"[,;|\t] ?[\"']?(?:19|20)[0-9]{2}[-/][01][0-9][-/][0-3][0-9]",
            rb"[,;|\t] ?[\"']?[0-3]?[0-9][-/.][01]?[0-9][-/.](?:19|20)[0-9]{2}",
        ),
        False,
        _in_birth_column,
    ),
)
