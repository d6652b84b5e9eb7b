"""Passwords and door codes that a word announces, in sentences and in configuration."""

import re
from unicodedata import normalize

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, any_of, each, pattern_check

_CUES = """
    mot de passe | mots de passe | mdp | password | passwd | passcode | passphrase | pwd |
    phrase secrète | phrase de passe | code secret | code pin | pin code | code d'accès | code
    wifi | clé wifi | wifi key | digicode | code d'entrée | code de la porte | code de l'alarme
    | door code | alarm code | psw | passw
    """
# What may stand between the cue and the sign: "du compte admin", "for the vpn".
_BETWEEN = r"[\w.-]{0,20}(?:[ \t\u00a0][^\s:=<>\"'`«{}()?!;,\x00]{1,24}(?<![.…])){0,6}?"
_SIGN = (
    r"[\"'\])*]{0,3}\s{0,2}(?P<sign>:=|=>|={1,3}|:|>|(?<=\s)\|)"
    r"\*{0,2}[ \t\u00a0]{0,3}(?:\n[ \t]{0,3})?"
)
_VERB = (
    r",?\s{1,2}(?P<verb>est|EST|is|IS|was|était|etait|c['’]est|ce sera|sera|devient|will be|vaut"
    r"|reste|à|en|to|as|avec|with|par|by)\s?:?\s{1,2}"
    r"(?:(?:donc|toujours|encore|now|still|actually|just)\s)?"
)
_QUOTED = (
    r"(?:(?P<quote>[\"'`]|\*{1,2})(?P<quoted>[^\n\x00]{3,80}?)(?P=quote)"
    r"|[«“‘]\s?(?P<framed>[^\n»”’\x00]{3,80}?)\s?[»”’])"
)
_BARE = r"(?P<bare>[^\s\x00<>\"'`«»“”][^\s\x00<>\"`«»“”]{2,79})"
_CUE = re.compile(any_of(_CUES), re.IGNORECASE)
_NEAR = re.compile(rf"[ \t\u00a0]{{1,2}}(?:{_QUOTED}|{_BARE})")
_ANNOUNCED = re.compile(rf"{_BETWEEN}(?:{_SIGN}|{_VERB})(?:{_QUOTED}|{_BARE})")
_REACH = 260
_TAIL = ".,;:)]}…*"
_STOP = words("password_stop_words.txt")
_CODE = re.compile(
    r"(?:[A-Za-z_$][\w$]*(?:\.|->|::)[A-Za-z_]|[A-Za-z_][\w.]*[(\[]|[$%]\{?[A-Za-z_(]|\{\{|%[A-Z_]+%"
    r"|\$\(|[<({]|\*{3,}|•{3,}|\.{3,}|_{3,}|-{3,}|x{3,}\Z|\[|\||/\S*/|https?:|self\b|args\b|env\b|<\\?[A-Z])",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:your|my|ton|votre|mon|le|the|insert|replace|enter|saisir|new|old|db|some|user)[_-]?"
    r"(?:pass|passwd|password|pwd|mdp|mot)|[a-z_]*(?:mot_?de_?passe|password|passwd|pwd|mdp|secret)(?:[_-][a-z_-]+)?\Z",
    re.IGNORECASE,
)
_PREPOSITIONS = frozenset({"à", "en", "to", "as", "avec", "with", "par", "by"})
_SPACED_ASSIGNMENT = re.compile(r"\s={1,3}\s{1,3}\Z")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT_OR_SYMBOL = re.compile(r"\d|[^\w\s'’./-]|_")
_WORDS_ONLY = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\Z")
_SENTENCE_END = re.compile(
    r"[\"'`»”’)\]*]{0,2}(?:[.,;!?]|\s*(?:\n|\Z|\x00|<|\|)|\s[(–—-]|\s(?:et|and|merci|thanks|pour|for|si|if|mais|but)\b)"
)


