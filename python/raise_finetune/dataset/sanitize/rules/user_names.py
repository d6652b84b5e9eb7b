"""User names that a word announces: a login, an account's name, a user id."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.names import fold, folded_first_names, folded_surnames
from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.rule import (
    UPPER,
    Rule,
    Span,
    any_of,
    each,
    pattern_check,
)

_CUES = """
    login | logon | identifiant | username | user name | nom d'utilisateur | user id | userid |
    compte windows | compte ad | compte ldap | compte réseau | compte vpn | compte gitlab |
    compte github | compte jira | windows account | ad account | vpn account | domain account |
    utilisateur windows | utilisateur ad | utilisateur ldap | ad user | windows user |
    pseudo | nickname | code utilisateur | compte utilisateur | user account
    """
# "mon log c …", "ident : …": parts of other words, and logs of machines.
_SHORT_CUES = r"(?:mon|ton|my)\slog(?=\s)|ident(?=\s)"
# Not "son identifiant": requirements have identifiers, too.
_OWNERS = "mon | ton | votre | my | your | his | her"
_WORDS_BETWEEN = (
    r"windows|ad|ldap|vpn|jira|gitlab|github|sap|teams|slack|mattermost|skype|discord|telegram"
    r"|r[ée]seau|intranet|extranet|pro|personnel|de\ssession|de\sconnexion|utilisateur|du\scompte|[\"'`*«|]"
    r"|[àa]\scr[ée]er|de\s(?:domaine|messagerie)|doors|capella|polarion|teamcenter|windchill|enovia|catia|confluence|nexus|jenkins|artifactory|sharepoint|office|o365|citrix|glpi|servicenow|redmine|svn|jama|codebeamer|portail|g[ée]n[ée]rique"
    # whose it is
    r"|(?:(?:de|du|des|of|for|pour)\s|d['’])[^\W\d_]{2,20}(?:[ -][^\W\d_]{2,20}){0,2}(?=\s?:)"
)
_SIGNS = r"(?:est(?:\sle)?|is|was|sera(?:\sle)?|[ée]tait|c['’]?est|c|['’]s)(?=\s)|[:=→]|->"
ACCOUNT_NAME = r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+){0,3}"
_NAME = rf"(?P<value>{ACCOUNT_NAME})(?![\w@(\[:/\\]|\.\w)"
_LOGIN = re.compile(
    rf"(?:{any_of(_CUES)}|{_SHORT_CUES})(?!\w)(?:\s{{0,2}}(?:{_WORDS_BETWEEN}|(?P<sign>{_SIGNS}))(?!(?<=\w)\w)){{1,5}}\s{{0,2}}[\"'`«*]{{0,2}}\s?{_NAME}",
    re.IGNORECASE,
)
_OWNER = re.compile(rf"(?<!\w){any_of(_OWNERS)}\s(?:\w{{2,12}}\s)?\Z", re.IGNORECASE)
# A letter or two and a number, as companies hand out: "a123456", "jdup42"; not "utf8", "sha256".
_NUMBERED = re.compile(r"[a-z]{1,8}[0-9]{2,7}\Z", re.IGNORECASE)
_TECHNICAL = re.compile(
    r"(?:utf|sha|md|base|u?int|float|ipv|x|win|http|oauth|tls|uuid|v|rev|id|req|exg|test|user)[0-9]+\Z",
    re.IGNORECASE,
)
_STOP = (
    words("password_stop_words.txt")
    | words("generic_accounts.txt")
    | words("service_accounts.txt")
    | words("no_accounts.txt")
)
# "p.lenoir"; "lguilloux": no word of French or English begins so.
_INITIAL = re.compile(
    r"[a-z]\.[a-z]{4,}\Z"
    r"|(?=[a-z]{6,16}[0-9]{0,2}\Z)(?!(?:[bcfgkps][lr]|[dtv]r|[cgpstwrk]h|[gkp]n|s[ckmnpqtwfv]|[dt]w|m[cn]"
    r"|ps(?:eu|y|ql)|pt|cz|ts|qu|wr|vl|ll|st|x[ehm]))[bcdfghjklmnpqrstvwxyz][bcdfghjklmnpqrstvwxz]"
    r"(?=[a-z]*[aeiouy])"
)
_SHORTEST = 4
# In capitals only as companies number people; "EXG042" is a requirement.
_IN_CAPITALS = re.compile(r"[A-Z]{1,2}[0-9]{5,7}\Z")


def _login(text: str, start: int) -> Span | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        return None
    match = _LOGIN.match(text, start, start + 110)
    if match is None:
        return None
    written = match.group("value")
    value = written.lower()
    if not may_be_a_persons(value):
        return None
    if written.isupper() and _IN_CAPITALS.match(written) is None:
        return None
    is_owned = _OWNER.search(text, max(0, start - 24), start) is not None
    if match.group("sign") is None:  # "votre identifiant intranet apennec2"
        return match.span("value") if is_owned and not value.isalpha() else None
    return match.span("value") if is_owned or is_a_persons(value) else None


def may_be_a_persons(value: str) -> bool:
    """Tell whether a word, in small letters, may be an account's name at all."""
    return len(value) >= _SHORTEST and value not in _STOP


