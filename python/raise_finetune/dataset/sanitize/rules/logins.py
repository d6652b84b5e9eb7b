"""Passwords without a cue right in front: beside a user name, before the word, in a request."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.password_near import MASKED, below
from raise_finetune.dataset.sanitize.rules.password_shape import (
    DOMAIN,
    built,
    is_reference,
    mixed,
    plausible,
    sure,
    unmistakable,
    without_tail,
)
from raise_finetune.dataset.sanitize.rules.rule import (
    Column,
    Rule,
    Span,
    anchor,
    any_of,
    each,
    pattern_check,
)

_QUOTE = r"[\"'`«“*]{0,2}"
_USER = rf"{_QUOTE}(?P<user>[^\W_][\w.@+-]{{1,40}}){_QUOTE}"
_VALUE = r"[\"'`«“*]{0,2}(?P<value>[^\s\x00<>\"'`«»“”|/,;][^\s\x00<>\"'`«»“”|,;]{2,60})"
# "admin / azerty9", "admin:azerty9", "admin – azerty9"
_PAIR = rf"{_USER}(?:\s?/\s?|\s?:\s?|\s(?:-|–|—|\+)\s|\s(?:et|and|avec|with|puis|then)\s){_VALUE}"
# These words announce a pair by themselves; the others only with a sign or "with".
_PAIR_CUES = "identifiants | identifiant | logins | login | credentials | creds | log in | sign in"
_SIGNED_CUES = """
    accès | access | compte | account | utilisateur | username | user | connexion | session |
    connecte toi | connectez vous | te connectes | vous connectez | me connecte | se connecter |
    logged in | auth | logs in |
    logging in | logue | loggue | loguer
    """
PAIR_CUES = f"{_PAIR_CUES}|{_SIGNED_CUES}"
# "login/mdp"
_BETWEEN = (
    r"(?:\s?/\s?(?:mdp|mot\sde\spasse|pass(?:word|wd|e)?|pwd|pw)(?!\w))?"
    r"(?:[ \t][^\W\d_][\w'’.-]{0,20}){0,4}?"
)
_SIGN = r"(?:\s{0,2}(?::|=|->|=>|→)\s{0,2}|\s(?:avec|with|as|en|sont|are|is|est|c['’]est)\s{1,2})"
_LOGIN = re.compile(
    rf"(?:{any_of(_PAIR_CUES)}(?!\w)(?:{_BETWEEN}{_SIGN}|\s{{1,2}})"
    rf"|{any_of(_SIGNED_CUES)}(?!\w){_BETWEEN}{_SIGN}){_PAIR}",
    re.IGNORECASE,
)
# "Comptes du banc :", and a list on the next lines
_HEADING = re.compile(rf"{any_of(PAIR_CUES)}s?(?!\w)[^\n\x00.;:]{{0,50}}:[ \t]*\n", re.IGNORECASE)
# … or a user name alone, and below it the password
_USER_LINE = re.compile(r"\n[ \t>-]{0,8}[A-Za-z][\w.@\\-]{2,40}[ \t]*(?=\n)")
_COMMON_USERS = frozenset(
    {
        "admin", "administrateur", "administrator", "root", "sa", "guest", "invité", "test", "demo",
        "postgres", "user", "sysadmin", "superadmin", "pi", "oracle", "backup", "support",
    }
)  # fmt: skip
_STOP = words("password_stop_words.txt")
_IDENTIFIER = re.compile(r"[A-Za-z]*(?:_[A-Za-z]*)+\Z")


class Pair(NamedTuple):
    """Where a user name and the password beside it stand."""

    user: Span
    password: Span


def pair_at(text: str, start: int) -> Pair | None:
    """Return the user name and the password that are announced at ``start``."""
    if start and (text[start - 1].isalnum() or text[start - 1] == "/"):
        return None
    match = _LOGIN.match(text, start, start + 220)
    if match is None or match.group("user").lower() in _STOP - _COMMON_USERS:
        return None
    begin, end = without_tail(text, *match.span("value"))
    value = text[begin:end]
    if not plausible(value) or DOMAIN.match(value):
        return None
    common = match.group("user").lower() in _COMMON_USERS and value.lower() not in _COMMON_USERS
    certain = common or (_unlike_words(value) and not is_reference(value))
    return Pair(match.span("user"), (begin, end)) if certain else None


def _passwords_of_logins(text: str, start: int) -> Iterator[Span]:
    """Yield the password beside an announced user name, and those of a list below."""
    pair = pair_at(text, start)
    if pair is not None:
        if text.find(MASKED, start, pair.password[0]) < 0:
            yield pair.password
            yield from below(text, pair.password[1])
    elif (heading := _HEADING.match(text, start, start + 80)) is not None:
        end = heading.end() - 1
        found = list(below(text, end))
        if not found and (user := _USER_LINE.match(text, end, end + 60)) is not None:
            found = list(below(text, user.end()))
        yield from found


def _unlike_words(value: str) -> bool:
    """Tell whether a value mixes letters with digits, or with symbols that join no words."""
    return (
        mixed(value)
        and not value.startswith(("+", "@", "#", "~"))
        and _IDENTIFIER.match(value) is None
    )


# "admin / azerty9": what else follows a slash there is a path, and a colon a group.
_ADMINISTRATORS = "admin | root | administrateur | administrator | operator"
_OF_ADMINISTRATOR = re.compile(
    rf"(?<![\w/.@-]){any_of(_ADMINISTRATORS)}(?P<sign>\s/\s|/|:){_VALUE}", re.IGNORECASE
)
_UNUSUAL = re.compile(r"(?=.*[A-Z])|.*[!@#$%^&*+?]")


def _of_administrator(text: str, start: int) -> Span | None:
    match = _OF_ADMINISTRATOR.match(text, start, start + 90)
    if match is None:
        return None
    begin, end = without_tail(text, *match.span("value"))
    value = text[begin:end]
    certain = len(value) >= _SHORTEST and plausible(value) and sure(value)
    is_spaced = match.group("sign").startswith(" ")
    return (
        (begin, end)
        if certain and (is_spaced or _UNUSUAL.match(value) or unmistakable(value))
        else None
    )


_SHORTEST = 6
_BEFORE_CUES = any_of("mot de passe | mdp | password | passphrase | passcode | pwd")
_FOLLOWED = re.compile(
    r"\s(?:(?:est|is|was|sera|comme|as)(?:\s(?:le|mon|ton|notre|votre|son|the|my|your|our|its))?"
    rf"(?:\s(?:nouveau|new|wi-?fi|root|admin|temporary))?)\s{_BEFORE_CUES}(?!\w)",
    re.IGNORECASE,
)
_LAST_WORD_REVERSED = re.compile(
    r"[\"'`»”*]{0,2}\s?(?P<value>[^\s\x00<>\"'`«»“”]{4,60})(?=[\s\x00\"'`«“*(:]|\Z)"
)


def _before_its_cue(text: str, start: int) -> Span | None:
    if _FOLLOWED.match(text, start, start + 60) is None:
        return None
    match = _LAST_WORD_REVERSED.match(text[max(0, start - 64) : start][::-1])
    if match is None:
        return None
    begin, end = start - match.end("value"), start - match.start("value")
    value = text[begin:end].lstrip("(:")
    begin = end - len(value)
    return (begin, end) if plausible(value) and sure(value) else None


_PURPOSE = (
    r"(?:to\s(?:log|sign|get)\s?(?:in|on)|to\sunlock|at\sthe\s(?:login|prompt)|when\s(?:asked|prompted)"
    r"|pour\s(?:te|vous|se|me|nous)\s(?:connecter|loguer|logger|identifier|authentifier)"
    r"|pour\s(?:ouvrir|d[ée]verrouiller|entrer|rentrer|acc[ée]der)"
    r"|quand\s(?:[cç]a|il|on)\s(?:te|vous|le)?\s?(?:le\s)?demande|[àa]\sl['’]invite)"
)
_REQUEST = re.compile(
    rf"(?:use|type|enter|utilise[rz]?|tape[rz]?|saisi[rs]|saisissez|mets|mettez|entre[rz]?)\s{_QUOTE}"
    rf"(?P<value>[^\s\x00<>\"'`«»“”]{{5,60}})[\"'`»”*]{{0,2}}\s{_PURPOSE}\b",
    re.IGNORECASE,
)


def _requested(text: str, start: int) -> Span | None:
    if start and text[start - 1].isalnum():
        return None
    match = _REQUEST.match(text, start, start + 130)
    if match is None:
        return None
    value = match.group("value")
    return match.span("value") if plausible(value) and sure(value) else None


# "pass" alone is a word of every kind: its value must look like nothing else.
_SHORT_NAME = re.compile(
    r"(?:passe?|pw)(?:[\"'\]]{0,2}\s{0,2}(?::|=>|=|->|→)\s{0,2}"
    r"|\s(?:is|est|c['’]est)\s(?:now\s|maintenant\s)?|(?P<beside>\s))" + _VALUE,
    re.IGNORECASE,
)


# "user ada, pass …"
_USER_BEFORE = re.compile(
    r"(?<!\w)(?:user|username|login|identifiant|utilisateur|compte|account)\s?:?\s"
    r"[^\s\x00,;:]{2,40}\s?[,;/&+(-]?\s?\Z",
    re.IGNORECASE,
)
_BACK = 60


def _short_name(text: str, start: int) -> Span | None:
    if start and text[start - 1].isalnum():
        return None
    match = _SHORT_NAME.match(text, start, start + 90)
    if match is None:
        return None
    begin, end = without_tail(text, *match.span("value"))
    value = text[begin:end]
    if match.group("beside") is not None:
        is_login = _USER_BEFORE.search(text, max(0, start - _BACK), start)
        return (begin, end) if unmistakable(value) or (is_login and built(value)) else None
    certain = end - begin >= 6 and value.isascii() and plausible(value) and sure(value)
    return (begin, end) if certain else None


_SQL = (
    r"identified\s(?:with\s[\"'\w]{1,40}\s)?by\s(?:password\s)?(?P<quote>[\"'])"
    r"(?P<value>[^\n\x00\"']{3,60})(?P=quote)"
)

RULES = (
    Rule(
        "password-sql",
        FindingType.PASSWORD,
        (rb"\bidentified\s(?:with|by)\s",),
        True,
        pattern_check(_SQL, 150, lambda match: plausible(match.group("value")), re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "password-short-name",
        FindingType.PASSWORD,
        (
            anchor(
                r"\b(?:passe?|pw)(?:[\"'\]]{0,2}\s{0,2}(?:[:=-]|→)|\s(?:is|est|c'est|c’est)\s|\s[^\s]{0,16}[0-9])"
            ),
        ),
        True,
        _short_name,
        carried=True,
    ),
    Rule(
        "password-of-login",
        FindingType.PASSWORD,
        each(
            PAIR_CUES,
            r"\b",
            r"[^\n\x00]{1,64}(?:[/:]|[ \t][-+]|\s(?:et|and|avec|with|puis|then|–|—)\s)",
        ),
        True,
        Column(_passwords_of_logins),
        carried=True,
    ),
    Rule(
        "password-of-administrator",
        FindingType.PASSWORD,
        each(_ADMINISTRATORS, r"\b", r"(?:\s/\s|/|:)[^\s/:]{1,30}[0-9]"),
        True,
        _of_administrator,
        carried=True,
    ),
    Rule(
        "password-before-cue",
        FindingType.PASSWORD,
        each(
            "mot de passe | mdp | password | passphrase | passcode | pwd",
            r"\s(?:est|is|was|sera|comme|as)(?:\s[a-zA-Z-]{2,9}){0,2}\s",
        ),
        True,
        _before_its_cue,
        carried=True,
    ),
    Rule(
        "password-requested",
        FindingType.PASSWORD,
        each(
            "use | type | enter | utilise | utilisez | utiliser | tape | tapez | taper | saisir |"
            " saisis | saisissez | mets | mettez | entre | entrez | entrer",
            r"\b",
            r"\s[^\s]{5,64}\s(?:to|at|when|pour|quand|à|a)\s",
        ),
        True,
        _requested,
        carried=True,
    ),
)
