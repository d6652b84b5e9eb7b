"""User names in what systems write about accounts: directories, logs, listings, histories."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, literals, pattern_check
from raise_finetune.dataset.sanitize.rules.user_names import ACCOUNT_NAME, may_name_an_account

_DOMAIN = r"(?:[\w.-]{1,20}\\{1,2})?"
_NAME = rf"(?P<value>{ACCOUNT_NAME})"
_ENDS = r"(?![\w@(\[:/\\$-]|\.\w)"
_LINE_ENDS = r"(?=[ \t]*(?:[\r\n\"'<,;)|]|\Z))"


def _announced(*before: str) -> str:
    """Return a pattern for a user name behind any of these, which tell what follows it, too."""
    return f"(?:{'|'.join(before)}){_DOMAIN}{_NAME}"


_DIRECTORY = (
    _announced(
        r"samaccountname[\"']?\s{0,3}[:=]?\s{0,3}[\"']?",
        r"-ad(?:user|account)\s(?:-identity\s)?[\"']?",
    )
    + _ENDS
)
_DISTINGUISHED = rf"(?:(?<!\w)uid=|\nuid:\s){_NAME}(?=,\s?(?:ou|dc|cn|o)=|\s)"
# Windows' events, and "net user", which fills its columns with blanks.
_EVENT = (
    _announced(
        r"account\sname\s?:[ \t]{1,12}",
        r"nom\sdu\scompte\s?:[ \t]{1,12}",
        r"user\sname {4,30}",
        r"nom\sd['’]utilisateur {4,30}",
    )
    + _LINE_ENDS
)
# Whom a service let in, turned away, or counts.
_SERVED = (
    _announced(
        r"(?:failed|failure|denied)\sfor\suser\s?[:=]?\s?[\"'`]",
        r"session\s[\w-]{1,12}\sof\suser\s",
        r"(?:from|by)\s(?:(?:authenticating|invalid)\s)?user\s(?=\S{3,60}\s[0-9a-f.:]{3,40}\sport\s)",
        # What a shell says of a program that it does not find stands there, too.
        r"sudo:\s{1,12}(?=\S{3,40}\s:\s(?!command\snot\sfound|commande\sintrouvable))",
        r"su(?:\[[0-9]{1,9}\])?:\s\(to\s[\w-]{1,32}\)\s",
        r"(?:logname|ruser|suser|duser)=",
        r"started\sby\suser\s[^\n]{2,60}\nRunning\sas\s",
    )
    + r"(?=[\"'`\s.])"
)
_SERVED_ANCHORS = (
    rb"\b(?:failed|failure|denied)\sfor\suser\s",
    rb"\bsession\s[0-9a-z-]{1,12}\sof\suser\s",
    rb"\b(?:from|by)\s(?:authenticating\s|invalid\s)?user\s[^\s]{3,60}\s[0-9a-f.:]{3,40}\sport\s",
    rb"\bsudo:\s",
    rb"\bsu(?:\[[0-9]{1,9}\])?:\s\(to\s",
    rb"\b(?:logname|ruser|suser|duser)=[a-z]",
    rb"\bstarted\sby\suser\s[^\n]{2,60}\nRunning\sas\s",
)
# "gid=1001(ada) groups=1001(ada),27(sudo)"
_OWN_GROUP = rf"(?:gid|groups|groupes)=[0-9]{{4,7}}\({_NAME}\)"
_ASKED = (
    _announced(
        r"(?:whoami|echo\s%username%|\$env:username|echo\s\$(?:user|logname))[ \t]{0,2}\r?\n"
    )
    + _LINE_ENDS
)
# What names the user of a connection: "psql -U ada", "docker login … -u ada".
_CLIENTS = """
    psql | pg_dump | pg_restore | createdb | mysql | mysqldump | mysqladmin | mariadb | sqlcmd |
    docker login | podman login | rdesktop | xfreerdp | smbclient | rpcclient | mount.cifs | cifs
    """
_OF_CLIENT = (
    _announced(
        r"(?<!\w)[a-z_. ]{4,14}(?:[ \t][^\n|;&\x00]{0,140}?)?\s"
        r"(?:-[uU][ ]?|--?user(?:name)?[ =]|/u:|-o\s(?:[\w,=-]{1,60},)?user(?:name)?=)[\"']?"
    )
    + r"(?=[\"'\s,%]|\Z)"
)

# ":x:1001:1001:" and ":$6$…" follow a name at the beginning of a line.
_STORED = re.compile(r":(?:x:[0-9]{4,7}:[0-9]{1,7}:|\$[0-9a-z]{1,10}\$)")
_STORED_NAME = re.compile(rf"(?:\A|\s){_NAME}\Z")


def _stored(text: str, start: int) -> Span | None:
    if _STORED.match(text, start, start + 24) is None:
        return None
    return _name_ahead(_STORED_NAME, text, start, 34)


def _name_ahead(pattern: re.Pattern[str], text: str, start: int, reach: int) -> Span | None:
    match = pattern.search(text, max(0, start - reach), start)
    return match.span("value") if match and may_name_an_account(match) else None


def _rule(name: str, anchors: tuple[bytes, ...], pattern: str, reach: int) -> Rule:
    check = pattern_check(pattern, reach, may_name_an_account, re.IGNORECASE)
    return Rule(name, FindingType.USER, anchors, True, check, carried=True)


RULES = (
    _rule(
        "user-in-directory",
        literals("samaccountname | -aduser | -adaccount"),
        _DIRECTORY,
        80,
    ),
    _rule("user-in-distinguished-name", (rb"\buid=[a-z]", rb"\nuid: [a-z]"), _DISTINGUISHED, 50),
    _rule(
        "user-in-event",
        (
            *literals("account name: | account name : | nom du compte :"),
            rb"\buser\sname {4}",
            rb"\bnom\sd(?:'|\xe2\x80\x99)utilisateur {4}",
        ),
        _EVENT,
        90,
    ),
    _rule("user-served", _SERVED_ANCHORS, _SERVED, 160),
    _rule("user-own-group", (rb"\b(?:gid|groupe?s)=[0-9]{4,7}\(",), _OWN_GROUP, 50),
    _rule(
        "user-asked",
        (
            rb"\bwhoami[ \t]{0,2}\r?\n",
            rb"\$env:username[ \t]{0,2}\r?\n",
            rb"\becho\s[$%](?:user|logname)",
        ),
        _ASKED,
        80,
    ),
    _rule("user-of-client", literals(_CLIENTS, (" ",)), _OF_CLIENT, 230),
    Rule(
        "user-stored",
        FindingType.USER,
        (rb":x:[0-9]{4,7}:[0-9]{1,7}:", rb":\$(?:1|5|6|7|y|apr1|2[abxy])\$"),
        False,
        _stored,
        carried=True,
    ),
)