def is_a_persons(value: str) -> bool:
    """Tell whether a user name is made of a name, of an initial and a name, or has a number."""
    if _NUMBERED.match(value):
        return _TECHNICAL.match(value) is None
    if _INITIAL.match(value):
        return True
    parts = _parts(value)
    return _ends_in_a_name(parts[0]) if len(parts) == 1 else any(map(_is_a_name, parts))


def may_name_an_account(match: re.Match[str]) -> bool:
    """Tell whether a match's value may be an account's name at all, in any letters."""
    return may_be_a_persons(match.group("value").lower())


def may_be_told_apart(value: str) -> bool:
    """Tell whether a user name, in small letters, means nothing else wherever it stands."""
    if _INITIAL.match(value) is not None:
        return True
    return len(value) > _SHORTEST + 1 and not _is_a_name(value) and _is_a_name(value[1:])


def names_a_person(match: re.Match[str]) -> bool:
    """Tell whether a match's value is a user name that tells a person, in any letters."""
    return may_name_an_account(match) and is_a_persons(match.group("value").lower())


def is_made_of_names(value: str) -> bool:
    """Tell whether a user name is made of first names, surnames and initials alone."""
    parts = _parts(value)
    if len(parts) == 1:
        return _ends_in_a_name(parts[0])
    if "." in value and parts[0] in folded_first_names():
        return True  # "claire.bonnet"; "arturo-lang" would be a project
    return all(len(part) == 1 or _is_a_name(part) for part in parts)


def _parts(value: str) -> list[str]:
    return [fold(part.rstrip("0123456789")) for part in re.split("[._-]", value)]


def _ends_in_a_name(word: str) -> bool:  # "jdupont", "jedupont"
    names = (word, *(name for name in (word[1:], word[2:]) if len(name) >= _SHORTEST))
    return any(map(_is_a_name, names))


def _is_a_name(word: str) -> bool:
    return word in folded_first_names() or word in folded_surnames()


# What the services of Unix write into their logs: whoever tried to come in.
_LOGGED = (
    r"(?:(?:accepted\s[\w/-]{4,40}\sfor|failed\s[\w/-]{4,40}\sfor(?:\sinvalid\suser)?|invalid\suser)"
    r"(?=\s[^\s]{3,32}\sfrom\s)|(?:[ée]chec\s(?:de\sla|de|d['’])\s?(?:connexion|authentification)|connexion\s(?:r[ée]ussie|refus[ée]e)|authentification\s(?:r[ée]ussie|refus[ée]e))\spour(?:\sl['’]utilisateur)?(?=\s[^\s]{3,32}\s(?:depuis|sur|[àa]|\()\s?)|session\s(?:opened|closed)\sfor\suser|new\suser:\sname=)"
    r"\s?(?P<value>[a-z_][a-z0-9_-]{2,30}(?:\.[a-z0-9_-]{1,30}){0,2})(?![\w@])"
)
_LOG_ANCHORS = (
    rb"\b(?:accepted|failed)\s[a-z/-]{4,40}\sfor\s",
    *each("échec de connexion | échec de la connexion | échec d'authentification", "", r"\spour\s"),
    rb"\b(?:connexion|authentification)\s(?:r\xc3\xa9ussie|refus\xc3\xa9e)\spour\s",
    rb"\binvalid\suser\s",
    rb"\bsession\s(?:opened|closed)\sfor\suser\s",
    rb"\bnew\suser:\sname=",
)


def _is_no_service(match: re.Match[str]) -> bool:
    return match.group("value").lower() not in _STOP


