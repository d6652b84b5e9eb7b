"""Passwords and door codes that a word announces, in sentences and in configuration."""

import re
from collections.abc import Iterator

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.placeholders import in_placeholder
from raise_finetune.dataset.sanitize.rules.password_near import (
    FURTHER_CUE,
    MASKED,
    before,
    below,
    near,
)
from raise_finetune.dataset.sanitize.rules.password_shape import (
    STOP_WORDS,
    WORDS_ONLY,
    held_by_code,
    is_other,
    mixed,
    plausible,
    sure,
    without_tail,
)
from raise_finetune.dataset.sanitize.rules.password_word import (
    beside_login,
    in_section,
    may_be_password,
    says_how,
    was_set,
)
from raise_finetune.dataset.sanitize.rules.rule import (
    Column,
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
    | contraseña | mot de pase | mot de pass | pasword | passwrd | passord | pswd
    """
# What may stand between the cue and the sign: "du compte admin", "for the vpn".
# A word of it ends where the next one, a sign or a verb can begin: to say so saves many steps back.
_BETWEEN = (
    r"(?P<between>[\w.-]{0,20}(?:\s?\([^()\n\x00]{1,40}\)|,(?=\s(?:je|j['’]|i)\b))?"
    r"(?:[ \t\u00a0](?:[dl]['’])?"
    r"(?>[^\s:=<>\"'`«{}()?!;,\x00]{1,24}(?=[\s:=>→⇒➜➡|\"'\])*,’-]))(?<![.…])){0,6}?)"
)
_SIGN = (
    r"(?:[\"'\])*]{0,3}+\s{0,2}+(?P<sign>:=|=>|->|={1,3}|:|>|deux points\s|[→⇒➜➡]|(?<=\s)\|)"
    # <add key="password" value="…"/>
    r"|[\"'](?:(?P<comma>,)(?=\s?[\"'])|(?P<attribute>\s{1,4}value\s?=)(?=\s?[\"'])))"
    r"\*{0,2}[ \t\u00a0]{0,3}(?:\n[ \t]{0,3})?"
)
_VERB = (
    r"(?:,?\s{1,2}|(?=['’]s\s))"
    r"(?P<verb>['’]s|(?:is|was|has been|had been) (?:re)?set to|(?:is|was|has been) changed to"
    r"|(?:a été|est) (?:re)?(?:mis|changé|passé|remplacé) (?:en|à|par)"
    r"|c['’]?(?:est|était) (?:pas|plus)|(?:is|was) not|isn['’]t|wasn['’]t"
    r"|est|EST|is|IS|was|était|etait|c['’]?est|c(?=\s)|ce sera|sera|devient|will be|vaut"
    r"|reste|à|en(?!\s(?:minuscules?|majuscules?|clair|dur|lettres)\b)|to|as|avec|with|par(?!\sd[ée]faut)|by(?!\sdefault))\s?:?\s{1,2}"
    r"(?:(?:donc|toujours|encore|maintenant|désormais|juste|simplement|now|still|actually|just|simply)\s)?"
)
_QUOTED = (
    r"(?:(?P<quote>[\"'`]|\*{1,2})(?!(?P=quote))(?P<quoted>[^\n\x00]{3,80}?)(?P=quote)"
    r"|[«“‘]\s?(?P<framed>[^\n»”’\x00]{3,80}?)\s?[»”’])"
)
_BARE = r"(?P<bare>[^\s\x00<>\"'`«»“”][^\s\x00<>\"`«»“”]{2,79})"
# {"password": "Mot de passe", "newPassword": "Choose a password"}
_LABEL = re.compile(r"passwor|passe\b|passwort|kennwort|contrase|passphrase|mdp", re.IGNORECASE)
_SHOWN = re.compile(
    r"[\W_]{0,2}(?:hint|label|placeholder|title|error|help|required|invalid|tooltip|message|confirm)",
    re.IGNORECASE,
)
_CUE = re.compile(rf"{any_of(_CUES)}|(?<!\w)pw(?!\w)", re.IGNORECASE)
_BLANKS = " \t\u00a0"
_NEAR = re.compile(rf"[{_BLANKS}]{{1,2}}(?:{_QUOTED}|{_BARE})")
_ANNOUNCED = re.compile(rf"{_BETWEEN}(?:{_SIGN}|{_VERB})(?:{_QUOTED}|{_BARE})")
_REACH = 260
_SHORTEST_CUE = 6  # with what stands around it
# Of those that are used most, the words that hardly mean anything else after "mdp".
_COMMON = frozenset(
    {
        "azerty", "azertyuiop", "qwerty", "qwertyuiop", "qwertz", "motdepasse", "letmein", "toor",
        "changeit", "doudou", "loulou", "chouchou", "soleil", "marseille", "iloveyou", "sunshine",
        "dragon", "monkey", "princess",
    }
)  # fmt: skip
_NO_YEAR = re.compile(r"(?!(?:19|20)[0-9]{2}\Z)[0-9]{4,12}\Z")
_LAST = re.compile(r"[.,;!?)]?[ \t]*(?:\n|\Z)")
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
# password = "", {"password": "", "name": …}
_EMPTY = r"[\"'\])*]{0,3}\s{0,2}(?::=|=>|[:=])\s{0,2}(?:\"\"|''|``)(?![\"'`]|\w)"
_NOT_TOLD = re.compile(rf"{_ABOUT.pattern}|{_EMPTY}", re.IGNORECASE)
# After a verb a plain word counts only if what lies between says whose password it is.
_WHOSE = re.compile(
    r"\s{0,2}(?:\Z|(?:du|des?|d['’]|pour|for|of|to|on|sur|chez|dans|à|au|in|at|wi-?fi|admin|root)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?:zéro|jour)\Z|[a-z'’-]+(?:ed|ing|able|ible)\Z|.*(?:é|ée|és|ées|oire)\Z")
_SPACED_ASSIGNMENT = re.compile(r"\s={1,3}\s{1,3}\Z")
_SENTENCE_END = re.compile(
    r"[\"'`»”’)\]*]{0,2}(?:[.,;!?]|\s*(?:\n|\Z|\x00|<(?![A-Z]+_)|\|)|\s[(–—-]|\s(?:et|and|merci|thanks|pour|for|si|if|mais|but)\b"
    r"|\s(?:tout\sen\s|en\sm[ai]|attach|all\slow|in\slow|sans\s(?:maj|acc|esp)|without\s|partout\b|everywhere\b))"
)


def _passwords(text: str, start: int) -> Iterator[Span]:
    """Yield what a cue announces: the password, and what else its sentence or lines tell."""
    if start and text[start - 1] == "<" and in_placeholder(text, start):
        return
    cue = _CUE.match(text, start, start + 32)
    if cue is None:
        return
    yield from before(text, start)  # whatever follows: that may be masked at the next look
    end = cue.end()
    span = _spoken_password(text, end, start + _REACH)
    # Most values stand right behind their cue: no other fits between, and it is not worth a search.
    if span and span[0] - end > _SHORTEST_CUE and FURTHER_CUE.search(text, end, span[0]):
        span = None  # it belongs to that cue
    if span is not None:
        if text.find(MASKED, end, span[0]) < 0:
            yield span
            yield from near(text, span[1])
    elif not (start and text[start - 1].isalnum()) and _NOT_TOLD.match(text, end, end + 32) is None:
        for search in (_of_quoted, _phrase, _spelled, near, below):
            found = list(search(text, end))
            if found:
                yield from found
                return


def _spoken_password(text: str, end: int, stop: int) -> Span | None:
    """Decide on what stands right after a cue, or after a sign or verb that belongs to it."""
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
        if not mixed(value) and (_LABEL.search(value) or _SHOWN.match(match.group("between"))):
            return None  # what a screen shows beside its field
        if match.group("attribute") and not held_by_code(value):
            return None  # as a form labels its field
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
        return quoted if plausible(value) and (" " not in value or _is_phrase(value)) else None
    begin, end = match.span("bare")
    if match.group("bare").isalpha():  # a plain word, as mostly: it is not worth three searches
        value = match.group("bare")
        is_common = value.lower() in _COMMON and _LAST.match(text, end)
        return (begin, end) if is_common or _is_told_word(text, start, begin, end) else None
    begin, end = without_tail(text, begin, end)
    value = text[begin:end]
    if value.isalpha():
        return (begin, end) if _is_told_word(text, start, begin, end) else None
    if value.isdigit():
        return (begin, end) if _NO_YEAR.match(value) and _LAST.match(text, end) else None
    # an attribute, a parameter, a login whose password is masked already
    named = value.endswith("=") or value.startswith(":") or text.startswith(f":{MASKED}", end)
    return (begin, end) if mixed(value) and not named and plausible(value) else None


# 'the password "lemon tree"'; not 'the password "must be longer"'
_WORDS = re.compile(r"[^\W\d_]{3,16}(?: [^\W\d_]{3,16}){1,4}\Z")


def _is_phrase(value: str) -> bool:
    words_only = _WORDS.match(value) is not None and _LABEL.search(value) is None
    return words_only and not STOP_WORDS.intersection(value.lower().split())


def _is_told_word(text: str, cue_end: int, begin: int, end: int) -> bool:
    """Tell whether a plain word is the password: "log in as ada with password marmalade"."""
    ends = text[end : end + 1] == ")" or _ends(text, end)
    return ends and may_be_password(text[begin:end]) and beside_login(text, cue_end)


# A passphrase without quotes: several words to the end of the line, none that a sentence needs.
_PHRASE = re.compile(
    rf"(?<=phrase){_BETWEEN}(?:\s{{0,2}}[:=]|\s(?:est|is|c['’]est)\s)\s{{0,8}}"
    r"(?P<value>[^\W\d_]+(?:[ -][^\W\d_]+){3,9})[.!]?[ \t]*(?:\n|\Z)",
    re.IGNORECASE,
)
# "tout en minuscules : soleil"
_SPELLED = re.compile(
    r"[^\n\x00.:;=]{0,60}?(?:minuscule|majuscule|lower|upper|capital|espace|space|attach|tiret|hyphen)"
    r"[^\n\x00.:;=]{0,30}[:=]\s(?P<value>[^\W\d_]{4,30})(?=[.!,]?[ \t]*(?:\n|\Z))",
    re.IGNORECASE,
)


# "Password for 'ada': …"
_OF_QUOTED = re.compile(
    r"(?:[ \t][^\s:=<>\"'`«{}()\x00]{1,16}){1,3}"
    r"[ \t](?:[\"'][^\"'\n\x00]{1,60}[\"']|«[^»\n\x00]{1,60}»)[ \u00a0]?:[ \t]{1,3}" + _BARE
)


def _of_quoted(text: str, end: int) -> Iterator[Span]:
    match = _OF_QUOTED.match(text, end, end + _REACH)
    span = without_tail(text, *match.span("bare")) if match else None
    if span is not None and sure(text[slice(*span)]) and plausible(text[slice(*span)]):
        yield span


def _phrase(text: str, end: int) -> Iterator[Span]:
    match = _PHRASE.match(text, end, end + _REACH)
    if match is not None and not STOP_WORDS.intersection(match.group("value").lower().split()):
        yield match.span("value")


def _spelled(text: str, end: int) -> Iterator[Span]:
    match = _SPELLED.match(text, end, end + 160)
    if match is not None and plausible(match.group("value")):
        yield match.span("value")


def _quoted(match: re.Match[str]) -> Span | None:
    for name in ("quoted", "framed"):
        if match.group(name) is not None:
            return match.span(name)
    return None


def _bare_password(match: re.Match[str], text: str, begin: int, end: int) -> bool:
    value = text[begin:end]
    if not plausible(value):
        return False
    spaced_assignment = _SPACED_ASSIGNMENT.search(text, match.start(), begin) is not None
    if text[match.start() - 2 : match.start()].lower() == "pw" and not mixed(value):
        return False
    if match.group("sign") == "|":
        return mixed(value) and not is_other(value)
    if match.group("verb") in _PREPOSITIONS and is_other(value):
        return False
    if not WORDS_ONLY.match(value):
        # Digits or symbols: a password, unless it is code.
        return any(char.isdigit() for char in value) if spaced_assignment else True
    # A plain word counts only where the sentence says so and then ends.
    if spaced_assignment:
        return may_be_password(value) and (
            (" " in match.group("between") and _LAST.match(text, end) is not None)
            or in_section(text, end)
        )
    if match.group("verb") in _PREPOSITIONS:
        return (
            _ends(text, end) and may_be_password(value) and was_set(text, match.start("verb") - 1)
        )
    if _TOLD.match(value) or _ABOUT.match(match.group("between")):
        return False
    if match.group("verb") and (says_how(value) or not _WHOSE.match(match.group("between"))):
        return False
    return _ends(text, end) or (
        match.group("sign") == "=" and _NEXT_SETTING.match(text, end, end + 24) is not None
    )


def _ends(text: str, end: int) -> bool:
    return _SENTENCE_END.match(text, end, end + 12) is not None


# "user=ada pwd=sunflower host=rig"
_NEXT_SETTING = re.compile(r" [A-Za-z][\w.]{1,20}=\S")


_PIN_CUES = """
    code pin | pin code | pin | digicode | code d'accès | code d'entrée | door code | alarm code
    | code secret | code de la porte | code de l'alarme | code du portail | code portail
    | code de l'immeuble | code immeuble | code porte | code alarme | code du parking | code parking
    | code du garage | code du coffre | code coffre | code du cadenas | code interphone
    | code de l'interphone | code de la résidence | code de la carte | code sim | code puk
    | code de déverrouillage | gate code | entry code | garage code | safe code | unlock code
    | access code | lock code | lockbox code | keypad code | puk | combinaison du coffre
    | combinaison du cadenas | safe combination | lock combination | combinaison est
    | combination is | combination for
    """
_PIN = re.compile(
    any_of(_PIN_CUES)
    + r"(?!\w)(?:\s[^\s:=\x00]{1,20}){0,4}?\s{0,2}(?::|=|est(?: le)?|is|c'est)?\s{0,2}"
    r"[\"'`«*]{0,2}\s?(?P<value>[A-D]?[0-9]{4,8}[A-Z]?|[0-9]{2,4}[A-D][0-9]{1,4}|[0-9]{2}(?:-[0-9]{2}){2,3}|[0-9]{4,6}[#*])(?!\w)(?![\w.,/-]*[0-9]|\s(?:of|on)\b)",
    re.IGNORECASE,
)

# "le code de la salle serveurs est le 5830": what a code opens stands beside it.
_PLACE = any_of(
    """
    porte | portail | portillon | hall | immeuble | résidence | bâtiment | garage | parking | coffre
    | coffret | alarme | local | salle | labo | laboratoire | casier | cadenas | boîte à clé
    | interphone | sas | entrée | vestiaire | armoire | atelier | boîtier | door | gate | building
    | alarm | safe | locker | lab | room | entrance | lobby | padlock | keypad | cabinet
    """
)
_OF_PLACE = re.compile(
    rf"(?:code|celui)(?!\w)[^\n\x00.;:=0-9]{{0,30}}?(?<!\w){_PLACE}s?(?!\w)[^\n\x00.;:=0-9]{{0,24}}?"
    r"(?:\s?[:=]|\s(?:est|is|c['’]est)(?:\sle)?|(?<=\w))\s{1,2}[\"'`«*]{0,2}\s?"
    r"(?P<value>[A-D]?[0-9]{4,6}[A-D#*]?|[0-9]{2,4}[A-D][0-9]{1,4})(?![\w€%]|[.,:/-][0-9]|\s[€%])",
    re.IGNORECASE,
)
_OF_NO_PLACE = re.compile(
    r"erreur|error|retour|article|postal|source|projet|project", re.IGNORECASE
)


def _of_place(match: re.Match[str]) -> bool:
    return _OF_NO_PLACE.search(match.group()) is None


RULES = (
    Rule(
        "password-cue",
        FindingType.PASSWORD,
        (*each(_CUES), rb"\bpw\b"),
        True,
        Column(_passwords),
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
    Rule(
        "pin-of-place",
        FindingType.PASSWORD,
        (rb"\b(?:code|celui)\s[^\n0-9.;]{4,60}[0-9]",),
        True,
        pattern_check(_OF_PLACE.pattern, 150, _of_place, re.IGNORECASE),
    ),
)
