"""Names of people that hold a first name or a surname of the packaged lists."""

import re
from collections.abc import Iterator
from itertools import product

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.names import (
    ambiguous_names,
    first_names,
    fold,
    folded_first_names,
    folded_stop_words,
    folded_surnames,
    surnames,
)
from raise_finetune.dataset.sanitize.rules.person_name import name_at, name_words
from raise_finetune.dataset.sanitize.rules.rule import BLANK, UPPER, Rule, Span, anchor

# Streets, schools, saints, storms and laws bear people's names.
_NAMED_AFTER = frozenset(
    {
        "saint", "sainte", "st", "ste", "san", "santa", "rue", "avenue", "place", "boulevard",
        "hurricane", "ouragan", "fort", "port", "prix", "prize", "île", "ile", "isle", "lycée",
        "collège", "école", "hôpital", "gare", "stade", "métro", "quai", "cathédrale",
        "université", "fondation", "institut", "theorem", "théorème", "law", "société", "groupe",
        "maison", "ets", "effet", "algorithme", "méthode",
    }
)  # fmt: skip
_WORDS_BEFORE = re.compile(r"[\W\d_]+")
_SURNAME_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:LE|LA|DE|DU|DA|EL|BEN|VAN|DE LA|DI){BLANK}|[DN]['’])?"
    rf"(?P<surname>[{UPPER}]{{3,20}}(?:-[{UPPER}]{{3,20}})?),?{BLANK}\Z"
)
_INITIALS_BEFORE = re.compile(rf"(?<![\w.])(?!M\. )(?:[{UPPER}]\.[ -]?){{1,2}}\Z")
_ACRONYMS = frozenset(
    {
        "api", "url", "sql", "html", "json", "http", "https", "css", "pdf", "xml", "rgpd", "gdpr",
        "cnil", "iban", "nir", "cto", "ceo", "cfo", "drh", "dsi", "rssi", "tel", "todo", "note",
        "fixme", "from", "nota", "rcs",
    }
)  # fmt: skip
_NOT_AFTER = "-'’_/.@#"
_SHORT = 3
_ELISIONS = "dDlLnNqQ"


def _listed(text: str, start: int) -> Span | None:
    if start and not _may_follow(text, start):
        return None
    span = name_at(text, start)
    if span is not None and text.startswith("@", span[1]):
        span = _before_address(text, span)
    if span is None or text[span[1] : span[1] + 1] in {"_", "("}:
        return None
    first = text[span[0] : span[1]].split(maxsplit=1)[0]
    if fold(first).split("-")[0] not in folded_first_names():
        return None
    if start and _of_a_thing(text, start):
        return None
    if len(name_words(text, span)) > 1:
        return span
    if not _stands_alone(first):
        return None
    surname = _surname_before(text, start)
    return (start if surname is None else surname), span[1]


def _before_address(text: str, span: Span) -> Span | None:
    """Return a name without its last word, which begins an address: "Ada Lovelace@example.org"."""
    end = text.rfind(" ", *span)
    return None if end < 0 else (span[0], end)


def _after_first_name(text: str, start: int) -> bool:
    """Tell whether a first name stands before: with it, the surname is found as one name."""
    begin = text.rfind(" ", max(0, start - 26), start - 1) + 1
    return text[begin : start - 1] in first_names()


def _of_a_thing(text: str, start: int) -> bool:
    """Tell whether the word before says that a thing bears the name."""
    if text[start - 1] not in " \u00a0-":
        return False
    *_, of, word = "", *_WORDS_BEFORE.split(text[max(0, start - 14) : start - 1].lower())
    return word in _NAMED_AFTER or (of == "loi" and word == "de")


def _surname(text: str, start: int) -> Span | None:
    if start and (not _may_follow(text, start) or _after_first_name(text, start)):
        return None
    span = name_at(text, start)
    if span is None or text[span[1] : span[1] + 1] in {"_", "@", "("}:
        return None
    first = text[span[0] : span[1]].split(maxsplit=1)[0]
    if fold(first).split("-")[0] not in folded_surnames():
        return None
    if start and _of_a_thing(text, start):
        return None
    # What follows a surname belongs to it only if it is a first name: "Bouvier Anne".
    if not any(word in folded_first_names() for word in name_words(text, span)[1:]):
        span = start, start + len(first)
    initials = _INITIALS_BEFORE.search(text, max(0, start - 6), start)
    return (start if initials is None else initials.start()), span[1]


def _may_follow(text: str, start: int) -> bool:
    """Tell whether a name may follow the character before it; ``d'Élodie`` may, ``L'Oréal`` not."""
    before = text[start - 1]
    if before in "'’" and start >= 2:
        return text[start - 2] in _ELISIONS
    if before == "@":  # a mention, no address
        return start < 2 or not text[start - 2].isalnum()
    return not before.isalnum() and before not in _NOT_AFTER


def _stands_alone(first: str) -> bool:
    listed = first_names()
    return all(part in listed or part.capitalize() in listed for part in first.split("-"))


def _surname_before(text: str, start: int) -> int | None:
    """Return where the surname in capitals begins that stands before a first name: DUPONT Jean."""
    # Most words stand after another in small letters: it is not worth a search to know that.
    before = text[max(0, start - 2) : start]
    if len(before) < 2 or not (before[0].isupper() or before[0] == ","):
        return None
    match = _SURNAME_BEFORE.search(text, max(0, start - 44), start)
    if match is None or text[start : start + 2].isupper():
        return None
    surname = fold(match.group("surname"))
    return None if surname in _ACRONYMS or surname in folded_stop_words() else match.start()


def _spellings(name: str) -> Iterator[str]:
    """Yield a name as it may be written: with each accent or without, in small letters or not."""
    for form in (name, name.upper()):
        letters = ((char, fold(char).upper() if char.isupper() else fold(char)) for char in form)
        yield from map("".join, product(*map(dict.fromkeys, letters)))


def _pattern(spelling: str) -> str:
    """Return a spelling's anchor. A short name begins common words, as ``Dan`` does ``Dans``.

    Only the short ones must end their word: for all it takes ten seconds to compile the rules.
    """
    is_short = len(spelling) <= _SHORT and spelling[-1].isascii()
    return re.escape(spelling) + (r"\b" if is_short else "")


def _anchors(names: frozenset[str]) -> tuple[bytes, ...]:
    spellings = {spelling for name in names for spelling in _spellings(name)}
    return tuple(anchor(_pattern(spelling)) for spelling in sorted(spellings))


RULES = (
    Rule(
        "first-name",
        FindingType.PERSON,
        _anchors(first_names() | ambiguous_names()),
        False,
        _listed,
    ),
    Rule("surname", FindingType.PERSON, _anchors(surnames()), False, _surname),
)
