"""Passwords in the configuration of services and devices, and as systems store them."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.password_shape import held_by_code, mixed, plausible
from raise_finetune.dataset.sanitize.rules.password_word import may_be_password
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, any_of, literals, pattern_check

_BARE = r"[\"']?(?P<value>[^\s\"'<>,;|\x00]{3,80})"

# A hash is as good as its password to whoever has the time: crypt's, Apache's, LDAP's.
_HASH = (
    r"(?P<value>\$(?:1|5|6|7|y|apr1|sha1)\$(?:rounds=[0-9]{1,9}\$)?[./0-9A-Za-z]{1,32}"
    r"\$[./0-9A-Za-z]{20,90}"
    r"|\$2[abxy]\$[0-9]{2}\$[./0-9A-Za-z]{53}"
    r"|\$argon2(?:id|i|d)\$[\w=,$+/]{40,200}"
    r"|\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT|PBKDF2)\}[./0-9A-Za-z+=$]{16,140})"
)
_COMMUNITY = r"(?:snmp-server\scommunity|r[ow]community6?)\s" + _BARE
# "password 7 0822…", "secret 5 $1$…": the number says how the device has hidden it.
_DEVICE = r"(?:password|secret)\s[0-9]\s" + _BARE
_SETTING = r"(?:requirepass|masterauth|-?-(?:src|dest)?(?:store|key)pass)\s" + _BARE
_SECURE_STRING = (
    r"ConvertTo-SecureString\s(?:-String\s)?(?P<quote>[\"'])(?P<value>[^\"'\n\x00]{4,80})(?P=quote)"
)
# net user NAME PASSWORD /add; net use Z: SHARE PASSWORD /user:NAME, or the other way round
_NET_USER = (
    r"net\s(?:user\s[\w.-]{1,32}|use\s[^\n\x00]{1,60}?(?:/user:[^\s\x00]{1,40}|\\\\[^\s\x00]{3,60}))"
    r"\s(?P<value>[^\s/*\"\x00][^\s\x00]{3,60})(?:\s/|(?=\s|\Z)(?<!:)(?<!no))"
)
_WIFI = r"(?:wpa-)?psk\s?=?\s?(?P<quote>[\"'])(?P<value>[^\"'\n\x00]{8,63})(?P=quote)"
_PIPED = (
    r"echo\s(?:-n\s)?(?P<quote>[\"'])(?:[\w.-]{1,32}:(?=[^\n]{0,80}chpasswd))?"
    r"(?P<value>[^\"'\n\x00:]{4,60})(?P=quote)\s?\|\s?(?:sudo\s(?:-\w\s)?-S|(?:sudo\s)?chpasswd|passwd\s--stdin)"
)
# host:5432:database:user:password, of PostgreSQL
_PGPASS = r":5432:[\w*-]{1,40}:[\w.-]{1,40}:(?P<value>[^\s:\x00]{4,60})(?!\S)"
# "db_pass: …", "dbPass": "…", <pass>…</pass>; not "render_pass", "bypass".
_OWNERS = """
    db | database | base | sql | mysql | pg | postgres | oracle | mongo | redis | rabbitmq | mq |
    smtp | mail | imap | ftp | sftp | ssh | ldap | ad | bind | proxy | http | basic | auth | login |
    user | admin | root | become | sudo | account | svc | service | app | api | web | wifi | vpn |
    keystore | truststore | key | cert | pfx | jenkins | git | registry | nexus | jira | default
    """
_SETTING_NAMES = " | ".join(
    owner.strip() + link + word
    for owner in _OWNERS.split("|")
    for link in ("_", "")
    for word in ("pass", "pw")
)
_NAMED = re.compile(
    rf"(?:{any_of(_SETTING_NAMES)}|<pass)(?:[\"'\]]{{0,2}}\s?(?:=>|[:=])|>)\s?"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\"'\n\x00]{4,80})(?P=quote)|(?P<bare>[^\s\"'<>,;\x00]{4,80}))",
    re.IGNORECASE,
)
_SHARED = frozenset({"public", "private", "default", "none", "community"})


def _not_shared(match: re.Match[str]) -> bool:
    value = match.group("value")
    return value.lower() not in _SHARED and plausible(value)


def _plausible(match: re.Match[str]) -> bool:
    return plausible(match.group("value"))


def _stored(match: re.Match[str]) -> bool:
    return match.group("value")[0] == "$" or _mixed(match)


def _mixed(match: re.Match[str]) -> bool:
    value = match.group("value")
    return mixed(value) and any(map(str.isdigit, value)) and plausible(value)


def _named(text: str, start: int) -> Span | None:
    match = _NAMED.match(text, start, start + 130)
    if match is None:
        return None
    name = "bare" if match.group("quoted") is None else "quoted"
    value = match.group(name)
    is_told = held_by_code(value) or (
        # a setting alone on its line: "ansible_ssh_pass: sunflower"
        name == "bare"
        and value.islower()
        and may_be_password(value)
        and _alone(text, start, match.end())
    )
    return match.span(name) if is_told else None


_LINE_BEGINS = re.compile(r"(?:\n|\A)[ \t]*(?:-[ \t])?[A-Za-z_.-]{0,40}\Z")
_LINE_ENDS = re.compile(r"[ \t]*(?:\r?\n|\Z)")


def _alone(text: str, start: int, end: int) -> bool:
    ends = _LINE_ENDS.match(text, end, end + 8) is not None
    return ends and _LINE_BEGINS.search(text, max(0, start - 60), start) is not None


RULES = (
    Rule(
        "password-hash",
        FindingType.SECRET,
        (
            rb"\$(?:1|5|6|7|y|apr1|sha1|2[abxy]|argon2id?)\$[0-9A-Za-z./=]",
            rb"\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT|PBKDF2)\}[0-9A-Za-z./]{8}",
        ),
        False,
        pattern_check(_HASH, 260),
    ),
    Rule(
        "password-community",
        FindingType.PASSWORD,
        (rb"\bsnmp-server\scommunity\s", rb"\br[ow]community6?\s"),
        False,
        pattern_check(_COMMUNITY, 130, _not_shared),
        carried=True,
    ),
    Rule(
        "password-device",
        FindingType.PASSWORD,
        (rb"\b(?:password|secret)\s[0-9]\s[^\s]",),
        True,
        pattern_check(_DEVICE, 110, _stored, re.IGNORECASE),
    ),
    Rule(
        "password-setting",
        FindingType.PASSWORD,
        (rb"\b(?:requirepass|masterauth)\s", rb"-(?:src|dest)?(?:store|key)pass\s"),
        False,
        pattern_check(_SETTING, 110, _plausible),
        carried=True,
    ),
    Rule(
        "password-powershell",
        FindingType.PASSWORD,
        (rb"\bconvertto-securestring\s",),
        True,
        pattern_check(_SECURE_STRING, 140, _plausible, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "password-net-user",
        FindingType.PASSWORD,
        (rb"\bnet\suser\s[0-9A-Za-z_.-]{1,32}\s[^\s/*]", rb"\bnet\suse\s[^\n]{1,60}/user:"),
        True,
        pattern_check(_NET_USER, 130, _plausible, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "password-wifi",
        FindingType.PASSWORD,
        (rb"\b(?:wpa-)?psk\s?=?\s?[\"']",),
        True,
        pattern_check(_WIFI, 90, _plausible, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "password-piped",
        FindingType.PASSWORD,
        (rb"\becho\s(?:-n\s)?[\"'][^\"'\n]{4,92}[\"']\s?\|\s?(?:sudo|chpasswd|passwd)",),
        False,
        pattern_check(_PIPED, 160, _plausible),
        carried=True,
    ),
    Rule(
        "password-pgpass",
        FindingType.PASSWORD,
        (rb":5432:[0-9A-Za-z_*-]{1,40}:[0-9A-Za-z_.-]{1,40}:[^\s:]{4}",),
        False,
        pattern_check(_PGPASS, 160, _mixed),
        carried=True,
    ),
    Rule(
        "password-named",
        FindingType.PASSWORD,
        literals(f"{_SETTING_NAMES} | <pass>"),
        True,
        _named,
        carried=True,
    ),
)
