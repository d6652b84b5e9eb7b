"""Keys and tokens: known shapes, private keys, and random-looking values after a key-like name."""

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.resources import lines
from raise_finetune.dataset.sanitize.rules.rule import (
    Rule,
    Span,
    anchor,
    any_of,
    before,
    each,
    pattern_check,
)

# Beginning of a token, as written → the pattern of what follows it.
_TOKEN_SHAPES = [line.split() for line in lines("token_shapes.txt")]

_TOKENS = "|".join(f"{re.escape(head)}(?:{tail})" for head, tail in _TOKEN_SHAPES)
_TOKEN = re.compile(rf"(?<![\w-])(?:{_TOKENS})(?!\w)")
_MIN_DISTINCT = 6


def _token(text: str, start: int) -> Span | None:
    match = _TOKEN.match(text, start, start + 400)
    # ghp_xxxxxxxx is how people write "your token here".
    if match is None or len(set(match.group()[-16:])) < _MIN_DISTINCT:
        return None
    return match.span()


_TOKEN_ANCHORS = tuple(
    anchor(rf"\b{re.escape(head)}[0-9A-Za-z_+-]{{8}}") for head, _ in _TOKEN_SHAPES
)

_PEM_BEGIN = re.compile(r"-----BEGIN (?P<label>[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?)-----")
_PEM_REACH = 16_384
_PEM_BODY = re.compile(r"(?:(?:\s|\\[nr]|[>#*|\"'])*[A-Za-z0-9+/=]{16,})*")


def _private_key(text: str, start: int) -> Span | None:
    begin = _PEM_BEGIN.match(text, start, start + 64)
    if begin is None:
        return None
    stop = start + _PEM_REACH
    closing = f"-----END {begin.group('label')}-----"
    end = text.find(closing, begin.end(), stop)
    if end >= 0:
        return start, end + len(closing)
    # Cut off: whatever still looks like the key's body goes too.
    body = _PEM_BODY.match(text, begin.end(), stop)
    return start, body.end() if body else begin.end()


_KEY_NAMES = """
    api key | apikey | api token | secret | token | access key | account key | accountkey |
    private key | encryption key | signing key | client secret | auth key | authorization |
    credential | clé api | clé d'api | clé secrète | clé privée | clé d'accès | clé de
    chiffrement | jeton | jeton d'accès | sharedaccesskey | sas token | license key | clé de
    licence | webhook secret | session id | sessionid | cookie | _key | passphrase
    | _auth | -key | hmac key | app key | master key | shared key | subscription key | deploy key
    | root key
    | clé de déploiement | clé de signature | clé de session | clé partagée | clé de récupération
    | recovery code | recovery key | backup code | code de récupération | code de secours
    """  # fmt: skip
# A key of any kind, also of a dictionary: only with a sign or a verb before the value.
_ANY_KEY = "la clé | ma clé | notre clé | the key | my key | our key"
_OF = r"(?:\s(?:de|du|des|pour|for|of|d'|l')[^\n:=]{1,32})?"
_ASSIGNED = (
    r"\w{0,20}" + _OF + r"(?:[\"'`\])]{0,2}\s{0,3}(?::=|=>|->|→|={1,2}|:|>|(?<=\s)\|)"
    r"|\s(?:est|is|vaut|c'est|are)\s?:?|\s(?=[\"'`«]))"
    r"[ \t\u00a0]{0,3}(?:(?i:bearer|basic|token|apikey|sso-key)\s+)?[\"'`«]{0,3}\s?(?:base64:)?"
)
_RANDOM = r"(?P<value>[A-Za-z0-9_+/=.~$!%&@#^*-]{8,512})"
# "the token q7Xz2mK9vB4t", "--api-key q7Xz2mK9vB4t": nothing but the value says so.
_NEAR = r"\s(?P<value>[A-Za-z0-9_+/=.~-]{14,512})(?![\w(\[])"
_BEARER = r"(?i:bearer|basic)\s+" + r"(?P<value>[A-Za-z0-9_+/=.~-]{16,1024})"
_IDENTIFIER = re.compile(
    r"[A-Za-z_$][A-Za-z_]*(?:[.\-/][A-Za-z_]+)*[0-9]{0,2}\Z"
    r"|(?:[A-Za-z]{1,20}[0-9]{0,2}[_.-])+(?:[A-Za-z]{1,20}[0-9]{0,2}|[0-9]{1,4})\Z"
)
_PATH = re.compile(r"(?:self|this|cls|config|settings|process|os)\.|[~.]{0,2}/?(?:[a-z_.-]{2,}/)+")
_PLACEHOLDER = re.compile(
    r"(?:(?:your|my|ton|votre|mon|insert|replace)[_ -]|example|exemple|changeme|xxx+|\.\.\.|<"
    r"|\$\{|\{\{|%\()"
    r"|x{5,}|\*{4,}",
    re.IGNORECASE,
)
_THREE_LETTERS = re.compile("(?:[^A-Za-z]*[A-Za-z]){3}", re.IGNORECASE)
_MIN_BITS = 3.0


