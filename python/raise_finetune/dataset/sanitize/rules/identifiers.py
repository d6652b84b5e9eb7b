"""Numbers with a check digit: bank accounts, cards, social security, companies."""

import re
from functools import cache

from raise_finetune.dataset.sanitize import checksums
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import (
    REFERENCE_BEFORE,
    SEPARATOR,
    SEPARATOR_ANCHOR,
    Rule,
    Span,
    any_of,
    before,
    compact,
    pattern_check,
    width,
)

_NOT_DIGIT = re.compile("[^0-9]+")


@cache
def _iban_pattern(length: int) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)[A-Za-z]{{2}}[0-9]{{2}}(?:{SEPARATOR}?[0-9A-Za-z]){{{length - 4}}}(?!\w)"
    )


def _iban(text: str, start: int) -> Span | None:
    length = checksums.IBAN_LENGTHS.get(text[start : start + 2].upper())
    if length is None:
        return None
    match = _iban_pattern(length).match(text, start, start + 80)
    if match is None or not checksums.iban(compact(match.group())):
        return None
    return match.span()


# Nor inside a longer number in groups of four.
_CARD = re.compile(
    rf"(?<!\w)(?<![0-9][.,/\-])(?<![0-9]{{4}}{SEPARATOR})[2-6][0-9]{{3}}(?:{SEPARATOR}?[0-9]){{8,15}}"
)
_GOES_ON = re.compile(rf"{SEPARATOR}[0-9]{{4}}(?![0-9])")
_CARD_CUE = re.compile(
    "(?:" + any_of(
    """
    carte | card | paiement | payment | visa | mastercard | maestro
    """
)
    + r"|amex|\bcb\b|\bpan\b)[^\n]{0,30}\Z",
    re.IGNORECASE,
)  # fmt: skip
# How the numbers of each network begin, and their lengths; without a cue only those count that
# hardly occur by chance.
_NETWORKS = (
    ("4", (16, 13, 19)),
    ("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),
    ("3[47]", (15,)),
    ("3(?:0[0-5]|[689])", (14, 16, 19)),
    ("35(?:2[89]|[3-8])", (16, 17, 18, 19)),
    ("6(?:011|22|4[4-9]|5)", (16, 17, 18, 19)),
    ("50|5[6-9]|6", (12, 13, 14, 15, 16, 17, 18, 19)),
)
_NETWORK = re.compile("|".join(f"({beginning})" for beginning, _ in _NETWORKS))
_COMMON_LENGTHS = (15, 16)
_CARD_GROUPS = ([4, 6, 5], [4, 6, 4])


def _card(text: str, start: int) -> Span | None:
    match = _CARD.match(text, start, start + 40)
    if match is None:
        return None
    number = match.group()
    digits = compact(number)
    for length in _card_lengths(digits):
        if length > len(digits) or not checksums.luhn(digits[:length]):
            continue
        end = start + width(number, length)
        if text[end : end + 1].isalnum():
            continue
        if length not in _COMMON_LENGTHS and _GOES_ON.match(text, end, end + 6):
            continue
        if end - start > length:
            groups = [len(group) for group in _NOT_DIGIT.split(text[start:end])]
            if groups in _CARD_GROUPS or set(groups[:-1]) == {4}:
                return start, end
        elif length in _COMMON_LENGTHS or _CARD_CUE.search(before(match, 60)):
            return start, end
    return None


def _card_lengths(digits: str) -> tuple[int, ...]:
    network = _NETWORK.match(digits)
    return _NETWORKS[network.lastindex - 1][1] if network and network.lastindex else ()


_SOCIAL_CUE = re.compile(
    "(?:" + any_of(
    """
    sécu | sécurité sociale | social security | insee | immatriculation
    """
)
    + r"|\bnir\b|\bnss\b|\bssn\b|n[°o]\s?ss\b|vitale|assur)[^\n]{0,40}\Z",
    re.IGNORECASE,
)  # fmt: skip
_NIR_SPACES = 4
_DEPARTMENT = re.compile("0[1-9]|[1-8][0-9]|9[0-9]|2[AaBb]")


# 1.84556867019693 is a decimal number.
_DECIMAL = re.compile(r"[0-9]\.[0-9]+\Z")


def _nir(match: re.Match[str]) -> bool:
    if _DECIMAL.match(match.group("value")):
        return False
    body = compact(match.group("body"))
    month = int(body[3:5])
    if not (1 <= month <= 12 or 20 <= month <= 42 or 50 <= month <= 99):
        return False
    if not _DEPARTMENT.match(body[5:7]):
        return False
    cued = _SOCIAL_CUE.search(before(match, 60)) is not None
    if match.group("key") is not None:
        return cued or int(match.group("key")) == checksums.nir_key(body)
    # Thirteen digits in a row are also a time in milliseconds.
    spaced = len(match.group("body")) >= len(body) + _NIR_SPACES
    return cued or (spaced and 1 <= month <= 12)


_TIMESTAMP = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-2]")


