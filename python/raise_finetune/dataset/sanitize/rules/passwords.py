"""Passwords and door codes that a word announces, in sentences and in configuration."""

import re
from unicodedata import normalize

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.rule import (
    Rule,
    Span,
    any_of,
    each,
    pattern_check,
    several,
)

_CUES = """
    mot de passe | mots de passe | mdp | password | passwd | passcode | passphrase | pwd |
    phrase secrète | phrase de passe | code secret | code pin | pin code | code d'accès | code
    wifi | clé wifi | wifi key | digicode | code d'entrée | code de la porte | code de l'alarme
    | door code | alarm code | psw | passw | psswd | pass phrase | code wi fi | clé wi fi | wi fi
    key | clé wpa | code du wi fi | clé du wi fi | code de la box | passwort | kennwort
    | contraseña
    """
# What may stand between the cue and the sign: "du compte admin", "for the vpn".
# A word of it ends where the next one, a sign or a verb can begin: to say so saves many steps back.
_BETWEEN = (
    r"(?P<between>[\w.-]{0,20}(?:\s?\([^()\n\x00]{1,40}\)|,(?=\s(?:je|j['’]|i)\b))?"
    r"(?:[ \t\u00a0](?>[^\s:=<>\"'`«{}()?!;,\x00]{1,24}(?=[\s:=>→⇒➜➡|\"'\])*,’-]))(?<![.…])){0,6}?)"
)
_SIGN = (
    r"(?:[\"'\])*]{0,3}+\s{0,2}+(?P<sign>:=|=>|->|={1,3}|:|>|[→⇒➜➡]|(?<=\s)\|)"
    r"|[\"'](?P<comma>,)(?=\s?[\"']))"
    r"\*{0,2}[ \t\u00a0]{0,3}(?:\n[ \t]{0,3})?"
)
_VERB = (
    r"(?:,?\s{1,2}|(?=['’]s\s))"
    r"(?P<verb>['’]s|(?:is|was|has been|had been) (?:re)?set to|(?:is|was|has been) changed to"
    r"|(?:a été|est) (?:re)?(?:mis|changé|passé|remplacé) (?:en|à|par)"
    r"|c['’]?(?:est|était) (?:pas|plus)|(?:is|was) not|isn['’]t|wasn['’]t"
    r"|est|EST|is|IS|was|était|etait|c['’]?est|c(?=\s)|ce sera|sera|devient|will be|vaut"
    r"|reste|à|en|to|as|avec|with|par(?!\sd[ée]faut)|by(?!\sdefault))\s?:?\s{1,2}"
    r"(?:(?:donc|toujours|encore|maintenant|désormais|juste|simplement|now|still|actually|just|simply)\s)?"
)
_QUOTED = (
    r"(?:(?P<quote>[\"'`]|\*{1,2})(?P<quoted>[^\n\x00]{3,80}?)(?P=quote)"
    r"|[«“‘]\s?(?P<framed>[^\n»”’\x00]{3,80}?)\s?[»”’])"
)
_BARE = r"(?P<bare>[^\s\x00<>\"'`«»“”][^\s\x00<>\"`«»“”]{2,79})"
_CUE = re.compile(any_of(_CUES), re.IGNORECASE)
_BLANKS = " \t\u00a0"
_NEAR = re.compile(rf"[{_BLANKS}]{{1,2}}(?:{_QUOTED}|{_BARE})")
_ANNOUNCED = re.compile(rf"{_BETWEEN}(?:{_SIGN}|{_VERB})(?:{_QUOTED}|{_BARE})")
_REACH = 260
_TAIL = ".,;:)]}…*"
_NEXT_PARAMETER = re.compile(r"[&;](?<=.{5})[A-Za-z_][\w ]{0,30}=")
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
# "The password field is masked", "password manager: Bitwarden" are about something else.
_ABOUT = re.compile(
    r"\W{0,3}(?:s\W{1,3})?(?:manager|management|gestionnaire|fields?|champs?|box|policy|policies|politique|length"
    r"|longueur|reset|hash|strength|force|generator|prompt|rotation|expiry|expiration|age|format"
    r"|type|column|colonne|input|hint|indice|rules?|règles?|reminder|complexity|complexité|screen"
    r"|page|form|dialog|auth|authentication|change|changing|entry|protection|storage|attempts?"
    r"|label|widget|validation|check|recovery|oublié|forgotten)(?!\w)",
    re.IGNORECASE,
)
# After a verb a plain word counts only if what lies between says whose password it is.
_WHOSE = re.compile(
    r"\s{0,2}(?:\Z|(?:du|des?|d['’]|pour|for|of|to|on|sur|chez|dans|à|au|in|at|wi-?fi|admin|root)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?:zéro|jour)\Z|[a-z'’-]+(?:ed|ing|able|ible)\Z|.*(?:é|ée|és|ées|oire)\Z")
_SPACED_ASSIGNMENT = re.compile(r"\s={1,3}\s{1,3}\Z")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT_OR_SYMBOL = re.compile(r"\d|[^\w\s'’./-]|_")
_WORDS_ONLY = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\Z")
_SENTENCE_END = re.compile(
    r"[\"'`»”’)\]*]{0,2}(?:[.,;!?]|\s*(?:\n|\Z|\x00|<(?![A-Z]+_)|\|)|\s[(–—-]|\s(?:et|and|merci|thanks|pour|for|si|if|mais|but)\b"
    r"|\s(?:tout\sen\s|en\sm[ai]|attach|all\slow|in\slow))"
)


