"""Postal addresses whose number follows the street: Belgium, Switzerland, Germany, Italy, Spain."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import BLANK, UPPER, Rule, Span

# Before the name of a street, in French, Italian, Spanish and Portuguese.
_KIND = (
    r"(?:(?i:rue|avenue|av\.|boulevard|bd|chauss[ée]e|chemin|place|quai|route|all[ée]e|impasse|square)"
    r"|Via|Viale|Piazza|Corso|Vicolo|Calle|C/|Avenida|Avda\.|Paseo|Plaza|Rua|Travessa|Pra[çc]a)"
)
_WORD = r"[^\W\d_][\w'’.-]{0,25}"
# At the end of the name of a street, in German and Dutch.
_ENDING = (
    r"(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ring|damm|ufer|berg|hof|markt|graben"
    r"|straat|laan|gracht|plein|kade|singel|dreef|lei|steenweg)"
)
_STREET = (
    rf"(?:{_KIND}{BLANK}(?:{_WORD}{BLANK}){{1,5}}"
    rf"|(?:[{UPPER}]{_WORD}{BLANK}){{0,2}}[{UPPER}][\w-]{{0,25}}?{_ENDING}{BLANK}"
    rf"|[{UPPER}][\w-]{{2,20}}{BLANK}(?i:stra(?:ß|ss)e|weg|platz|allee|ring|straat|laan|plein){BLANK})"
)
_NUMBER = r"[0-9]{1,4}(?:[/-][0-9]{1,4}){0,2}(?: ?[a-zA-Z]\b)?"
_DOOR = (
    r"(?:,? (?:bte|bo[îi]te|bus|box|[ée]tage|app?t?\.?|top|piso) ?\w{1,5}"
    r"|, ?[0-9]{1,2}[ºª°]\.? ?\w{0,3})"
)
_BEFORE = re.compile(rf"(?<![\w-]){_STREET}{_NUMBER}(?:{_DOOR}){{0,2}} ?\Z")
_NUMBERED = re.compile("[0-9]")
_TOWN = re.compile(
    rf"[,\n-]{BLANK}?(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}{BLANK}(?:[A-Z]{{2}}{BLANK}(?=[{UPPER}]))?"
    rf"[{UPPER}][\w'’-]{{1,40}}(?:[ -][{UPPER}][\w'’-]{{1,30}}){{0,3}}"
)


def _back_from_town(text: str, start: int) -> Span | None:
    # A number stands right before the comma, but for a door; elsewhere a search would be dear.
    if not _NUMBERED.search(text, max(0, start - 14), start):
        return None
    town = _TOWN.match(text, start, start + 120)
    if town is None:
        return None
    before = _BEFORE.search(text, max(0, start - 110), start)
    return (before.start(), town.end()) if before else None


RULES = (
    Rule(
        "address-abroad",
        FindingType.ADDRESS,
        (
            rb"[,\n-](?: |\xc2\xa0)?(?:[A-Z]{1,2}-)?[0-9]{4,5}(?: |\xc2\xa0)"
            rb"(?:[A-Z]{2} )?(?:[A-Z]|\xc3)",
        ),
        False,
        _back_from_town,
        carried=True,
    ),
)
