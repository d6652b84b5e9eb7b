"""What a rule is, and the pieces that rules are written with.

An anchor is a byte pattern over UTF-8, in the subset that Hyperscan, RE2 and ``re`` read alike:
no look-around, no back-reference. It may accept too much; it must start where the check starts.
The check then reads a bounded stretch of text from there, so work stays linear.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.names import unaccented

Span = tuple[int, int]
# (text, start of the anchor) → the value's span
Check = Callable[[str, int], Span | None]
# Tells whether a match counts.
Accept = Callable[[re.Match[str]], bool]

# Separators inside numbers: space, dots, slash, hyphen, and the typographic blanks and dashes.
SEPARATOR_ANCHOR = rb"(?:[ ./-]|\xc2[\xa0\xb7]|\xe2\x80[\x87\x89\x8a\x91-\x93\xa2\xa7\xaf])"
SEPARATOR = "[ ./\\-\u00a0\u00b7\u2007\u2009\u200a\u2011-\u2013\u2022\u2027\u202f]"
# Capital letters of French and its neighbours, for use inside a class.
UPPER = "A-ZÀ-ÖØ-ÞŒŠŽ"
BLANK = "[ \t\u00a0\u2007\u2009\u202f]"

# In front of a number without separators: an order, a parcel, a book, not a person's number. Each
# choice begins with its first letter as such: then `re` skips places where none of these stands.
REFERENCE_BEFORE = re.compile(
    r"(?:isbn|commandes?|orders?|r[ée]f(?:[ée]rences?)?|tickets?|factures?|invoices?|s[ée]rie"
    r"|serial|lots?|suivi|tracking|colis|dossiers?|part|identifiants?|i(?<=\bi)ds?)"
    r"\W{0,3}(?:client|customer)?\W{0,3}(?:n[o°]|number|num[ée]ro|no|id)?\W{0,4}\Z"
)

_APOSTROPHE = "(?:'|\u2019)"
_JOINER = "(?:[ _-]|\u00a0)?"


@dataclass(frozen=True)
class Column:
    """A check for anchors that announce several values each, as a column's name does.

    ``cells`` takes a text and the start of the anchor, and yields the spans of the values.
    """

    cells: Callable[[str, int], Iterator[Span]]


class Rule(NamedTuple):
    """One rule. Any of its anchors makes a candidate.

    ``carried``: its values are masked wherever else they stand in the group.
    """

    name: str
    type: FindingType
    anchors: tuple[bytes, ...]
    caseless: bool
    check: Check | Column
    carried: bool = False


def pattern_check(pattern: str, reach: int, accept: Accept | None = None, flags: int = 0) -> Check:
    """Return a check that matches ``pattern`` at the anchor; its group ``value`` is the finding.

    ``reach`` bounds, in characters, how far the pattern may read.
    """
    compiled = re.compile(pattern, flags)
    value = compiled.groupindex["value"]

    def check(text: str, start: int) -> Span | None:
        match = compiled.match(text, start, start + reach)
        if match is None or (accept is not None and not accept(match)):
            return None
        return match.span(value)

    return check


# Characters from a cue on: its check reads less far, and what was found becomes shorter meanwhile.
_REACH_OF_SEVERAL = 400


def several(check: Check, kind: FindingType, between: str) -> Column:
    """Return a check for a cue that announces several values: "plaques AB-123-CD et EF-456-GH".

    After the first one it finds what ``check`` does once that is masked, if no more than
    ``between``, a pattern, lies between the two. In masked text it finds nothing further.
    """
    placeholder = f"<{kind.name}_"
    stand_in = f"{placeholder}1>"
    link = re.compile(between)

    def cells(text: str, start: int) -> Iterator[Span]:
        first = max(0, start - 1)
        rest, shift = text[first : start + _REACH_OF_SEVERAL], first
        span = check(rest, start - first)
        if span is None or placeholder in rest[: span[0]]:
            return
        while span is not None:
            begin, end = span
            yield begin + shift, end + shift
            rest = rest[:begin] + stand_in + rest[end:]
            shift += end - begin - len(stand_in)
            end = begin + len(stand_in)
            span = check(rest, start - first)
            if span is not None and link.fullmatch(rest, end, span[0]) is None:
                return

    return Column(cells)


_NOT_ALNUM = re.compile("[^0-9A-Za-z]+")


def compact(number: str) -> str:
    """Return a number without what separates its ASCII digits and letters."""
    # Most are written with spaces or with nothing between them, and that is seen at once.
    spaceless = number.replace(" ", "")
    return spaceless if spaceless.isalnum() else _NOT_ALNUM.sub("", spaceless)


def width(number: str, count: int) -> int:
    """Return how many characters hold the first ``count`` digits and letters of a number."""
    result = count
    while result < len(number) and (missing := count - len(compact(number[:result]))):
        result += missing
    return result


def before(match: re.Match[str], length: int) -> str:
    """Return up to ``length`` characters in front of the match, in lower case."""
    start = match.start()
    return match.string[max(0, start - length) : start].lower()


def folded(phrase: str) -> str:
    """Return a pattern for a phrase with or without its accents.

    It has no class and no quantifier on a non-ASCII character, so that its UTF-8 bytes are an
    anchor too; upper-case accented letters are spelled out, since byte patterns fold ASCII only.
    """
    return "".join(map(_folded_character, phrase))


def any_of(phrases: str) -> str:
    """Return a group of folded phrases, given with ``|`` between them, on any number of lines.

    For checks. It matches as if the phrases were tried in their order, but those that begin alike
    are tried as one: ``re`` would try a hundred of them one after the other, at every place.
    """
    return f"(?:{_choice(_phrases(phrases))})"


def _choice(phrases: Iterable[str]) -> str:
    """Return the folded phrases with ``|`` between them, what they begin with written once."""
    choices: list[str] = []
    for first, same in groupby(_letters_together(phrases), _FIRST):
        rests = [phrase[1:] for phrase in same]
        rest = _choice(rests) if first else ""
        choices.append(folded(first) + (rest if len(rests) == 1 else f"(?:{rest})"))
    return "|".join(choices)


_FIRST = itemgetter(slice(1))


def _letters_together(phrases: Iterable[str]) -> list[str]:
    """Bring together phrases that begin with the same letter, but past none that begins without.

    Of phrases with different first letters one at most matches, so their order is of no account.
    """
    result: list[str] = []
    for begin_with_letters, run in groupby(phrases, _begins_with_letter):
        some = list(run)
        if begin_with_letters:
            letters = list(dict.fromkeys(map(_first_letter, some)))
            some.sort(key=lambda phrase: letters.index(_first_letter(phrase)))
        result += some
    return result


def _begins_with_letter(phrase: str) -> bool:
    return phrase[:1].isalnum()


def _first_letter(phrase: str) -> str:
    return unaccented(phrase[0].casefold())


def each(phrases: str, before: str = "", after: str = "") -> tuple[bytes, ...]:
    """Return one anchor for each phrase: many literals are faster to find than one group.

    ``before`` and ``after`` are patterns around every phrase.
    """
    return tuple(anchor(before + folded(phrase) + after) for phrase in _phrases(phrases))


def literals(phrases: str, tails: tuple[str, ...] = ("",), head: str = "") -> tuple[bytes, ...]:
    """Return anchors without a choice in them: ten of these are found faster than one pattern.

    A phrase may be written with its accents, with capital ones or without, and either apostrophe.
    """
    found = {
        head + write(phrase).replace("'", apostrophe) + tail
        for phrase in _phrases(phrases)
        for write in (str, _in_capitals, unaccented)
        for apostrophe in ("'", "\u2019")
        for tail in tails
    }
    return tuple(re.escape(literal).encode() for literal in sorted(found))


def _in_capitals(phrase: str) -> str:
    return "".join(char if char.isascii() else char.upper() for char in phrase)


def anchor(pattern: str) -> bytes:
    """Return a pattern as UTF-8 bytes. Never Latin-1: it silently loses every accent.

    Raises ``ValueError`` for a non-ASCII character in a class, which would match its bytes apart.
    """
    pieces: list[str] = []
    for piece in _CLASS_OR_ESCAPE.findall(pattern):
        if piece.startswith("[") and not piece.isascii():
            raise ValueError(piece)
        pieces.append(_ANY_BLANK if piece == r"\s" else piece)
    return "".join(pieces).encode()


def _phrases(phrases: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in phrases.split("|")]


# A class, an escape or a single character. French puts a non-breaking space before ":" and "!".
_CLASS_OR_ESCAPE = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|.", re.DOTALL)
_ANY_BLANK = r"(?:\s|\xc2\xa0|\xe2\x80\xaf)"


def _folded_character(char: str) -> str:
    if char == " ":
        return _JOINER
    if char == "'":
        return _APOSTROPHE
    base = unicodedata.normalize("NFD", char)[0]
    if base == char:
        return re.escape(char)
    return "(?:" + "|".join(dict.fromkeys((char, char.upper(), base))) + ")"