def _spoken_password(text: str, start: int) -> Span | None:
    cue = _CUE.match(text, start, start + 32)
    if cue is None:
        return None
    stop = start + _REACH
    end = cue.end()
    # After most cues stands a sign: it is not worth a call to know that nothing follows directly.
    near = _near_password(text, end, stop) if text[end : end + 1] in _BLANKS else None
    if near is not None:
        return near
    match = _ANNOUNCED.match(text, end, stop)
    if match is None:
        return None
    quoted = _quoted(match)
    if quoted is not None:
        value = text[quoted[0] : quoted[1]]
        listed = match.group("comma") and (match.group("between") or not mixed(value))
        return quoted if plausible(value) and not listed else None
    begin, end = without_tail(text, *match.span("bare"))
    return (begin, end) if _bare_password(match, text, begin, end) else None


def _near_password(text: str, start: int, stop: int) -> Span | None:
    """Decide on what directly follows the cue: quoted, or a mix of letters, digits and symbols."""
    match = _NEAR.match(text, start, stop)
    if match is None:
        return None
    quoted = _quoted(match)
    if quoted is not None:
        value = text[quoted[0] : quoted[1]]
        return quoted if " " not in value and plausible(value) else None
    if match.group("bare").isalpha():  # a plain word, as mostly: it is not worth three searches
        return None
    begin, end = without_tail(text, *match.span("bare"))
    value = text[begin:end]
    named = value.endswith("=") or value.startswith(":")  # an attribute, a parameter
    return (begin, end) if mixed(value) and not named and plausible(value) else None


def _quoted(match: re.Match[str]) -> Span | None:
    for name in ("quoted", "framed"):
        if match.group(name) is not None:
            return match.span(name)
    return None


def without_tail(text: str, begin: int, end: int) -> Span:
    """Leave out the sentence's punctuation ("!" only after a plain word) and the next parameter."""
    word = _NEXT_PARAMETER.split(text[begin:end], maxsplit=1)[0].rstrip(_TAIL)
    if word.endswith(("!", "?")) and _WORDS_ONLY.match(word.rstrip("!?")):
        word = word.rstrip("!?")
    return begin, begin + len(word)


def _bare_password(match: re.Match[str], text: str, begin: int, end: int) -> bool:
    value = text[begin:end]
    if not plausible(value):
        return False
    spaced_assignment = _SPACED_ASSIGNMENT.search(text, match.start(), begin) is not None
    if match.group("sign") == "|":
        return mixed(value)
    if not _WORDS_ONLY.match(value):
        # Digits or symbols: a password, unless it is code.
        return any(char.isdigit() for char in value) if spaced_assignment else True
    # A plain word counts only where the sentence says so and then ends.
    if spaced_assignment or match.group("verb") in _PREPOSITIONS:
        return False
    if _TOLD.match(value) or _ABOUT.match(match.group("between")):
        return False
    if match.group("verb") and not _WHOSE.match(match.group("between")):
        return False
    return _SENTENCE_END.match(text, end, end + 12) is not None


def plausible(value: str) -> bool:
    """Tell whether a value may be a password: no common word, no code, no stand-in."""
    value = normalize("NFC", value)  # the text may write "généré" in nine characters
    if len(value) < 4 or value[0] in ",;" or value.rstrip("?!.,;").lower() in _STOP:
        return False
    if _CODE.match(value) or _PLACEHOLDER.match(value):
        return False
    return any(map(str.isalnum, value))


def mixed(value: str) -> bool:
    """Tell whether a value has letters and, beside them, digits or symbols."""
    return _LETTER.search(value) is not None and _DIGIT_OR_SYMBOL.search(value) is not None


_PIN_CUES = """
    code pin | pin code | pin | digicode | code d'accès | code d'entrée | door code | alarm code
    | code secret | code de la porte | code de l'alarme | code du portail | code portail
    | code de l'immeuble | code immeuble | code porte | code alarme | code du parking | code parking
    | code du garage | code du coffre | code coffre | code du cadenas | code interphone
    | code de l'interphone | code de la résidence | code de la carte | code sim | code puk
    | code de déverrouillage | gate code | entry code | garage code | safe code | unlock code
    | access code | lock code | lockbox code
    """
_PIN = re.compile(
    any_of(_PIN_CUES) + r"(?!\w)(?:\s[^\s:=\x00]{1,20}){0,4}?\s{0,2}(?::|=|est|is|c'est)?\s{0,2}"
    r"[\"'`«*]{0,2}\s?(?P<value>[A-D]?[0-9]{4,8}[A-Z]?|[0-9]{2,4}[A-D][0-9]{1,4})(?!\w)(?![\w.,/-]*[0-9])",
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
        several(
            pattern_check(_PIN.pattern, 140, flags=re.IGNORECASE),
            FindingType.PASSWORD,
            r"\s?(?:[,;/&]|ou|or|et|and)?\s",
        ),
    ),
)