def _siret(match: re.Match[str]) -> bool:
    digits = compact(match.group("value"))
    if not checksums.siret(digits):
        return False
    context = before(match, 30)
    if "siret" in context or len(digits) < len(match.group("value")):
        return True
    return _TIMESTAMP.match(digits) is None and REFERENCE_BEFORE.search(context) is None


def _siren(match: re.Match[str]) -> bool:
    return checksums.siren(compact(match.group("value")))


def _vat(match: re.Match[str]) -> bool:
    digits = compact(match.group("value"))[len("FR") :]
    return checksums.siren(digits[2:]) and checksums.french_vat_key(digits[2:]) == int(digits[:2])


_S = SEPARATOR_ANCHOR + rb"?"
_SIREN_CUE = r"(?:siren|rcs)"

RULES = (
    Rule(
        "iban",
        FindingType.IBAN,
        (rb"\b[A-Za-z]{2}[0-9]{2}(?:" + _S + rb"[0-9A-Za-z]){11}",),
        False,
        _iban,
    ),
    Rule("card", FindingType.CARD, (rb"\b[2-6][0-9]{3}(?:" + _S + rb"[0-9]){8}",), False, _card),
    Rule(
        "nir",
        FindingType.NIR,
        (rb"\b[1-478]" + _S + rb"[0-9]{2}" + _S + rb"[0-9]{2}" + _S + rb"(?:[0-9]{2}|2[ABab])"
        + _S + rb"[0-9]{3}" + _S + rb"[0-9]{3}(?:\b|[0-9]{2}\b|[Cc]l)",),
        False,
        pattern_check(
            rf"(?<!\w)(?<![0-9][.,/\-])(?P<value>(?P<body>[1-478]{SEPARATOR}?[0-9]{{2}}{SEPARATOR}?"
            rf"[0-9]{{2}}{SEPARATOR}?(?:[0-9]{{2}}|2[ABab]){SEPARATOR}?[0-9]{{3}}{SEPARATOR}?"
            rf"[0-9]{{3}})(?:{SEPARATOR}{{0,3}}(?:\(?[Cc]l[ée] ?:? ?)?(?P<key>[0-9]{{2}})\)?)?)"
            rf"(?!\w)(?![.,][0-9])",
            48,
            _nir,
        ),
    ),
    Rule(
        "siret",
        FindingType.SIRET,
        (rb"\b[0-9]{3}" + _S + rb"[0-9]{3}" + _S + rb"[0-9]{3}" + _S + rb"[0-9]{2}" + _S
        + rb"[0-9]{3}\b",),
        False,
        pattern_check(
            rf"(?<!\w)(?<![0-9][.,/\-])(?P<value>[0-9]{{3}}{SEPARATOR}?[0-9]{{3}}{SEPARATOR}?"
            rf"[0-9]{{3}}{SEPARATOR}?[0-9]{{2}}{SEPARATOR}?[0-9]{{3}})(?!\w)(?![.,][0-9])",
            24,
            _siret,
        ),
    ),
    Rule(
        "siren",
        FindingType.SIREN,
        (rb"\b(?:siren|rcs)\b",),
        True,
        pattern_check(
            rf"{_SIREN_CUE}[^\n0-9]{{0,30}}(?P<value>[0-9]{{3}}{SEPARATOR}?[0-9]{{3}}"
            rf"{SEPARATOR}?[0-9]{{3}})(?!\w)(?![.,][0-9])",
            64,
            _siren,
            re.IGNORECASE,
        ),
        carried=True,
    ),
    Rule(
        "vat-fr",
        FindingType.SIREN,
        (rb"\bFR" + _S + rb"[0-9]{2}" + _S + rb"[0-9]{3}" + _S + rb"[0-9]{3}" + _S + rb"[0-9]{3}",),
        True,
        pattern_check(
            rf"(?<!\w)(?P<value>FR{SEPARATOR}?[0-9]{{2}}{SEPARATOR}?[0-9]{{3}}{SEPARATOR}?"
            rf"[0-9]{{3}}{SEPARATOR}?[0-9]{{3}})(?!\w)",
            24,
            _vat,
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
