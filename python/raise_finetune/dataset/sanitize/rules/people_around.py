"""Names of people that what is around them tells: a mail's head, a birth, a role beside them."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.names import first_names, fold, folded_nobodies
from raise_finetune.dataset.sanitize.rules.person_name import (
    NAME_WORD,
    known_name,
    likely_name,
    name_at,
)
from raise_finetune.dataset.sanitize.rules.rule import (
    BLANK,
    Rule,
    Span,
    any_of,
    each,
    literals,
)

# The head of a mail, as Outlook writes people: "Lovelace, Ada; Hopper, Grace (EXT)".
_HEAD_LINE = r"[>|* \t]{0,6}"
_OTHER_HEAD = any_of(
    """
    from | to | cc | bcc | de | à | cci | copie | sent | date | subject | envoyé | objet | sujet
    | importance | pièces jointes | attachments | when | where | required | optional
    """
)
_HEAD_BELOW = re.compile(rf"\r?\n{_HEAD_LINE}{_OTHER_HEAD}\*{{0,2}}[ \u00a0]?:", re.IGNORECASE)
_HEAD_ABOVE = re.compile(
    rf"{_OTHER_HEAD}\*{{0,2}}[ \u00a0]?:[^\n]{{0,300}}\n{_HEAD_LINE}\Z", re.IGNORECASE
)
_LAST_FIRST = re.compile(
    rf"(?P<last>{NAME_WORD}(?:{BLANK}{NAME_WORD}){{0,2}}),{BLANK}(?P<first>{NAME_WORD}(?:{BLANK}{NAME_WORD})?)"
    rf"(?:{BLANK}[(\[][^()\[\]\n]{{1,40}}[)\]])?(?:{BLANK}?<[^<>\n]{{3,80}}>)?{BLANK}?(?P<next>;{BLANK}?|(?=\r?\n|\Z))"
)
_MOST_NAMES = 30
_LONGEST_LINE = 400


def people_of_mail_head(text: str, start: int, position: int) -> list[Span]:
    """Return who stands at ``position``, behind a label of a mail's head at ``start``."""
    people: list[Span] = []
    for _ in range(_MOST_NAMES):
        entry = _LAST_FIRST.match(text, position, position + 140)
        if entry is None:
            break
        people.append((entry.start("last"), entry.end("first")))
        position = entry.end()
        if not entry.group("next"):
            break
    if not people or not all(_last_and_first(text, person) for person in people):
        return []
    above = text[max(0, start - _LONGEST_LINE) : start]
    in_head = _HEAD_BELOW.match(text, position, position + 60) or _HEAD_ABOVE.search(above)
    return people if in_head else []


def _last_and_first(text: str, person: Span) -> bool:
    last, _, first = text[slice(*person)].partition(",")
    words = {fold(word) for word in (*last.split(), *first.split())}
    return not words & folded_nobodies()


# "Ada Lovelace, née le 10/12/1815", "…, demeurant 12 rue …"
_NAME_BEFORE = re.compile(
    rf"(?<![\w.'’-])(?P<value>{NAME_WORD}(?:{BLANK}"
    rf"(?:d['’]|(?:de|du|des|de la|le|la|van|von|ben|el){BLANK})?{NAME_WORD}){{0,3}})"
    rf"(?:\s\([^()<\n]{{1,30}}\))?,?\s\Z"
)
_LONGEST = 80
_LONGEST_WORD = 30


def _name_before(text: str, start: int) -> Span | None:
    # Most words before are in small letters: it is not worth a search to know that.
    last = text[max(0, start - _LONGEST_WORD) : start].rstrip(", \u00a0").rpartition(" ")[2]
    if not (last[:1].isupper() or last[-1:] == ")"):
        return None
    match = _NAME_BEFORE.search(text, max(0, start - _LONGEST), start)
    return match.span("value") if match else None


_BORN = re.compile(
    r"(?P<birth>(?:n(?:é|É)(?:e|\(e\))?|nee)\s(?:le\s(?:[0-9]|<BIRTH)|en\s[0-9]|[àa]\s)"
    r"|born\s(?:on\s)?(?:the\s)?(?:[0-9]|<BIRTH|[A-Z][a-z]{2,8}\s[0-9]))"
    r"|(?:demeurant|domicili[ée]e?|r[ée]sidant)(?:\s(?:au|à|actuellement))?\s(?:[0-9]|<ADD)"
    r"|de\snationalit[ée]\s",
    re.IGNORECASE,
)


def _born(text: str, start: int) -> Span | None:
    name = _name_before(text, start)
    cue = _BORN.match(text, start, start + 40) if name else None
    if name is None or cue is None:
        return None
    accept = likely_name if cue.group("birth") else known_name  # companies have addresses, too
    return name if accept(text, name) else None


# "le chef de projet, Ada Lovelace, …", "Ada Lovelace, chef de projet"
_STAFF = """
    chef de projet | cheffe de projet | chef d'équipe | cheffe d'équipe | chef de service |
    directeur | directrice | ingénieur | ingénieure | technicien | technicienne | gérant |
    gérante | architecte système | architecte logiciel | responsable qualité | responsable
    technique | chargé d'affaires | project manager | team lead | tech lead | product owner |
    systems engineer | software engineer | quality manager | managing director
    """
_STAFF_BEFORE = re.compile(rf"{any_of(_STAFF)}(?:\s[\w'’-]{{1,16}}){{0,4}},\s", re.IGNORECASE)
_AFTER_APPOSED = re.compile(r"\s?(?:[,)]|\.\s|\n|\Z)")


def _before_role(text: str, start: int) -> Span | None:
    """Decide on the name in front of ", chef de projet"."""
    name = _name_before(text, start + 2)
    return name if name is not None and _is_whole_name(text, name) else None


