"""User names where only an account's can stand: in commands, listings and logs, at a password."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.logins import PAIR_CUES, pair_at
from raise_finetune.dataset.sanitize.rules.machine_name import is_word
from raise_finetune.dataset.sanitize.rules.rule import (
    Rule,
    Span,
    any_of,
    each,
    literals,
    pattern_check,
)
from raise_finetune.dataset.sanitize.rules.user_names import (
    ACCOUNT_NAME,
    is_a_persons,
    may_be_a_persons,
    may_name_an_account,
    names_a_person,
)

_NAME = rf"(?P<value>{ACCOUNT_NAME})"
_ENDS = r"(?![\w@(\[:/\\-]|\.\w)"


_OF_SERVICES = frozenset({"readonly", "readwrite", "replicator", "analytics"})


def _of_database(match: re.Match[str]) -> bool:
    """Tell whether an account of a database is somebody's: not "reporting", "readonly"."""
    value = match.group("value").lower()
    return may_name_an_account(match) and is_word(value) and value not in _OF_SERVICES


# The last word of a command that makes or changes an account.
_ACCOUNT_COMMANDS = "useradd | adduser | usermod | userdel | deluser | chage | kinit | passwd"
_ACCOUNT_COMMAND = (
    rf"(?<![\w/.-]){any_of(_ACCOUNT_COMMANDS)}(?:[ \t][\w/.,:=-]{{1,40}}){{0,8}}?"
    rf"[ \t]{_NAME}[ \t]?(?=[\n;&|`'\")]|\Z)"
)
_BECOMES = rf"(?<![\w/.-])(?:su[ \t]-l?|sudo[ \t]-u)[ \t]{_NAME}{_ENDS}"
_CHOWN = (
    rf"(?<![\w/.-])chown[ \t](?:-\w{{1,3}}[ \t])?{_NAME}(?::[\w.-]{{0,30}})?[ \t]"
    r"(?=[/~.$*]|[\w-]{1,40}(?:[/.\n]|\Z))"
)
# "CREATE USER 'ada'@'%'", "ALTER ROLE ada WITH PASSWORD"; not "create user stories"
_SQL_USER = (
    r"(?:create|alter|drop)\s(?:user|login|role)\s(?:if\s(?:not\s)?exists\s)?"
    rf"[\"'`\[]?(?P<value>{ACCOUNT_NAME})"
    r"(?:(?<=[\w])[\"'`\]]|(?=;|@['\"`%]|\s(?:identified|password|encrypted|superuser|valid|for\slogin"
    r"|with\s(?:login|password|encrypted|superuser|nologin))\b))"
)
_SSH_CONFIG = rf"\n[ \t]{{0,8}}User[ \t]{{1,4}}{_NAME}[ \t]*(?=\n|\Z)"
_LISTED = rf"r[w-][xsS-][r-][w-][xsS-][r-][w-][xtT-][.+@]?\s{{1,4}}[0-9]{{1,4}}\s{_NAME}(?=\s)"
# "r4471 | ada | 2024-…" of Subversion, "- ada [12/Feb/2025:" of web servers, "[~ada]" of Jira
_IN_HISTORY = re.compile(r"r[0-9]{1,7} \| (?P<value>[a-z][a-z0-9._-]{3,30})\Z")
_WEB_LOGGED = re.compile(r"\s\[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:")
# After a word or a bracket it is an index of NumPy's: "hidden[~mask]".
_MENTIONED = rf"(?<![\w\])])\[~{_NAME}(?=\])"
# "ada pts/0", and "ada@titan:~$"; the anchors are what follows the name.
_BLANKS_REVERSED = re.compile(r"[ \t]{0,16}")
_NAME_REVERSED = re.compile(r"[a-z0-9_-]{1,20}(?:[.][a-z0-9_-]{1,20}){0,2}")
_PROMPT = re.compile(
    r"@[A-Za-z][A-Za-z0-9-]{2,40}(?::[~/][^\s\x00]{0,60}[$#%]|[ \t][^\]\n\x00]{1,60}\][$#])"
)