def _spoken_password(block: str, start: int, low: int, high: int) -> Span | None:
    del low
    cue = _CUE.match(block, start, min(high, start + 32))
    if cue is None:
        return None
    stop = min(high, start + _REACH)
    near = _near_password(block, cue.end(), stop)
    if near is not None:
        return near
    match = _ANNOUNCED.match(block, cue.end(), stop)
    if match is None:
        return None
    quoted = _quoted(match)
    if quoted is not None:
        return quoted if plausible(block[quoted[0] : quoted[1]]) else None
    begin, end = _without_tail(block, *match.span("bare"))
    return (begin, end) if _bare_password(match, block, begin, end, high) else None


def _near_password(block: str, start: int, stop: int) -> Span | None:
    """Decide on what directly follows the cue: quoted, or a mix of letters, digits and symbols."""
    match = _NEAR.match(block, start, stop)
    if match is None:
        return None
    quoted = _quoted(match)
    if quoted is not None:
        value = block[quoted[0] : quoted[1]]
        return quoted if " " not in value and plausible(value) else None
    begin, end = _without_tail(block, *match.span("bare"))
    value = block[begin:end]
    return (begin, end) if plausible(value) and _mixed(value) else None


def _quoted(match: re.Match[str]) -> Span | None:
    for name in ("quoted", "framed"):
        if match.group(name) is not None:
            return match.span(name)
    return None


def _without_tail(block: str, begin: int, end: int) -> Span:
    """Leave the sentence's own punctuation out; "!" ends a sentence only after a plain word."""
    word = block[begin:end].rstrip(_TAIL)
    if _WORDS_ONLY.match(word.rstrip("!?")):
        word = word.rstrip("!?")
    return begin, begin + len(word)


def _bare_password(match: re.Match[str], block: str, begin: int, end: int, high: int) -> bool:
    value = block[begin:end]
    if not plausible(value):
        return False
    spaced_assignment = _SPACED_ASSIGNMENT.search(block, match.start(), begin) is not None
    if match.group("sign") == "|":
        return _mixed(value)
    if not _WORDS_ONLY.match(value):
        # Digits or symbols: a password, unless it is code.
        return any(char.isdigit() for char in value) if spaced_assignment else True
    # A plain word counts only where the sentence says so and then ends.
    if spaced_assignment or match.group("verb") in _PREPOSITIONS:
        return False
    return _SENTENCE_END.match(block, end, min(high, end + 12)) is not None


def plausible(value: str) -> bool:
    """Tell whether a value may be a password: no common word, no code, no stand-in."""
    value = normalize("NFC", value)  # the text may write "généré" in nine characters
    if len(value) < 4 or value.rstrip("?!.,;").lower() in _STOP:
        return False
    if _CODE.match(value) or _PLACEHOLDER.match(value):
        return False
    return any(map(str.isalnum, value))


def _mixed(value: str) -> bool:
    return _LETTER.search(value) is not None and _DIGIT_OR_SYMBOL.search(value) is not None


_PIN_CUES = """
    code pin | pin code | pin | digicode | code d'accès | code d'entrée | door code | alarm code
    | code secret | code de la porte | code de l'alarme
    """
_PIN = re.compile(
    any_of(_PIN_CUES) + r"(?!\w)(?:\s[^\s:=\x00]{1,20}){0,4}?\s{0,2}(?::|=|est|is|c'est)?\s{0,2}"
    r"[\"'`«*]{0,2}\s?(?P<value>[0-9]{4,8}[A-Z]?)(?![\w.,/-]*[0-9])",
    re.IGNORECASE,
)


RULES = (
    Rule(
        "password-cue",
        FindingType.PASSWORD,
        each(_CUES),
        True,
        _spoken_password,
        carried=True,
    ),
    Rule(
        "pin",
        FindingType.PASSWORD,
        each(_PIN_CUES, r"\b", r"\b"),
        True,
        pattern_check(_PIN.pattern, 140, flags=re.IGNORECASE),
    ),
)
