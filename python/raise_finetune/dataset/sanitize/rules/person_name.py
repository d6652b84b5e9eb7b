"""What a person's name looks like, and whether it holds a first name of the lists."""

import re
from functools import lru_cache

from raise_finetune.dataset.sanitize.names import (
    first_names,
    fold,
    folded_first_names,
    folded_nobodies,
    folded_stop_words,
    folded_surnames,
)
from raise_finetune.dataset.sanitize.rules.rule import BLANK, UPPER, Span

# Letters in one run: a choice for each of them would take `re` twice as long.
_LETTERS = r"[^\W\d_]{1,24}"
_ELIDED = rf"['’](?=[{UPPER}]){_LETTERS}"
_BRETON = r"(?<=[cC])['’][hH][^\W\d_]{0,12}"  # Le Floc'h
_PART = rf"[{UPPER}](?:{_LETTERS}(?:{_ELIDED}|{_BRETON})?|{_ELIDED})"
# One capitalised word, with or without a hyphen: Marie-Laure, O'Brien, DUPONT.
NAME_WORD = rf"{_PART}(?:-{_PART}){{0,2}}"
# "M." is a title, not an initial.
INITIALS = rf"(?!M\.{BLANK})[{UPPER}](?:\.(?:[ -]?[{UPPER}]\.)?|-[{UPPER}]\.)"
_PARTICLE = (
    r"(?:de la|de l['’]|de|du|des|d['’]|van der|van den|van|von|der|le|la|ben|bin|el|al|da|dos|di)"
)
# "Ada K. Lovelace", "Ada L."
_INITIAL = rf"{BLANK}(?!M\.{BLANK})[{UPPER}]\.(?!\w)"
_NAME = re.compile(
    rf"(?:{INITIALS}{BLANK}?)?{NAME_WORD}"
    rf"(?:(?:{_INITIAL}){{0,2}}{BLANK}(?:{_PARTICLE}{BLANK}?)?{NAME_WORD}){{0,3}}(?!\w)(?:{_INITIAL})?"
)
_LOWER_CASE_NAME = re.compile(
    rf"[^\W\d_]{{2,20}}(?:-[^\W\d_]{{2,20}})?(?:{BLANK}[^\W\d_]{{2,20}})?(?!\w)"
)
_CAPITAL_PARTICLES = frozenset(
    {"le", "la", "du", "de", "des", "van", "von", "ben", "el", "al", "di", "da", "dos"}
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BLANKS = re.compile(r"[\s.]+")
_REACH = 120


def name_at(text: str, start: int) -> Span | None:
    """Return the capitalised name that begins at ``start``, cut at the first word that is none."""
    match = _NAME.match(text, start, start + _REACH)
    length = 0 if match is None else _length(match.group())
    return (start, start + length) if length > 1 else None


@lru_cache(maxsize=1 << 12)
def _length(name: str) -> int:
    """Return how many characters of what looks like a name are one: up to a word that is none."""
    end = 0
    stop_words = folded_stop_words()
    for word in _WORD.finditer(name):
        written = word.group()
        folded = fold(written)
        if folded in _CAPITAL_PARTICLES or not written[0].isupper():
            continue
        if folded in stop_words:
            break
        end = word.end()
    return end


def lower_case_name_at(text: str, start: int) -> Span | None:
    """Return the name at ``start`` that a hurried writer left in lower case.

    Its first word must be a first name of the lists.
    """
    match = _LOWER_CASE_NAME.match(text, start, start + 48)
    if match is None:
        return None
    first, *rest = match.group().split()
    if fold(first.split("-")[0]) not in folded_first_names():
        return None
    if rest and (len(rest[0]) < 3 or fold(rest[0]) in _FUNCTION_WORDS):
        return start, start + len(first)
    return match.span()


_FUNCTION_WORDS = frozenset(
    {
        "and", "who", "qui", "from", "des", "chez", "dans", "avec", "with", "the", "les", "mon",
        "mais", "but", "pour", "for", "your", "you", "vous", "nous", "ils", "elles", "est", "has",
        "have", "was", "car", "donc", "aussi", "also", "comme", "comment", "how", "what", "suis",
        "j'ai", "une", "this", "that",
    }
)  # fmt: skip


def name_words(text: str, span: Span) -> list[str]:
    """Return the folded words of a name."""
    return list(map(fold, text[span[0] : span[1]].replace(".", " ").split()))


def has_first_name(text: str, span: Span) -> bool:
    """Tell whether one of the name's words is a first name of the lists."""
    return any(
        word in folded_first_names() or word.split("-")[0] in folded_first_names()
        for word in name_words(text, span)
    )


def _without_particles(folded: list[str]) -> list[str]:
    """Leave out what is an article elsewhere: "Y. Le Goff", "Claire Le Bihan"."""
    first, *others = folded
    return [first, *(word for word in others if word not in _CAPITAL_PARTICLES)]


@lru_cache(maxsize=1 << 12)
def _is_known(name: str) -> bool:
    words = _without_particles([fold(word) for word in _BLANKS.split(name) if word])
    nobody = any(word in folded_nobodies() for word in words)
    if len(words) > 1:
        initialled = len(words[0]) == 1 or name[1:2] == "."
        known = initialled or any(
            word in names or word.split("-")[0] in names
            for word in words
            for names in (folded_first_names(), folded_surnames())
        )
        return known and not nobody
    alone = name.title() if name.isupper() else name
    return fold(name) in folded_surnames() or alone.split("-")[0] in first_names()


def known_name(text: str, span: Span) -> bool:
    """Tell whether a name holds a name of the lists, or begins with initials."""
    return _is_known(text[span[0] : span[1]])


# How technical words and those of offices end, in French and in English.
_NO_SURNAME = re.compile(
    r".*(?:[ts]ions?|(?<!l[ée])ments?|it[ée]s?|ismes?|iques?|wares?|ness|ships?|ics|logies?|logy|gies"
    r"|ances?|ences?|ables?|ibles?|phes?|m[èe]tres?|ateurs?|iteurs?|trices?|tèmes?|tems?|ings)\Z"
)
# PompePrincipale is an element of a model, MacDonald and DeLuca are people.
_CAMEL = re.compile(
    rf"(?!(?:Ma?c|De|Le|La|Du|Van|Fitz|Di|O'|O’)[{UPPER}]).*[^\W\d_{UPPER}][{UPPER}]"
)


@lru_cache(maxsize=1 << 12)
def _is_likely(name: str) -> bool:
    words = [word for word in _BLANKS.split(name) if word]
    folded = _without_particles([fold(word) for word in words])
    if any(word in folded_nobodies() for word in folded) or _CAMEL.match(name):
        return False
    if name.isupper():  # an acronym, or a heading
        return False
    if any(_NO_SURNAME.match(word.lower()) for word in words):
        return False
    return max(map(len, words)) > _SHORTEST


_SHORTEST = 2


def likely_name(text: str, span: Span) -> bool:
    """Tell whether a name holds no word that is nobody, or is known: where a cue says it is one."""
    return known_name(text, span) or _is_likely(text[span[0] : span[1]])