# "ssh jdupont@srv-build": the machine may be any, where an e-mail address needs a domain.
_REMOTE = (
    r"(?<![\w/-])(?:ssh|scp|sftp|rsync|ssh-copy-id)\s(?:[^\n\x00|;&@]{0,80}?[\s:])?"
    r"(?P<value>[a-z_][a-z0-9._-]{1,31})@[a-z0-9]"
)

# Words of a program, of a network or of a chat: there only a person's name counts.
_ASSIGNED = (
    r"(?:(?:user|uname|usr|login|owner|author|account|utilisateur|identifiant|compte)=[\"']?|uid=[0-9]{1,7}\("
    r"|--?(?:user|username|login)[ =][\"']?"
    r"|(?:log(?:ged|in)|signed)[\s-]in\s(?:as|by)\s|connected\sas\s|connect[ée]e?\sen\stant\sque\s"
    r"|su\s-l?\s|sudo\s-u\s|(?<![^\s(])@)"
) + _NAME
_ASSIGNED_ANCHORS = (
    rb"\b(?:user|uname|usr|login|owner|author|account|utilisateur|identifiant|compte)=[\"']?[a-z]",
    rb"\buid=[0-9]{1,7}\([a-z]",
    rb"--?(?:user|username|login)[ =][\"']?[a-z]",
    rb"\b(?:logged|signed|login|log)[\s-]in\s(?:as|by)\s",
    rb"\bconnected\sas\s",
    *each("connecté en tant que | connectée en tant que", "", r"\s"),
    rb"\b(?:su\s-l?|sudo\s-u)\s",
    rb"@[a-z]{4}",
    rb"@[a-z]\.[a-z]{4}",
)


# Whoever signs in: in a sentence, so beside names only what no word looks like.
_SIGNS_IN = (
    r"(?:(?:log(?:ged|ging)?|sign(?:ed|ing)?)[\s-](?:in|on)\s(?:as|with)|login\s(?:as|with)|connected\sas"
    r"|connect[ée]e?s?\s(?:en\stant\sque|sous)|connecte[zr]?(?:-(?:toi|vous|moi))?\s(?:en(?:\stant\sque)?|sous|avec)|(?:sous|avec)\sle\scompte|with\s(?:the\s)?account)"
    r"\s(?:local\s|user\s|domain\s|de\sdomaine\s)?[\"'`«]{0,2}\s?"
) + _NAME
_SIGNS_IN_ANCHORS = (
    rb"\b(?:log(?:ged|ging)?|sign(?:ed|ing)?)[\s-](?:in|on)\s(?:as|with)\s",
    rb"\blogin\s(?:as|with)\s",
    rb"\bconnected\sas\s",
    *each("connecté | connectée | connectés", "", r"\s(?:en\stant\sque|sous)\s"),
    rb"\bconnecte[zr]?(?:-(?:toi|vous|moi))?\s(?:en|sous|avec)\s",
    rb"\b(?:sous|avec)\sle\scompte\s",
    rb"\bwith\s(?:the\s)?account\s",
)
_MADE_UP = re.compile(
    # "connected as node_03": what a device is on a bus.
    r"(?!(?:node|n[oœ]e?ud|slave|esclave|master|ma[iî]tre|input|output|entr[ée]e|sortie|client|serve?u?r|sensor|capteur)[_-]?[0-9]{1,3}\Z)"
    r"(?:(?:ext|adm|svc|usr|ops)[-._]|.*(?:_|[0-9]{2})|[a-z]{5,}[0-9]\Z)"
)


def _signs_in(match: re.Match[str]) -> bool:
    value = match.group("value").lower()
    if not may_be_a_persons(value) or _TECHNICAL.match(value):
        return False
    return is_a_persons(value) or _MADE_UP.match(value) is not None


# "Ada Lovelace (alovelace)"
_OF_NAMED = re.compile(
    rf"(?P<first>[{UPPER}][\w'’-]{{1,20}})\s(?P<last>[{UPPER}][\w'’-]{{2,20}})\s\((?P<value>[a-z][a-z0-9._-]{{3,20}})\)"
)


def _of_named(text: str, start: int) -> Span | None:
    match = _OF_NAMED.match(text, start, start + 70)
    if match is None:
        return None
    first, last = (fold(match.group(name)) for name in ("first", "last"))
    if not (_is_a_name(first) or _is_a_name(last)):  # "Landing Gear (lgear)"
        return None
    letters = "".join(filter(str.isalpha, match.group("value")))
    made = (first[0] + last[:5], last[0] + first[:5], first + last[0], last + first[0])
    return match.span("value") if letters.startswith(made) else None