def random_looking(value: str) -> bool:
    """Tell whether a value mixes letters and digits without being a word, a path or a call."""
    digits = any(map(str.isdigit, value))
    if not digits and (value.islower() or value.isupper()):
        return False
    if _PLACEHOLDER.match(value) or "xxxxx" in value.lower() or _PATH.match(value):
        return False
    if (
        digits
        and _THREE_LETTERS.match(value)
        and _IDENTIFIER.match(value) is None
        and (_least_entropy(len(value), len(set(value))) > _MIN_BITS or entropy(value) >= _MIN_BITS)
    ):
        return True
    return len(value) >= 20 and _mixed_case(value) and _WORDS.match(value) is None


@cache
def _least_entropy(length: int, distinct: int) -> float:
    """Return the entropy of so many characters where all but one occur once.

    It is the least that this number of distinct characters can have, and needs no counting.
    """
    repeated = length - distinct + 1
    return math.log2(length) - repeated * math.log2(repeated) / length


def entropy(value: str) -> float:
    """Return Shannon's entropy in bits per character."""
    repeated = [count for count in Counter(value).values() if count > 1]
    return math.log2(len(value)) - sum(n * math.log2(n) for n in repeated) / len(value)


def _mixed_case(value: str) -> bool:
    letters = [char for char in value if char.isalpha()]
    switches = sum(a.islower() != b.islower() for a, b in pairwise(letters))
    return switches >= 0.4 * len(value)


_KEYED = re.compile(any_of(f"{_KEY_NAMES} | {_ANY_KEY}") + _ASSIGNED + _RANDOM, re.IGNORECASE)
_ALONE = re.compile(any_of(_KEY_NAMES) + _NEAR, re.IGNORECASE)
_NEXT_PARAMETER = re.compile(r"&[A-Za-z_]\w{0,30}=")
_NOT_KEYED = re.compile(
    r"(?:commit|sha(?:1|256|512)?|md5|hash|checksum|digest|empreinte|csrf_field)\W{0,3}\Z"
)
_TOKENIZER = re.compile("tokeni[sz]", re.IGNORECASE)
# SyntaxKind.BarBarToken: words, and no chance
_WORDS = re.compile(r"[A-Za-z]?[a-z]{2,}(?:\.?[A-Z][a-z]{2,}){1,9}\Z")
_LONG = 12
# What these names announce is a secret even if it is short.
_STRONG = re.compile(r"(?:\w{0,12}[ _-])?secret|api|recover|backup|code", re.IGNORECASE)
_DIGITS_INSIDE = re.compile(r"[0-9]+(?=[A-Za-z])|(?<=[A-Za-z])[0-9]+")


def _keyed_secret(text: str, start: int) -> Span | None:
    stop = start + 640
    match = _KEYED.match(text, start, stop)
    alone = match is None
    match = match or _ALONE.match(text, start, stop)
    if match is None or _NOT_KEYED.search(before(match, 12)) or _TOKENIZER.match(text, start):
        return None
    begin, end = match.span("value")
    value = text[begin:end]
    if "&" in value:
        value = _NEXT_PARAMETER.split(value, maxsplit=1)[0]
    value = value.rstrip(".,;:!?*")
    end = begin + len(value)
    if text[end : end + 1] in {"(", "["} or not random_looking(value):
        return None
    if alone:
        return (begin, end) if _scattered(value) else None
    short = len(value) < _LONG and not (_STRONG.match(match.group()) and _scattered(value))
    return None if short else (begin, end)


def _scattered(value: str) -> bool:
    """Tell whether digits stand among the letters, as in no word with a number behind it."""
    return len(_DIGITS_INSIDE.findall(value)) >= 2


def _bearer(match: re.Match[str]) -> bool:
    return random_looking(match.group("value").rstrip("."))


