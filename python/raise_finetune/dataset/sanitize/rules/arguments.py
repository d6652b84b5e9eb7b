"""Passwords and user names that code gives to functions: ``login("claire", "…")``."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.password_shape import held_by_code
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, any_of, literals
from raise_finetune.dataset.sanitize.rules.user_names import names_a_person

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
    r"[\"'](?P<value>[\w.@\\+-]{1,64})[\"']\s?,\s{0,20}"
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
        if match is not None and held_by_code(match.group("password")):
            return match
    return None


def _password(text: str, start: int) -> Span | None:
    match = _call(text, start)
    return match and match.span("password")


def _user(text: str, start: int) -> Span | None:
    match = _call(text, start)
    return match.span("value") if match and names_a_person(match) else None


_ANCHORS = literals(_FUNCTIONS, ("(", "=(", " = (", " ("))

RULES = (
    Rule("user-in-call", FindingType.USER, _ANCHORS, True, _user, carried=True),
    Rule("password-in-call", FindingType.PASSWORD, _ANCHORS, True, _password, carried=True),
)