# "@pytest.mark.slow" above a function
_DECORATES = re.compile(
    r"[ \t]*\n\s*(?:@|(?:async\s+)?(?:def|class|fn|fun|function|export|public|private|protected)\b)"
)


# "@ada.lovelace can you …", "cc @ada.lovelace": whom a chat speaks to, be the name ever so rare.
_TWO_NAMES = re.compile(r"[a-z]{3,14}[._-][a-z]{3,14}\Z")
_SPOKEN_TO = re.compile(
    r",?\s(?:(?:can|could|would|will|do|did|have)\s(?:you|u)|please|thanks|thank\syou|what\sdo|fyi|any\s(?:news|idea|update)"
    r"|(?:peux|pourrais|as|es|vas)[\s-]tu|tu\s(?:peux|as|pourrais|penses|en)|(?:pouvez|pourriez|avez)[\s-]vous|vous\s|stp|svp|merci|qu['’]en\spenses"
    r"|regarde|regardez|d['’]accord|une\sid[ée]e)(?!\w)",
    re.IGNORECASE,
)
_SPEAKS_TO = re.compile(
    r"(?<!\w)(?:cc|ping|merci|thanks|thank\syou|hi|hello|hey|bonjour|salut|with|avec|assigned\sto|assign[ée]e?\s[àa]|demande\s[àa]"
    r"|ask|by|reviewed\sby|par|voir\savec)\s@\Z",
    re.IGNORECASE,
)


def _is_mentioned(match: re.Match[str]) -> bool:
    """Tell whether words around "@ada.lovelace" speak to somebody."""
    if _TWO_NAMES.match(match.group("value")) is None:
        return False
    text, begin = match.string, match.start("value")
    if _STOP.intersection(re.split("[._-]", match.group("value"))):
        return False
    spoken_to = _SPOKEN_TO.match(text, match.end(), match.end() + 24)
    return (spoken_to or _SPEAKS_TO.search(text, max(0, begin - 18), begin)) is not None


def _is_assigned(match: re.Match[str]) -> bool:
    written = match.group("value")
    if match.string[match.start("value") - 1] == "@":
        if not written.islower():
            return False  # "@Hugo Delcourt"
        if (
            written.startswith("pytest.")
            or written.endswith(".setter")
            or _DECORATES.match(match.string, match.end())
        ):
            return False
        if _is_mentioned(match):
            return True
    return names_a_person(match)


# "ACME\jdupont". The anchor is the backslash: a word before one would be looked for at every word.
_DOMAIN = re.compile(r"(?:(?<![\w\\/:.-])|(?<=/user:))[A-Z][A-Z0-9-]{1,14}\\?\Z")
_BEFORE = 17  # characters: a domain at its longest, a backslash, and what stands before it


def _is_in_domain(match: re.Match[str]) -> bool:
    start = match.start()
    in_domain = _DOMAIN.search(match.string, max(0, start - _BEFORE), start) is not None
    return in_domain and names_a_person(match)


RULES = (
    Rule(
        "user-in-log",
        FindingType.USER,
        _LOG_ANCHORS,
        True,
        pattern_check(_LOGGED, 140, _is_no_service, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-remote",
        FindingType.USER,
        (rb"\b(?:ssh|scp|sftp|rsync|ssh-copy-id)\s",),
        True,
        pattern_check(_REMOTE, 130, _is_no_service, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-assigned",
        FindingType.USER,
        _ASSIGNED_ANCHORS,
        True,
        pattern_check(_ASSIGNED, 70, _is_assigned, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-signs-in",
        FindingType.USER,
        _SIGNS_IN_ANCHORS,
        True,
        pattern_check(_SIGNS_IN, 90, _signs_in, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-of-named",
        FindingType.USER,
        (rb"\b[A-Z][a-z]{1,20} [A-Z][A-Za-z]{2,20} \([a-z][0-9a-z._-]{3,20}\)",),
        False,
        _of_named,
        carried=True,
    ),
    Rule(
        "user-in-domain",
        FindingType.USER,
        (rb"\x5c[a-z]{4}", rb"\x5c[a-z]\.[a-z]{4}"),
        False,
        pattern_check(r"\\" + _NAME, 40, _is_in_domain),
        carried=True,
    ),
    Rule(
        "user-announced",
        FindingType.USER,
        (*each(_CUES, r"\b"), rb"\b(?:mon|ton|my)\slog\s", rb"\bident\s"),
        True,
        _login,
        carried=True,
    ),
)