# Docker's "auth" holds user and password; "sig" signs a link to a store of files.
_DOCKER = r"\"auth\"\s?:\s?\"(?P<value>[0-9A-Za-z+/]{16,400}={0,2})\""
_SIGNATURE = (
    r"[?&;](?:amp;)?(?:sig|signature|X-Amz-Signature)=(?P<value>[0-9A-Za-z%+/=_.-]{20,200})"
)


# Tokens that are known by what stands inside: of Airtable, Terraform and Azure's applications.
_INSIDE = (
    r"(?<![\w.~-])(?P<value>pat[0-9A-Za-z]{14}\.[0-9a-f]{64}|[0-9A-Za-z]{14}\.atlasv1\.[\w-]{60,90}"
    r"|[\w~.]{3}[0-9]Q~[\w~.-]{31,34})(?!\w)"
)


def _has_many_signs(match: re.Match[str]) -> bool:
    return len(set(match.group("value")[-16:])) >= _MIN_DISTINCT


RULES = (
    Rule("token-shape", FindingType.SECRET, _TOKEN_ANCHORS, False, _token),
    Rule(
        "jwt",
        FindingType.SECRET,
        (rb"\beyJ[0-9A-Za-z_-]{8}",),
        False,
        pattern_check(
            r"(?<![\w-])(?P<value>eyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{2,2000}){0,3})(?![\w-])",
            16_384,
        ),
    ),
    Rule(
        "private-key",
        FindingType.SECRET,
        (rb"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY",),
        False,
        _private_key,
    ),
    Rule(
        "telegram-bot",
        FindingType.SECRET,
        (rb"\b[0-9]{8,10}:AA[0-9A-Za-z_-]{33}",),
        False,
        pattern_check(r"(?<![\w-])(?P<value>[0-9]{8,10}:AA[\w-]{33})(?![\w-])", 64),
    ),
    Rule(
        "discord-bot",
        FindingType.SECRET,
        (rb"\b[MNO][0-9A-Za-z_-]{23,25}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27}",),
        False,
        pattern_check(
            r"(?<![\w-])(?P<value>[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,40})(?![\w-])", 96
        ),
    ),
    Rule(
        "twilio",
        FindingType.SECRET,
        (rb"\b(?:SK|AC)[0-9a-f]{32}",),
        False,
        pattern_check(r"(?<!\w)(?P<value>(?:SK|AC)[0-9a-f]{32})(?!\w)", 48),
    ),
    Rule(
        "mailchimp",
        FindingType.SECRET,
        (rb"\b[0-9a-f]{32}-us[0-9]",),
        False,
        pattern_check(r"(?<!\w)(?P<value>[0-9a-f]{32}-us[0-9]{1,2})(?!\w)", 48),
    ),
    Rule(
        "token-inside",
        FindingType.SECRET,
        (
            rb"\bpat[0-9A-Za-z]{14}\.[0-9a-f]{64}\b",
            rb"\b[0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_-]{60}",
            rb"\b[0-9A-Za-z_~.]{3}[0-9]Q~[0-9A-Za-z_~.-]{31}",
        ),
        False,
        pattern_check(_INSIDE, 200, _has_many_signs),
    ),
    Rule(
        "docker-login",
        FindingType.SECRET,
        (rb"\"auth\"\s?:\s?\"[0-9A-Za-z+/]{16}",),
        False,
        pattern_check(_DOCKER, 430, _bearer),
    ),
    Rule(
        "signed-link",
        FindingType.SECRET,
        (rb"[?&;](?:sig|signature|X-Amz-Signature)=[0-9A-Za-z%+/_.-]{20}",),
        False,
        pattern_check(_SIGNATURE, 240, _bearer),
    ),
    Rule(
        "bearer",
        FindingType.SECRET,
        (rb"\b(?:bearer|basic)\s[0-9A-Za-z_+/=.~-]{16}",),
        True,
        pattern_check(_BEARER, 1100, _bearer),
        carried=True,
    ),
    Rule(
        "key-name",
        FindingType.SECRET,
        each(
            f"{_KEY_NAMES} | {_ANY_KEY}",
            after=r"[0-9A-Za-z_]{0,20}(?:[\"'`\])]{0,2}\s{0,3}(?:[:=>|]|->|→)"
            r"|\s[0-9A-Za-z_+/=.~-]{14}|\s(?:est|is|vaut|c'est|are|de|du|des|pour|for|of)\s|\s(?:d'|[\"'`]|«))",
        ),
        True,
        _keyed_secret,
        carried=True,
    ),
)
