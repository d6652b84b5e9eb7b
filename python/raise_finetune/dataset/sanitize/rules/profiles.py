"""User names in the addresses of people's pages, and where people talk to each other."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import (
    Rule,
    any_of,
    each,
    literals,
    pattern_check,
)
from raise_finetune.dataset.sanitize.rules.user_names import (
    ACCOUNT_NAME,
    is_made_of_names,
    names_a_person,
)

# Pages of people alone.
_PEOPLE = """
    linkedin.com/in/ | linkedin.com/pub/ | researchgate.net/profile/ | viewprofile.jspa?name=
    | sharepoint.com/personal/
    """
# Of people and of all others: only names of people count.
_ANYONE = """
    github.com/ | gitlab.com/ | facebook.com/ | instagram.com/ | twitter.com/ | //x.com/ | //t.me/
    """
_NAME = r"(?P<value>[^\W_](?:[\w.-]|%[0-9A-F]{2}){2,58}[^\W_])(?![\w@])"


# "Skype : live:mlacombe_31", "Discord mlacombe#4821"
_SERVICES = "skype | discord | telegram | mattermost | slack | teams"
_TALKING = (
    rf"(?<!\w){any_of(_SERVICES)}(?:\s(?:id|pseudo|name|handle))?"
    rf"(?:\s?[:=]\s{{0,2}}|\s(?=live:|[\w.]{{3,32}}\#[0-9]{{4}}(?!\w)))"
    rf"(?P<live>live:(?:\.cid\.)?)?(?P<value>{ACCOUNT_NAME}(?P<number>\#[0-9]{{4}})?)(?![\w@(\[:/\\#]|\.\w)"
)


def _is_made_of_names(match: re.Match[str]) -> bool:
    return is_made_of_names(match.group("value").lower())


def _talks(match: re.Match[str]) -> bool:
    is_marked = match.group("live") or match.group("number")
    return bool(is_marked) or names_a_person(match)


RULES = (
    Rule(
        "user-profile",
        FindingType.USER,
        literals(_PEOPLE),
        True,
        pattern_check(
            r"[^=]{0,30}?(?:=|/(?:in|pub|profile|personal)/)" + _NAME, 100, flags=re.IGNORECASE
        ),
        carried=True,
    ),
    Rule(
        "user-page",
        FindingType.USER,
        literals(_ANYONE),
        True,
        pattern_check(
            r"(?://)?[a-z]{1,10}\.(?:com|me)/" + _NAME, 90, _is_made_of_names, re.IGNORECASE
        ),
        carried=True,
    ),
    Rule(
        "user-talking",
        FindingType.USER,
        each(_SERVICES, r"\b"),
        True,
        pattern_check(_TALKING, 90, _talks, re.IGNORECASE),
        carried=True,
    ),
)
