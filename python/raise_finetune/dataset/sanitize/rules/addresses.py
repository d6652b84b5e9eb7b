"""Postal addresses: a number and a kind of street, or a postcode and a town after a cue."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import UPPER, Rule, Span, anchor, any_of, each

_B = "[ \u00a0\u202f]"
_WAYS = """
    rue | avenue | av. | ave | av | bd | bld | boulevard | chemin | ch. | impasse | allée |
    allées | place | pl. | quai | route | rte | cours | square | passage | sentier | faubourg |
    fbg | esplanade | villa | voie | hameau | cité | résidence | lotissement | rond-point |
    promenade | montée | traverse | venelle | ruelle | clos | cour | mail | parvis | sente |
    bvd | boul. | blvd | imp. | all. | carrefour | domaine | levée | rocade | corniche |
    zone artisanale | zone industrielle | lieu-dit | lieudit | chaussée | r.
    """
_REPEATED = rf"(?:{_B}?(?:bis|ter|quater|[A-Da-d])\b)?"
# The anchor begins at the number's last digit: what stands before it is read backwards.
_NUMBER_REVERSED = re.compile(rf"[0-9]{{0,3}}(?:{_B}?[-/]{_B}?[0-9]{{1,4}})?(?![\w.,/-])")
_HEAD = re.compile(
    rf"[0-9]{_REPEATED},?{_B}{{0,2}}(?P<way>{any_of(_WAYS)})(?!\w){_B}{{1,2}}", re.IGNORECASE
)
_WAY_ANCHORS = each(
    _WAYS,
    r"[0-9](?:\s?(?:bis|ter|quater|[a-d]))?,?\s{0,2}",
    r"\s",
)
# After a number, these words are more often a count or a unit than a street.
_COUNTED = re.compile(
    any_of(
        "allées | place | cours | passage | route | mail | cour | quai | voie | villa | résidence"
        "| domaine | carrefour | levée | all. | imp."
    )
    + r"\Z",
    re.IGNORECASE,
)
_STREET_BEGINS = re.compile(
    rf"(?:(?:de|du|des|d['’]|la|le|les|l['’]) ?)?[{UPPER}]|(?:de la|du|des|de l['’]|saint|st)\b"
)

_ARTICLE = r"(?:de la|de l['’]|de|du|des|d['’]|la|le|les|l['’]|en|sur|sous|aux?|et|à|lès|-)"
_AFTER_STREET = any_of(
    """
    et | ou | je | j | il | elle | on | nous | vous | ils | elles | qui | que | mais | pour | avec
    | dans | est | c | ce | chez | depuis | merci | mon | ma | mes | son | sa | ses | tél
    | téléphone | mail | email | bonjour | cordialement | s | si | puis | donc | car | pas | plus
    | ne | n | y | a | as | ai | app | appt | appartement | bât | bâtiment | étage | code
    | digicode | au | c'est | quand | jusqu | vers | avant | après | demain | hier | svp | stp
    """
)
_WORD = rf"(?!{_AFTER_STREET}\b)[^\W_][\w'’.-]{{0,30}}"
_STREET = re.compile(
    rf"(?:{_ARTICLE}{_B}?){{0,3}}{_WORD}(?:{_B}(?:{_ARTICLE}{_B}){{0,2}}{_WORD}){{0,5}}",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"\.(?<=\w{3}\.)(?=\s|\Z)")

_TOWN_LINK = r"(?:sur|sous|en|la|le|les|lès|de|du|des|d|aux?)"
_TOWN_MORE = rf"(?:[ -](?:{_TOWN_LINK}[ -])?[{UPPER}][\w'’-]{{1,30}}){{0,4}}"
_NO_TOWN = r"(?!(?:Merci|Bonjour|Cordialement|Je|Il|Elle|Nous|Vous|Et|Mais|Thanks|Please)\b)"
_TOWN = rf"{_NO_TOWN}[{UPPER}][\w'’-]{{1,40}}{_TOWN_MORE}"
_POSTCODE = rf"(?:F-)?[0-9]{{2}}{_B}?[0-9]{{3}}(?![0-9])"
_CEDEX = rf"(?:{_B}(?i:cedex))?(?:(?<=(?i:cedex)){_B}[0-9]{{1,2}})?"
_DETAIL = (
    r"(?i:b[âa]t(?:iment|\.)?|appt?\.?|appartement|esc(?:alier|\.)?|[ée]tage|r[ée]sidence|cs|bp)"
)
_FLOOR = rf"[0-9]{{1,2}}(?:er|e|[èe]me){_B}(?i:[ée]tage)(?:{_B}(?:gauche|droite|droit|face))?"
_CANADIAN = rf"[A-Z][0-9][A-Z]{_B}?[0-9][A-Z][0-9](?!\w)"
_DISTRICT = rf"(?:{_B}[0-9]{{1,2}}(?:er|e|[èe]me)(?!\w))"
_REST = re.compile(
    rf"{_B}*[,;\n–-]?\s*(?:{_FLOOR}[,\n]\s*)?(?:{_DETAIL}{_B}?[\w ]{{1,20}}[,\n]\s*)?{_POSTCODE}"
    rf"(?:,?{_B}+[^\W\d_][\w'’-]{{1,40}}{_TOWN_MORE}{_CEDEX})?"
    rf"|{_B}*,{_B}?{_TOWN}(?:{_B}\(?[A-Z]{{2}}\)?)?,?{_B}{_CANADIAN}"
    rf"|(?:{_B}*,{_B}?|{_B}à{_B}){_TOWN}{_DISTRICT}?|{_B}\([0-9]{{5}}\)"
)


def _french_address(text: str, start: int) -> Span | None:
    head = _HEAD.match(text, start, start + 60)
    number = _NUMBER_REVERSED.match(text[max(0, start - 12) : start][::-1])
    if head is None or number is None:
        return None
    begins = _STREET_BEGINS.match(text, head.end(), head.end() + 12)
    if begins is None and _COUNTED.match(head.group("way")):
        return None
    street = _STREET.match(text, head.end(), head.end() + 160)
    if street is None:
        return None
    stop = _FULL_STOP.search(text, street.start(), street.end())
    end = stop.start() if stop else street.end()
    end = street.start() + len(text[street.start() : end].rstrip(" .-'’\u00a0"))
    rest = _REST.match(text, end, end + 120)
    return start - number.end(), rest.end() if rest else end


_LIVES = """
    j'habite | habite | domicile | domicilié | adresse postale | adresse | code postal |
    demeurant | livrer
    """
_AFTER_CUE = re.compile(
    rf"(?i:{any_of(_LIVES)})[^\n0-9]{{0,30}}?"
    rf"(?P<value>[0-9]{{5}}{_B}+{_TOWN}|(?<=à ){_TOWN}{_B}?\(?[0-9]{{5}}\)?)"
)


def _town_after_cue(text: str, start: int) -> Span | None:
    match = _AFTER_CUE.match(text, start, start + 140)
    return match.span("value") if match else None


_SUFFIXES = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|Terrace|Way"
    "|Place|Pl|Close|Crescent|Gardens|Mews|Row|Hill|Parkway|Pkwy|Highway|Hwy|Circle|Grove|Walk"
    "|Park|Trail|Trl|Loop|Rise|Quay|Wharf|Mead|Vale|Turnpike"
)
_COMPASS = r"(?:(?:[NSEW]|[NS][EW])\.? )?"
_UK_POSTCODE = "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}"
_US_POSTCODE = "[A-Z]{2},? [0-9]{5}(?:-[0-9]{4})?"
_CODE = rf"(?:{_UK_POSTCODE}|{_US_POSTCODE})"
_ENGLISH_TOWN = "[A-Z][a-zA-Z'.-]{1,25}(?: [A-Z][a-zA-Z'.-]{1,25}){0,2}"
_ENGLISH = re.compile(
    rf"(?<![\w.,/-])(?P<street>[0-9]{{1,5}}[A-Za-z]?,? {_COMPASS}"
    rf"(?:[A-Z][\w'’.-]{{1,20}} |[0-9]{{1,3}}(?:st|nd|rd|th) ){{1,4}}(?:{_SUFFIXES})\b)"
    rf"(?:\.?,? (?:Apt|Suite|Unit|Flat|#)\.? ?[0-9A-Z]{{1,5}}\b)?"
    rf"(?:\.?,?\s(?:{_ENGLISH_TOWN},? )?{_CODE}|,\s{_ENGLISH_TOWN}(?:,?\s{_CODE})?)?(?!\w)"
)
_ENGLISH_ANCHOR = anchor(
    rf"\b[0-9]{{1,5}}[A-Za-z]?,? {_COMPASS}"
    rf"(?:[A-Z][A-Za-z'.-]{{1,20}} |[0-9]{{1,3}}(?:st|nd|rd|th) ){{1,4}}(?:{_SUFFIXES})\b"
)


_FLAT = re.compile(r"\b(?:Flat|Apartment|Apt\.?|Unit|Suite) ?[0-9A-Z]{1,4},? \Z")


def _english_address(text: str, start: int) -> Span | None:
    match = _ENGLISH.match(text, start, start + 200)
    if match is None:
        return None
    flat = _FLAT.search(text, max(0, start - 20), start)
    return (flat or match).start(), match.end()


RULES = (
    Rule("address-fr", FindingType.ADDRESS, _WAY_ANCHORS, True, _french_address, carried=True),
    Rule("address-town", FindingType.ADDRESS, each(_LIVES), True, _town_after_cue),
    Rule("address-en", FindingType.ADDRESS, (_ENGLISH_ANCHOR,), False, _english_address, True),
)
