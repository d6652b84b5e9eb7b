"""Accounts as banks number them at home: French RIB, British sort codes, American routing numbers.

Most stand beside the IBAN that holds the same digits.
"""

import re
from collections.abc import Iterator

from raise_finetune.dataset.sanitize import checksums
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import (
    Column,
    Rule,
    Span,
    any_of,
    each,
    pattern_check,
)

_FRENCH_CUES = """
    code banque | guichet | relevé d'identité bancaire | compte bancaire | coordonnées bancaires
    | numéro de compte | n° de compte | n° compte | clé rib
    """
# In a row, or each with its name before it.
_FRENCH = re.compile(
    r"(?<![\w.,/-])(?P<bank>[0-9]{5})(?P<apart>[^0-9\x00]{0,40}?)(?P<branch>[0-9]{5})"
    r"[^0-9\x00]{0,40}?(?P<account>[0-9A-Z]{11})[^0-9\x00]{0,24}?(?P<key>[0-9]{2})(?![\w/]|[.,][0-9])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_FRENCH_REACH = 220


def _french(text: str, start: int) -> Iterator[Span]:
    """Yield an account after a cue: all of it, or what is not its bank's where words divide it."""
    for match in _FRENCH.finditer(text, start, start + _FRENCH_REACH):
        if checksums.french_account("".join(match.group("bank", "branch", "account", "key"))):
            yield match.span("account") if _LETTER.search(match.group("apart")) else match.span()
            return


_SORT_CODE = (
    r"sort\scode\W{0,4}(?:is\s|n[o°]\W{0,2})?"
    r"(?P<value>[0-9]{2}(?P<dash>[- ]?)[0-9]{2}(?P=dash)[0-9]{2})(?![\w/]|[.,-][0-9])"
)
_ROUTING_CUES = "routing number | routing no | aba number | aba routing | aba no"
_ROUTING = (
    rf"{any_of(_ROUTING_CUES)}(?!\w)\W{{0,4}}(?:(?:number|no|is)\W{{1,3}})?"
    r"(?P<value>[0-9]{9})(?!\w)"
)
_ACCOUNT_CUES = "account number | account no | bank account | acct number | acct no | acct"
_ACCOUNT = (
    rf"{any_of(_ACCOUNT_CUES)}(?!\w)\W{{0,3}}(?:(?:number|no|is|#)\W{{1,3}})?"
    r"(?P<value>[0-9]{6,12})(?![\w/]|[.,-][0-9])"
)
# A customer's account has a number, too.
_OF_A_BANK = re.compile(r"sort\scode|routing|\baba\b|\bbank|\biban\b|\bbic\b|swift", re.IGNORECASE)
_NEAR = 80


def _is_routing(match: re.Match[str]) -> bool:
    return checksums.routing(match.group("value"))


def _is_at_a_bank(match: re.Match[str]) -> bool:
    start, end = match.span()
    return _OF_A_BANK.search(match.string, max(0, start - _NEAR), end + _NEAR) is not None


RULES = (
    Rule(
        "account-fr",
        FindingType.IBAN,
        each(_FRENCH_CUES),
        True,
        Column(_french),
        carried=True,
    ),
    Rule(
        "sort-code",
        FindingType.IBAN,
        (rb"\bsort\scode\b",),
        True,
        pattern_check(_SORT_CODE, 40, flags=re.IGNORECASE),
    ),
    Rule(
        "routing-number",
        FindingType.IBAN,
        each(_ROUTING_CUES, r"\b"),
        True,
        pattern_check(_ROUTING, 50, _is_routing, re.IGNORECASE),
    ),
    Rule(
        "account-number",
        FindingType.IBAN,
        each(_ACCOUNT_CUES, r"\b"),
        True,
        pattern_check(_ACCOUNT, 60, _is_at_a_bank, re.IGNORECASE),
        carried=True,
    ),
)
