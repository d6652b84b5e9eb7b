"""Passwords on command lines and in shell assignments."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.password_shape import plausible
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, pattern_check

# A shell word: in double quotes, in single quotes, or bare.
_WORD = (
    r"(?:\"(?P<double>[^\"\n\x00]{1,80})\"|'(?P<single>[^'\n\x00]{1,80})'"
    r"|(?P<plain>[^\s\"'&;,)\x00]{3,80}))"
)
_WORD_INSIDE = r"(?P<value>[^\s\"'\x00]{3,80})"
_OF_SAMBA = ("smb", "rpc")
_OPTION = re.compile(
    r"(?<![\w-])--?(?:password|passwd|pass|pwd|passphrase|db-password|passin\spass|secret)"
    r"(?:[= ]|\s{1,3}:?)" + _WORD,
    re.IGNORECASE,
)
_CLIENTS = (
    r"\b(?:mysql|mysqldump|mariadb|mysqladmin|sshpass|redis-cli|docker\slogin|smbclient"
    r"|rpcclient|smbget|ldapsearch|mongo(?:sh|dump|restore)?|psql|sqlcmd|plink|pscp|xfreerdp|unzip|zip\s-[a-zA-Z]{1,6}|7z[ar]?|unrar|rar|ipmitool|(?:podman|helm|oc|az)\slogin)\s"
)
_CLIENT = re.compile(
    _CLIENTS
    + r"(?:(?<=zip -P )|(?:[^\n|;\x00]{0,160}?\s)?(?:-pw(?=\s)|-p|-a|-w|-P|/p:)"
    + r"(?:[ \t](?=[^-\s]))?)"
    + _WORD
)
_ASSIGNMENT = re.compile(
    r"(?:\w{0,30}_)?(?:pass|pw|PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS)(?:=|\s=\s(?=[\"']))"
    + _WORD,
    re.IGNORECASE,
)


def _option(text: str, start: int) -> Span | None:
    return _secret_word(_OPTION.match(text, start, start + 120))


# Samba's programs take both at once: -U 'ada%…'
_SAMBA = re.compile(
    r"(?:smbclient|rpcclient|smbget)\s[^\n|;\x00]{0,120}?-U ?[\"']?[^\s%\"']{1,64}%" + _WORD_INSIDE
)


def _client(text: str, start: int) -> Span | None:
    samba = _SAMBA.match(text, start, start + 280) if text.startswith(_OF_SAMBA, start) else None
    if samba is not None:
        return samba.span("value") if _is_password(samba.group("value")) else None
    return _secret_word(_CLIENT.match(text, start, start + 280))


def _assignment(text: str, start: int) -> Span | None:
    return _secret_word(_ASSIGNMENT.match(text, start, start + 130))


def _secret_word(match: re.Match[str] | None) -> Span | None:
    if match is None:
        return None
    name = next(name for name in ("double", "single", "plain") if match.group(name) is not None)
    return match.span(name) if _is_password(match.group(name)) else None


_NUMBER = re.compile(r"[0-9]{1,20}(?:[.,][0-9]{1,9})?\Z")


def _is_password(value: str) -> bool:
    return plausible(value) and not value.startswith("-") and not _NUMBER.match(value)


def _user_and_password(match: re.Match[str]) -> bool:
    return _is_password(re.split("[:%]", match.group("value"), maxsplit=1)[1])


RULES = (
    Rule(
        "password-option",
        FindingType.PASSWORD,
        (rb"--?(?:password|passwd|pass|pwd|passphrase|db-password|passin\spass|secret)[= \t:]",),
        True,
        _option,
        carried=True,
    ),
    Rule(
        "password-client", FindingType.PASSWORD, (_CLIENTS.encode(),), False, _client, carried=True
    ),
    Rule(
        "password-assignment",
        FindingType.PASSWORD,
        (
            rb"\b[0-9A-Za-z_]{0,30}(?:pass|pw|pgpassword|mysql_pwd|rediscli_auth|sshpass)(?:=[^=\s]|\s=\s[\"'])",
        ),
        True,
        _assignment,
        carried=True,
    ),
    Rule(
        "user-colon-password",
        FindingType.CREDENTIALS,
        (
            rb"(?:-u|-[A-Za-z]{1,4}u |--user|--auth|--proxy-user)"
            rb"[ =]?[\"']?[0-9A-Za-z_.@+-]{1,64}[:%]",
        ),
        False,
        pattern_check(
            r"(?<![\w-])(?:-u|-[A-Za-z]{1,4}u(?= )|--user|--auth|--proxy-user)[ =]?"
            r"(?P<quote>[\"'])?(?P<value>[\w.@+-]{1,64}[:%]"
            r"(?:(?(quote)[^\n\"'\x00]{3,80}(?=(?P=quote))|(?!))|[^\s\"'\x00@]{3,80}))",
            170,
            _user_and_password,
        ),
    ),
)