def _name_before(text: str, start: int) -> Span | None:
    name = _NAME_REVERSED.match(text[max(0, start - 62) : start][::-1])
    if name is None:
        return None
    begin = start - name.end()
    if begin and (text[begin - 1].isalnum() or text[begin - 1] in "./\\@_-"):
        return None
    name = text[begin:start]
    return (begin, start) if may_be_a_persons(name) and not name[0].isdigit() else None


def _in_history(text: str, start: int) -> Span | None:
    match = _IN_HISTORY.search(text, max(0, start - 44), start)
    return match.span("value") if match and may_name_an_account(match) else None


def _in_web_log(text: str, start: int) -> Span | None:
    span = _name_before(text, start) if _WEB_LOGGED.match(text, start, start + 20) else None
    return span if span and text[max(0, span[0] - 3) : span[0]] == " - " else None


def _at_prompt(text: str, start: int) -> Span | None:
    return _name_before(text, start) if _PROMPT.match(text, start, start + 120) else None


# A line of "ps": the user, then the process, its shares of processor and memory, its sizes.
_PROCESS = re.compile(
    rf"(?:\A|\n){_NAME}\+? +[0-9]{{2,8}}(?: +[0-9]{{1,3}}\.[0-9]){{2}}(?: +[0-9]+){{2}} *\Z"
)


def _at_terminal(text: str, start: int) -> Span | None:
    process = _PROCESS.search(text, max(0, start - 100), start)
    if process is not None:
        return process.span("value") if may_name_an_account(process) else None
    blanks = _BLANKS_REVERSED.match(text[max(0, start - 16) : start][::-1])
    return _name_before(text, start - blanks.end()) if blanks else None


_IN_ADDRESS = rf"(?<=[a-z])://{_NAME}@(?=[A-Za-z])"
_SETTING = rf"_(?:user|username|login)[\"']?\s?[:=]\s?[\"']?{_NAME}{_ENDS}"
# "user pgarrec", "user: pgarrec": here only what is made like a login counts.
_WORDS = "user | utilisateur | compte | account | username | identifiant | login"
_USERS = "user | utilisateur | utilisatrice"
_NAMED = rf"(?<![\w.-])(?:{any_of(_WORDS)}|{any_of(_USERS)}\s?:)\s[\"'`«(]{{0,2}}\s?{_NAME}{_ENDS}"
_LOGIN_LIKE = r"[\"'`(]{0,2}\s?(?:[b-df-hj-np-tv-z]{2}[a-z]{4}|[a-z]{1,8}[0-9]{2}|[a-z]\.[a-z]{4})"

# A setting, an element of XML or a member of JSON right above the one that holds the password.
_SETTING_ABOVE = re.compile(
    r"(?:(?<![^\W_])|(?<=[a-z])(?=[A-Z]))"
    r"(?:[uU]ser(?:[_-]?[nN]ame|[_ -]?[iI][dD])?|USER(?:NAME)?|UID|LOGIN|[lL]ogin|uid"
    r"|[uU]tilisateur|[iI]dentifiant|[cC]ompte|[aA]ccount)"
    r"(?:\}[ ]{2,12}|[\"'\]}]{0,2}[ \t]{0,24}(?:=>|[:=>])[ \t]{0,8})"
    r"(?P<quote>[\"'`])?(?:[\w.-]{1,20}\\{1,2})?(?P<value>[A-Za-z][\w.-]{2,40})"
    r"(?(quote)(?P=quote))(?:</[\w-]{2,20}>)?[\s,;&<)/]{1,4}[^\n:=>]{0,60}\Z"
)
_ABOVE = 150


def _above_password(text: str, start: int) -> Span | None:
    match = _SETTING_ABOVE.search(text, max(0, start - _ABOVE), start)
    if match is None:
        return None
    value = match.group("value")
    if not may_be_a_persons(value.lower()):
        return None
    # "user: Incomplete", "username: field.value" are code.
    is_code = match.group("quote") is None and (value.istitle() or "." in value)
    return None if is_code and not is_a_persons(value.lower()) else match.span("value")


# Whoever a password is told for, in the same line or the one below.
_CUES = """
    login | identifiant | username | user name | user | utilisateur | user id | nom d'utilisateur |
    log in as | login as | compte | account | ident | logon
    """
