"""Passwords and user names that code gives to functions: ``login("claire", "…")``."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.password_shape import is_other, mixed, plausible
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, any_of, literals
from raise_finetune.dataset.sanitize.rules.user_names import is_a_persons, may_be_a_persons

_FUNCTIONS = """
    login | log_in | logon | signin | sign_in | auth | authenticate | basic_auth | basicauth |
    httpbasicauth | httpdigestauth | networkcredential | passwordauthentication |
    usernamepasswordcredentials | usernamepasswordcredential | usernamepasswordauthenticationtoken |
    plaintextauthprovider | plaincredentials | setcredentials | set_credentials | getconnection |
    directoryentry | oracle.connect | oracledb.connect | createuser | create_user | pscredential
    """
# An address or a realm may stand first.
_FIRST = r"[\"'][^\"'\n\x00]{0,120}[\"']\s?,\s{0,20}"
_ARGUMENTS = (
    r"[\"'](?P<user>[\w.@\\+-]{1,64})[\"']\s?,\s{0,20}"
    r"(?P<quote>[\"'])(?P<password>[^\s\"'\x00]{4,80})(?P=quote)\s{0,20}[,)]"
)
_CALLS = tuple(
    re.compile(rf"{any_of(_FUNCTIONS)}[ =]{{0,3}}\(\s{{0,20}}{first}{_ARGUMENTS}", re.IGNORECASE)
    for first in ("", _FIRST)
)
_REACH = 360


def _call(text: str, start: int) -> re.Match[str] | None:
    for pattern in _CALLS:
        match = pattern.match(text, start, start + _REACH)
        if match is not None:
            value = match.group("password")
            if mixed(value) and plausible(value) and not is_other(value):
                return match
    return None


def _password(text: str, start: int) -> Span | None:
    match = _call(text, start)
    return match and match.span("password")


def _user(text: str, start: int) -> Span | None:
    match = _call(text, start)
    if match is None:
        return None
    value = match.group("user").lower()
    is_known = may_be_a_persons(value) and is_a_persons(value)
    return match.span("user") if is_known else None


_ANCHORS = literals(_FUNCTIONS, ("(", "=(", " = (", " ("))

RULES = (
    Rule("user-in-call", FindingType.USER, _ANCHORS, True, _user, carried=True),
    Rule("password-in-call", FindingType.PASSWORD, _ANCHORS, True, _password, carried=True),
)