def _after_role(text: str, start: int) -> Span | None:
    """Decide on the name after "le chef de projet,"."""
    role = _STAFF_BEFORE.match(text, start, start + 100)
    name = name_at(text, role.end()) if role else None
    if name is None or not _is_whole_name(text, name):
        return None
    return name if _AFTER_APPOSED.match(text, name[1], name[1] + 4) else None


def _is_whole_name(text: str, name: Span) -> bool:
    return " " in text[slice(*name)] and likely_name(text, name)


# "Interlocuteur technique : …", "Astreinte semaine 14 : …"
_ROLES = """
    interlocuteur | interlocutrice | responsable | référent | référente | correspondant |
    correspondante | chef de projet | cheffe de projet | directeur | directrice | ingénieur |
    ingénieure | technicien | technicienne | gestionnaire | astreinte | project manager |
    account manager | point of contact | on call
    """
_ROLE_OF = re.compile(
    rf"(?<![\w-]){any_of(_ROLES)}(?:\s[^\s:<\x00]{{1,14}}){{1,4}}[ \u00a0]?:[ \t\u00a0]{{1,3}}",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"{BLANK}{{0,2}}(?:[(\[,;–-]|\r?\n|\Z|\|)")


def _of_role(text: str, start: int) -> Span | None:
    role = _ROLE_OF.match(text, start, start + 110)
    name = name_at(text, role.end()) if role else None
    if name is None:
        return None
    alone = _ALONE.match(text, name[1], name[1] + 6) is not None
    return name if alone and (known_name(text, name) or _is_whole_name(text, name)) else None


# "(resp. Lovelace, échéance 30/06)"
_IN_BRACKETS = re.compile(
    rf"\((?:resp\.|resp|responsable|pilote|porteur|owner|action)[ \u00a0]?:?{BLANK}{{1,2}}",
    re.IGNORECASE,
)


def _responsible(text: str, start: int) -> Span | None:
    role = _IN_BRACKETS.match(text, start, start + 24)
    name = name_at(text, role.end()) if role else None
    if name is None or text[name[1] : name[1] + 1] not in {",", ")", ";"}:
        return None
    return name if likely_name(text, name) else None


# The rows of a title block: "| Vérifié | A. Lovelace | 12/01 |"
_DONE = """
    établi | rédigé | vérifié | approuvé | validé | prepared | checked | approved | reviewed
    """
_DONE_ROW = re.compile(rf"(?<!\w){any_of(_DONE)}\s?\|\s?", re.IGNORECASE)
_CELL_END = re.compile(r"\.?[ \t]*\|")


def _signed_row(text: str, start: int) -> Span | None:
    row = _DONE_ROW.match(text, start, start + 24)
    name = name_at(text, row.end()) if row else None
    if name is None or not _CELL_END.match(text, name[1], name[1] + 12):
        return None
    return name if known_name(text, name) or _is_whole_name(text, name) else None


# "salut thomas,", "vu avec thomas": in haste, without a capital letter.
_HASTY = (
    "vu avec | voir avec | vois avec | vu ça avec | demande à | demandé à | moi c'est | salut c'est"
)
_GREETINGS = "bonjour | salut | coucou | hello | hey | merci"
_IN_HASTE = re.compile(
    rf"(?:(?P<greeted>{any_of(_GREETINGS)})|{any_of(_HASTY)})\s"
    r"(?P<value>[^\W\d_]{3,14}(?:-[^\W\d_]{3,14})?)"
    r"(?(greeted)(?=\s?[,!.\n]|\Z)|(?!\w|-\w|['’]))",
    re.IGNORECASE,
)


def _in_haste(text: str, start: int) -> Span | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        return None
    match = _IN_HASTE.match(text, start, start + 50)
    if match is None or not match.group("value").islower():
        return None
    name = match.group("value")
    parts = [part.capitalize() for part in name.split("-")]
    return match.span("value") if all(part in first_names() for part in parts) else None


_PERSON = FindingType.PERSON
_CAPITAL = r"(?-i:[A-Z]|\xc3[\x80-\x9e])"

RULES = (
    Rule(
        "person-born",
        _PERSON,
        # With its accent: "ne le" is the French negation.
        tuple(
            re.escape(f"n{e}{rest}").encode()
            for e in ("é", "É")
            for rest in (" le ", "e le ", "(e) le ", " en ", "e en ", " à ", "e à ")
        )
        + literals("demeurant | domicilié | résidant | born on | born the | de nationalité"),
        True,
        _born,
    ),
    Rule(
        "person-before-role",
        _PERSON,
        literals(_STAFF, head=", "),
        True,
        _before_role,
    ),
    Rule(
        "person-after-role",
        _PERSON,
        each(_STAFF, after=rf"(?:\s[^\s,]{{1,16}}){{0,4}},\s{_CAPITAL}"),
        True,
        _after_role,
    ),
    Rule(
        "person-role-of",
        _PERSON,
        each(_ROLES, after=rf"(?:\s[^\s:]{{1,14}}){{1,4}}\s?:\s{{1,3}}{_CAPITAL}"),
        True,
        _of_role,
    ),
    Rule(
        "person-in-brackets",
        _PERSON,
        each(
            "resp. | resp | responsable | pilote | porteur | owner | action",
            r"\(",
            rf"[ :]{{1,3}}{_CAPITAL}",
        ),
        True,
        _responsible,
    ),
    Rule("person-signed-row", _PERSON, literals(_DONE, (" |",)), True, _signed_row),
    Rule(
        "person-in-haste",
        _PERSON,
        (*literals(f"{_GREETINGS} | {_HASTY}", (" ",)),),
        True,
        _in_haste,
    ),
)
