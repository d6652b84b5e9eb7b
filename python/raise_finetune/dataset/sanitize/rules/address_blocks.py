"""Postal addresses without a number and a kind of street, read back from their postcode."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import UPPER, Rule, Span, any_of

_B = "[ \u00a0\u202f]"
_PLACES = """
    lieu-dit | lieu dit | lieudit | za | zi | zac | zone artisanale | zone industrielle | zone
    commerciale | parc d'activités | parc d'activité | technopole | résidence | lotissement |
    immeuble | tour | bâtiment | hameau | domaine | rue | avenue | boulevard | chemin | impasse |
    allée | allées | route | place | quai | cours | square | villa | clos | château | ferme | mas
    """
_BOX = rf"(?:B\.?P\.?|CS|TSA){_B}?(?:n°{_B}?)?[0-9]{{1,6}}"
_WORD = r"[^\W_][\w'’.-]{0,25}"
_BEGINS = rf"(?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]){_B}?){{0,2}}[{UPPER}]"
_NAMED = (
    rf"(?:[0-9]{{1,4}},?{_B})?(?i:{any_of(_PLACES)}){_B}"
    rf"{_BEGINS}[\w'’.-]{{0,25}}(?:{_B}{_WORD}){{0,5}}"
)
_NUMBERED = (
    rf"[0-9]{{1,4}}(?:{_B}?(?:bis|ter|quater|[A-D]))?,?{_B}(?:(?:[Ll]es?|[Ll]a){_B})?"
    rf"[{UPPER}][\w'’-]{{1,25}}(?:{_B}{_WORD}){{0,4}}"
)
_MORE = rf"(?:{_B}?[,–-]{_B}?|\n)"
_PART = r"(?i:b[âa]t(?:iment|\.)?|appt?\.?|entrée|esc(?:alier|\.)?|étage)"
_DETAIL = rf"(?:{_MORE}{_PART}{_B}?\w{{1,8}}){{0,2}}"
# What stands before the postcode, up to it; a bare number needs a comma or a new line there.
_BEFORE = re.compile(
    rf"(?<![\w'’.,/-])(?:(?:(?:{_PART}{_B}?\w{{1,8}},{_B}?){{0,3}}{_NAMED}{_DETAIL}|{_BOX})(?:{_MORE}{_BOX})?(?:{_MORE}|{_B})"
    rf"|{_NUMBERED}{_DETAIL}(?:{_B}?,{_B}?|\n))\Z"
)
_TOWN_LINK = r"(?:sur|sous|en|la|le|les|lès|de|du|des|d|aux?)"
_TOWN = re.compile(
    rf"(?:F-)?(?:0[1-9]|[1-8][0-9]|9[0-8]){_B}?[0-9]{{3}},?{_B}"
    rf"(?P<town>[{UPPER}][\w'’-]{{1,40}}"
    rf"(?:[ -](?:{_TOWN_LINK}[ -])?[{UPPER}][\w'’-]{{1,30}}){{0,4}})"
    rf"(?:{_B}(?i:cedex))?(?:(?<=(?i:cedex)){_B}[0-9]{{1,2}})?"
)
_NO_TOWN = re.compile(
    r"(?:euros?|lignes?|habitants?|clients?|personnes?|fichiers?|utilisateurs?|lines?|files?|users?"
    r"|rows?|people|documents?|tokens?|records?)\Z",
    re.IGNORECASE,
)


def _back_from_postcode(text: str, start: int) -> Span | None:
    town = _TOWN.match(text, start, start + 120)
    if town is None or _NO_TOWN.match(town.group("town")):
        return None
    first = max(0, start - 110)
    before = _BEFORE.search(text, first, start)
    return (before.start(), town.end()) if before else None


_BRITISH = re.compile(
    r"(?<![\w,.'-])(?:[0-9]{1,4}[a-z]? )?"
    r"(?:(?:The )?[A-Z][a-z'’]{1,20}(?: [A-Z][a-z'’]{1,20}){0,3}, ){1,3}"
    r"[A-Z][A-Za-z'’-]{1,25}(?: [A-Z][A-Za-z'’-]{1,25}){0,2},? \Z"
)
_BRITISH_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}(?!\w)")


def _back_from_british_postcode(text: str, start: int) -> Span | None:
    postcode = _BRITISH_POSTCODE.match(text, start, start + 10)
    if postcode is None:
        return None
    before = _BRITISH.search(text, max(0, start - 110), start)
    return (before.start(), postcode.end()) if before else None


_PO_BOX = re.compile(
    r"(?:P\.? ?O\.? ?|Post Office )Box [0-9]{1,6}(?!\w)"
    r"(?:,?\s(?:[A-Z][a-zA-Z'.-]{1,25}(?: [A-Z][a-zA-Z'.-]{1,25}){0,2},? )?"
    r"(?:[A-Z]{2},? [0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})(?!\w))?"
)


def _box(text: str, start: int) -> Span | None:
    match = _PO_BOX.match(text, start, start + 130)
    return match.span() if match else None


RULES = (
    Rule(
        "address-postcode",
        FindingType.ADDRESS,
        (rb"\b[0-9]{2}(?: |\xc2\xa0)?[0-9]{3},?(?: |\xc2\xa0|\xe2\x80\xaf)(?:[A-Z]|\xc3)",),
        False,
        _back_from_postcode,
        carried=True,
    ),
    Rule(
        "address-postcode-gb",
        FindingType.ADDRESS,
        (rb"\b[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}\b",),
        False,
        _back_from_british_postcode,
        carried=True,
    ),
    Rule(
        "address-box",
        FindingType.ADDRESS,
        (rb"\b(?:P\.? ?O\.? ?|Post Office )Box [0-9]",),
        False,
        _box,
        carried=True,
    ),
)