_KINDS = (
    r"(?:windows|de\ssession|r[ée]seau|vpn|ad|c['’]est|is|est|g[ée]n[ée]rique|local|applicatif|technique"
    r"|de\s(?:service|test|recette|secours)|generic|shared|service|test|admin)"
)
_PASSWORDS = "mdp | mot de passe | mots de passe | password | passwd | pass | pwd | passe | pw"
_BESIDE = re.compile(
    rf"(?<![\w.-]){any_of(_CUES)}(?!\w)(?:\s{_KINDS})?"
    rf"(?P<sign>\s?[:=]\s{{0,2}}|\n|\s)[\"'`«]{{0,2}}(?P<value>[A-Za-z][\w.-]{{3,30}})[\"'`»]{{0,2}}"
    r"(?P<comma>\s?[,;(/&|–—-]|\n)?\s?(?:et\s|and\s|with\s|puis\s|avec\s)?(?:(?:le|the|son|sa|un|a)\s)?"
    rf"(?:temporary\s|initial\s)?{any_of(_PASSWORDS)}(?!\w)",
    re.IGNORECASE,
)


_CUE = re.compile(rf"(?<![\w.-]){any_of(_CUES)}(?!\w)", re.IGNORECASE)
# "user actions, pass 12/14": these mean more than a password where no sign follows.
_IS_A_WORD = re.compile(r"\W{0,2}(?:pass|passe|pw)\s(?![:=])", re.IGNORECASE)
_NEAR = 70  # characters from the password's cue back to the account's


def _beside_password(text: str, start: int) -> Span | None:
    found = None
    for cue in _CUE.finditer(text, max(0, start - _NEAR), start):
        match = _BESIDE.match(text, cue.start(), start + 40)
        if match is not None:
            value = match.group("value").rstrip(".")
            is_told = match.group("sign") != " " or match.group("comma") in {",", "\n"}
            if is_told and _IS_A_WORD.match(text, start, start + 12):
                is_told = ":" in match.group("sign") or "=" in match.group("sign")
            # "user qa_lead / pass …", "compte op_banc (mot de passe …)"
            is_told = is_told or (match.group("comma") is not None and not value.isalpha())
            if may_be_a_persons(value.lower()) and (is_told or is_a_persons(value.lower())):
                begin = match.start("value")
                found = begin, begin + len(value)
    return found


def _of_pair(text: str, start: int) -> Span | None:
    ahead = pair_at(text, start)  # "login/mdp : ada/…"
    found = ahead and ahead.user
    for cue in _PAIR_CUE.finditer(text, max(0, start - _NEAR), start):
        pair = pair_at(text, cue.start())
        found = found if pair is None else pair.user
    if found is None:
        return None
    user = text[found[0] : found[1]].lower()
    return found if "@" not in user and may_be_a_persons(user) else None


_PAIR_CUE = re.compile(rf"(?<!\w){any_of(PAIR_CUES)}(?!\w)", re.IGNORECASE)

