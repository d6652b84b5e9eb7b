"""Names of people who write in chats and commit to Git, as the lines of either show them."""

import re
from collections.abc import Iterator

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.person_name import (
    NAME_WORD,
    known_name,
    likely_name,
    name_at,
)
from raise_finetune.dataset.sanitize.rules.rule import BLANK, Column, Rule, Span, literals

# Whoever writes: "Ada", "Ada L.", "Ada Lovelace"
_WRITER = rf"(?P<value>{NAME_WORD}(?:{BLANK}(?:{NAME_WORD}|[A-Z]\.)){{0,3}})"
_TIME = r"[0-9]{1,2}[:h][0-9]{2}(?::[0-9]{2})?(?:\s?[AP]M)?"
# "[10:02] Ada: …", "[13/05/2025, 09:14:02] Ada: …"
_HEAD = re.compile(
    rf"^[> \t]{{0,4}}\[(?:[0-9/.-]{{6,10}},?\s)?{_TIME}\]\s{{1,2}}"
    rf"[<*]{{0,2}}{_WRITER}[*>]{{0,2}}\s?:",
    re.MULTILINE,
)
# "Ada Lovelace 10:31", alone on its line, as Teams and Slack show it
_ABOVE = re.compile(rf"^[ \t]{{0,4}}{_WRITER}[ \t]{{1,4}}(?:\[?{_TIME}\]?)[ \t]*$", re.MULTILINE)
_REACH = 700


def _writer(head: re.Pattern[str]) -> Column:
    """Return what yields who writes, if anybody near who writes has a known name.

    A log has the same shape: "[10:02] Telemetry: lost".
    """

    def writers(text: str, start: int) -> Iterator[Span]:
        begin = text.rfind("\n", max(0, start - 80), start) + 1
        match = head.match(text, begin, begin + 160)
        name = name_at(text, match.start("value")) if match else None
        if name is None or not likely_name(text, name):
            return
        if known_name(text, name) or any(
            known_name(text, other.span("value"))
            for other in head.finditer(text, max(0, begin - _REACH), begin + _REACH)
        ):
            yield name

    return Column(writers)


# "    42\tAda Lovelace", of git shortlog
_SHORTLOG = re.compile(
    rf" {{1,6}}[0-9]{{1,6}}\t(?P<value>{NAME_WORD}(?:{BLANK}{NAME_WORD}){{1,3}})[ \t]*(?:\n|\Z)"
)
# "a1b2c3d (Ada Lovelace, 3 days ago) …", "Ada Lovelace committed 2 hours ago"
_BEFORE_AGO = re.compile(
    rf"(?<![\w.'’-])(?P<value>{NAME_WORD}(?:{BLANK}{NAME_WORD}){{1,2}})"
    r"(?:,|\s(?:committed|commented|authored|pushed|approved|merged|opened|wrote)) [0-9]{1,3} \Z"
)


def _counted(text: str, start: int) -> Span | None:
    begin = text.rfind("\n", max(0, start - 8), start) + 1
    match = _SHORTLOG.match(text, begin, begin + 100)
    return match.span("value") if match and likely_name(text, match.span("value")) else None


def _long_ago(text: str, start: int) -> Span | None:
    match = _BEFORE_AGO.search(text, max(0, start - 72), start)
    return match.span("value") if match and likely_name(text, match.span("value")) else None


_PERSON = FindingType.PERSON

RULES = (
    Rule(
        "person-chat",
        _PERSON,
        (rb":[0-9]{2}\] [A-Z<*\xc3]", rb"M\] [A-Z<*\xc3]"),
        False,
        _writer(_HEAD),
    ),
    Rule(
        "person-chat-above",
        _PERSON,
        (rb":[0-9]{2}\n", rb" AM\n", rb" PM\n"),
        False,
        _writer(_ABOVE),
    ),
    Rule(
        "person-git",
        _PERSON,
        (rb"[0-9]\t[A-Z]",),
        False,
        _counted,
    ),
    Rule(
        "person-git-ago",
        _PERSON,
        literals(
            "minutes ago | hour ago | hours ago | day ago | days ago | weeks ago | months ago"
            " | years ago"
        ),
        False,
        _long_ago,
    ),
)
