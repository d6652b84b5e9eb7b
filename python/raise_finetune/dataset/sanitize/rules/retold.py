"""Passwords that are told in passing: corrected, renewed, or with the Wi-Fi in place of a cue."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.password_shape import plausible, sure, without_tail
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, anchor, any_of, each

_VALUE = r"[\"'`«“*]{0,2}\s?(?P<value>[^\s\x00<>\"'`«»“”|;][^\s\x00<>\"'`«»“”|;]{4,60})"
# "… was X, now it's Y": what is told anew, shortly after a password's own cue.
_ANEW = """
    maintenant c'est | désormais c'est | depuis c'est | plutôt c'est | mais c'est | c'est plutôt |
    , c'est | ou alors | ou bien | ou peut-être | ou sinon | now it's | now it is | it's now |
    going to be | , it's | or maybe | or else | but it's | l'ai mis à | l'ai changé en |
    set it to | , tape | , tapez | , type | , enter
    """
_AGAIN = re.compile(rf"{any_of(_ANEW)}\s{{1,2}}{_VALUE}", re.IGNORECASE)
_DIGIT_SOON = r"\s{1,2}[^\s]{0,24}[0-9]"
_PASSWORD = re.compile(
    any_of("mot de passe | mdp | password | passphrase | passcode | pwd | digicode"), re.IGNORECASE
)
_NEAR = 110

_WIFI = re.compile(
    r"(?:wi-?fi(?:\s[^\W\d_][\w'’-]{0,20}){0,4}?\s?(?:c['’]est|est|is|->|→|=)\s{1,2}"
    r"|wi-?fi(?:\s[^\W\d_][\w'’-]{0,20}){0,4}?(?:\s?:\s[^\s/\x00]{2,24}\s/\s|,\s(?:la\s|the\s)?(?:cl[ée]|key)\s)"
    r"|(?:wpa[23]?|psk)(?:-psk)?\)?(?:\s(?:key|passphrase|personal|de|du|la|le|[\w-]{3,12})){0,3}?\s?(?:c['’]est|est|is|->|→|=|:|\s)\s?"
    r"|ssid[^\n\x00]{1,50}[\n,;][^\n\x00:=,;]{0,30}(?:cl[ée]|key)[^\n\x00:=]{0,30}[:=]\s?)"
    + _VALUE,
    re.IGNORECASE,
)
# What boxes call their networks, not their keys.
_NETWORK = re.compile(
    r"(?:livebox|freebox|bbox|sfr|neuf|tp-?link|netgear|eduroam|wpa|wep)", re.IGNORECASE
)
_MIN_WIFI = 8
# SHA-256, ISO27001, 802.11ac
_NORM = re.compile(r"[A-Z]{2,6}-?[0-9]{1,6}(?:[:-][0-9]{1,4})?\Z|802\.")


# "the code is X, then Y at the gate": a second one beside the first.
_PLACES = any_of(
    """
    coffre | portail | portillon | garage | cave | parking | alarme | porte | immeuble | box |
    cadenas | ascenseur | local | entrée | hall | badge | gate | safe | door | alarm | basement |
    locker
    """
)
_SECOND = re.compile(
    rf"(?:(?:et\s|and\s)?(?:puis|ensuite|then)(?:,?\s(?:c['’]est|it['’]s))?"
    rf"|(?:,|et|and)\s(?:(?:le|la|the|du|de la)\s)?{_PLACES}(?:\s?:)?)\s{{1,2}}"
    r"(?:(?P<code>[A-D]?[0-9]{4,8}[A-Z]?|(?=[0-9A-D]{4})[0-9]{1,4}[A-D][0-9]{1,4})(?![\w€%]|[.,/:-][0-9]|\s[€%])"
    rf"|{_VALUE})",
    re.IGNORECASE,
)
_FIRST = re.compile(
    any_of(
        """
        mot de passe | mdp | password | passphrase | passcode | digicode | code pin | pin |
        code d'accès | code d'entrée | door code | alarm code | gate code | code secret |
        code de la porte | code de l'alarme | code du portail | code portail | code porte |
        code alarme | code de l'immeuble | code immeuble | code du parking | code du garage |
        code du coffre | access code | entry code | safe code
        """
    )
    + r"(?!\w)[^\n\x00.;0-9]{0,40}?[\s:\"'`«“]"
    r"(?=[^\s,]{4})[^\s\x00]{0,20}[0-9][^\s\x00]{0,20}(?<![.;])"
    r"(?:\s[^\n\x00.;0-9]{0,16}|\s?)\Z",
    re.IGNORECASE,
)


def _second(text: str, start: int) -> Span | None:
    match = _SECOND.match(text, start, start + 110)
    if match is None or not _FIRST.search(text, max(0, start - 90), start):
        return None
    return match.span("code") if match.group("code") else _sure_span(text, match)


def _told_anew(text: str, start: int) -> Span | None:
    match = _AGAIN.match(text, start, start + 100)
    if match is None or not _PASSWORD.search(text, max(0, start - _NEAR), start):
        return None
    return _sure_span(text, match)


def _wifi(text: str, start: int) -> Span | None:
    match = _WIFI.match(text, start, start + 170)
    if match is None or _NETWORK.match(match.group("value")):
        return None
    span = _sure_span(text, match)
    return span if span and span[1] - span[0] >= _MIN_WIFI else None


def _sure_span(text: str, match: re.Match[str]) -> Span | None:
    begin, end = without_tail(text, *match.span("value"))
    value = text[begin:end]
    certain = plausible(value) and sure(value) and _NORM.match(value) is None
    return (begin, end) if certain else None


RULES = (
    Rule(
        "password-anew",
        FindingType.PASSWORD,
        each(_ANEW, after=_DIGIT_SOON),
        True,
        _told_anew,
        True,
    ),
    Rule(
        "password-second",
        FindingType.PASSWORD,
        (
            rb"\b(?:puis|ensuite|then)\b"
            + _DIGIT_SOON.replace(r"\s{1,2}", r"[^0-9\n]{1,12}").encode(),
            anchor(
                rf"(?:,|et|and)\s(?:(?:le|la|the|du|de la)\s)?{_PLACES}(?:\s?:)?\s{{1,2}}[0-9A-D]"
            ),
        ),
        True,
        _second,
    ),
    Rule(
        "password-of-wifi",
        FindingType.PASSWORD,
        (
            rb"\b(?:wpa[23]?|psk)[^0-9a-z][^\n]{0,50}[0-9$!&]",
            rb"\bssid[^\n]{1,50}[\n,;][^\n:=,;]{0,30}(?:cl(?:\xc3\xa9|e)|key)[^\n:=]{0,30}[:=]",
            rb"\bwi-?fi(?:\s[^\s]{1,20}){0,4}?\s?(?:c'est|c\xe2\x80\x99est|est|is|->|\xe2\x86\x92|=)\s",
            rb"\bwi-?fi[^\n:,]{0,60}(?::\s[^\s/]{2,24}\s/|,\s[^\n,]{0,4}(?:cl(?:\xc3\xa9|e)|key))\s",
        ),
        True,
        _wifi,
        carried=True,
    ),
)