RULES = (
    Rule(
        "user-in-command",
        FindingType.USER,
        each(_ACCOUNT_COMMANDS, r"\b", "[ \t]"),
        False,
        pattern_check(_ACCOUNT_COMMAND, 200, may_name_an_account),
        carried=True,
    ),
    Rule(
        "user-becomes",
        FindingType.USER,
        (rb"\b(?:su[ \t]-l?|sudo[ \t]-u)[ \t][a-z]",),
        False,
        pattern_check(_BECOMES, 60, may_name_an_account),
        carried=True,
    ),
    Rule(
        "user-of-file",
        FindingType.USER,
        (rb"\bchown[ \t][a-z-]",),
        False,
        pattern_check(_CHOWN, 100, may_name_an_account),
        carried=True,
    ),
    Rule(
        "user-in-listing",
        FindingType.USER,
        (
            rb"rwx[r-][w-][sSx-][r-][w-][tTx-][.+@]?\s{1,4}[0-9]{1,4}\s[a-z]",
            rb"rw-[r-][w-]-[r-][w-]-[.+@]?\s{1,4}[0-9]{1,4}\s[a-z]",
            rb"r--[r-]--[r-]--[.+@]?\s{1,4}[0-9]{1,4}\s[a-z]",
        ),
        False,
        pattern_check(_LISTED, 60, may_name_an_account),
        carried=True,
    ),
    Rule(
        "user-in-sql",
        FindingType.USER,
        (rb"\b(?:create|alter|drop)\s(?:user|login|role)\s[^\s]",),
        True,
        pattern_check(_SQL_USER, 120, _of_database, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-in-ssh-config",
        FindingType.USER,
        (rb"\n[ \t]{0,8}User[ \t]",),
        False,
        pattern_check(_SSH_CONFIG, 70, may_name_an_account),
        carried=True,
    ),
    Rule(
        "user-in-history",
        FindingType.USER,
        (rb" \| 20[0-9]{2}-[0-9]{2}-",),
        False,
        _in_history,
        carried=True,
    ),
    Rule(
        "user-in-web-log",
        FindingType.USER,
        (rb" \[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:",),
        False,
        _in_web_log,
        carried=True,
    ),
    Rule(
        "user-mentioned",
        FindingType.USER,
        (rb"\[~[a-z]",),
        False,
        pattern_check(_MENTIONED, 50, may_name_an_account),
        carried=True,
    ),
    Rule(
        "user-at-prompt",
        FindingType.USER,
        (
            rb"@[0-9A-Za-z-]{3,41}:[~/]",
            rb"@[0-9A-Za-z-]{3,41}[ \t][^\]\n]{1,60}\][$#]",
        ),
        False,
        _at_prompt,
        carried=True,
    ),
    Rule(
        "user-at-terminal",
        FindingType.USER,
        (rb" pts/[0-9]", rb"\tpts/[0-9]", rb" tty[0-9]"),
        False,
        _at_terminal,
        carried=True,
    ),
    Rule(
        "user-in-address",
        FindingType.USER,
        (rb"://[a-z][0-9a-z._-]{3,40}@[A-Za-z]",),
        False,
        pattern_check(_IN_ADDRESS, 60, may_name_an_account),
        carried=True,
    ),
    Rule(
        "user-in-setting",
        FindingType.USER,
        (rb"_(?:user|username|login)[\"']?\s?[:=]\s?[\"']?[a-z]",),
        True,
        pattern_check(_SETTING, 70, names_a_person, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-word",
        FindingType.USER,
        (*each(_WORDS, r"\b", rf"\s{_LOGIN_LIKE}"), *each(_USERS, r"\b", rf"\s?:\s{_LOGIN_LIKE}")),
        True,
        pattern_check(_NAMED, 70, names_a_person, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-above-password",
        FindingType.USER,
        literals(
            "password | passwd | mdp | mot de passe | pwd | _pass",
            ("=", ":", " =", ">", '":', "']", "}"),
        ),
        True,
        _above_password,
        carried=True,
    ),
    Rule(
        "user-beside-password",
        FindingType.USER,
        (
            *each(
                "mdp | mot de passe | password | passwd",
                r"(?:[,;|\n(/&-] ?|temporary |\bet |\bet le |\band |\bwith )",
            ),
            *each("pass | passe | pwd | pw", r"[/,;(\n] ?", r"\s?[:= ]\s?[^\s]{4}"),
        ),
        True,
        _beside_password,
        carried=True,
    ),
    Rule(
        "user-of-pair",
        FindingType.USER,
        (
            rb" / [^\s/]{3}",
            rb" \+ [^\s]{3}",
            rb"\b(?:login|identifiant|user|utilisateur|compte)s?\s?/\s?(?:mdp|mot\sde\spasse|pass|pwd|pw)",
        ),
        True,
        _of_pair,
        carried=True,
    ),
    Rule(
        "user-of-device",
        FindingType.USER,
        (rb"\busername\s[a-z][0-9a-z._-]{2,40}\s(?:privilege|password|secret|role)\s",),
        True,
        pattern_check(rf"username\s{_NAME}(?=\s)", 60, may_name_an_account, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "user-of-mailbox",
        FindingType.USER,
        (rb"\b[a-z][0-9a-z._-]{3,30} <[0-9a-z._-]{4,31}@",),
        False,
        pattern_check(
            r"(?P<value>[a-z][a-z0-9]*(?:[._-][a-z0-9]+){0,3}) <(?P=value)@",
            80,
            may_name_an_account,
        ),
        carried=True,
    ),
)
