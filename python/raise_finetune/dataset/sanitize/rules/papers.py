"""Numbers of identity papers, taxpayers, employees and vehicles: after a word that says so."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import (
    Rule,
    Span,
    any_of,
    each,
    literals,
    pattern_check,
    several,
)

_PAPERS = """
    passeport | passport | carte d'identité | carte nationale d'identité | cni | identity card |
    id card | permis de conduire | driving licence | driving license | driver's licence |
    driver's license | drivers license | titre de séjour | carte de séjour | residence permit |
    numéro étranger | numéro fiscal | n° fiscal | référence fiscale | taxpayer | tax id |
    national insurance | social security number | ssn | nino | nhs number | imei |
    matricule | employee id | employee number | staff number | staff id | personnummer |
    personalausweis | reisepass
    """
# Of other countries: identity, taxes and social security.
_PAPERS_ABROAD = """
    registre national | numéro avs | assurance sociale | codice fiscale | carta d'identità |
    aadhaar | emirates id | steuer-id | steuernummer | sozialversicherungsnummer | green card |
    known traveller number | known traveler number | ni number | ni no | rijksregisternummer |
    rijksregister | identiteitskaart | paspoort | pasaporte | passaporto | fødselsnummer |
    cpr-nr | cpr nummer | ahv-nr | ahv-nummer | ausweisnummer | reisepassnummer |
    medicare number | mykad | pan card | numéro agdref | tessera sanitaria | patente di guida
    """
_PAPERS_AT_WORK = """
    pièce d'identité | récépissé | visa | badge | carte grise | numéro de châssis | allocataire |
    carte professionnelle | permis | driver licence | employee no | chassis number | adhérent |
    sociétaire | pôle emploi | france travail | habilitation | carte d'accès | pass parking |
    student id | staff no | payroll number | member number | membership number | patient id
    """
# In capitals alone: as words, or parts of words, they are everywhere.
_ACRONYMS = (
    "NISS | AHV | AVS | CNIE | CIN | DNI | NIE | NIF | CPF | TFN | NRIC | CURP | BSN | PESEL"
    " | RPPS | IPP | ADELI | NUMEN"
)
_NUMBERS_AT_WORK = "VIN | INE"
_WORDS_BETWEEN = (
    r"biom[ée]trique|italienne?|allemande?|espagnole?|portugaise?|du\squ[ée]bec|caf|rh"
    r"|de\sl['’]intervenante?|fran[çc]aise?|belge|suisse|french|belgian|swiss|british|uk|us|agent|salari[ée]|employ[ée]"
    r"|[a-zé]{3,10}(?:ais|aise|ois|oise|ien|ienne|aine?|andaise?|ish|ian)(?=\s)|visiteur|visitor|temporaire|paie|mutuelle|porte\sle|cd"
    r"|de\s(?:mon|ma|son|sa|l['’]agent)|du\s(?:titulaire|salari[ée]|conducteur)|agdref|nouveau|new|ancien|old|[\"'`*()|_]"
)
# These say that a number comes.
_SIGNS = (
    r"n[o°º]\.?|num[ée]ros?|number|nummer|no\.?|num|nr\.?|#|id|c['’]est|est|sera\sle|is|was"
    r"|[:=–—→-]"
)
_BLANK = r"[ \t\u00a0\u202f_]"
_WORD_BETWEEN = rf"(?:{_WORDS_BETWEEN}|(?P<sign>{_SIGNS}))(?!(?<=[^\W\d_])[^\W\d_])"
_BETWEEN = rf"(?i:(?:{_BLANK}{{0,2}}{_WORD_BETWEEN}){{0,6}}){_BLANK}{{0,3}}"
_GROUP = r"(?:[A-Z0-9]{0,6}[0-9][A-Z0-9]{0,6}|[A-Z]{1,3}(?=[ .\u00a0-][0-9]))"
_PAPER = re.compile(
    rf"(?i:{any_of(_PAPERS)})s?{_BETWEEN}(?<![A-Za-z0-9])"
    rf"(?P<value>[A-Z0-9]{{2,18}}(?:[ .\u00a0-]{_GROUP}){{0,5}}(?: [A-D])?)(?![\w/]|[.-]\w)"
)
_DATE = re.compile(
    r"(?:[0-9]{4}[-. ][0-9]{2}[-. ][0-9]{2}|[0-9]{1,2}[-. ][0-9]{1,2}[-. ][0-9]{4})\Z"
)
_SHORTEST, _SHORTEST_WITHOUT_SIGN, _LONGEST = 5, 7, 20
_FEWEST_DIGITS = 4
_FEWEST_ABROAD = 8
# The French card of 2021 and the passports of some countries: nine signs, hardly a digit.
_NEW_CARD = re.compile(r"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{9}\Z")


# Letters are capitals, though the cue may be written in any way.
_NUMBER_ABROAD = (
    r"(?P<value>(?-i:[A-Z]{0,6}|[A-Z]{2} )[0-9]"
    r"(?:(?-i:[0-9A-Z]{3,16})|[0-9]{1,4}(?:[ .-][0-9]{1,7}){1,5}(?:-[0-9]{1,2})?)"
    r"(?-i: ?[A-D](?!\w)|[A-Z]?))"
)
_NUMBER_SIGN = r"(?:n[o°º]\.?|num[ée]ros?|number|nummer|no\.?|nr\.?|#|:|c['’]est|est|is)"
_ABROAD = re.compile(
    rf"(?:{any_of(_PAPERS_ABROAD)}|{any_of(_ACRONYMS)})\.?"
    rf"(?:{_BLANK}du{_BLANK}[^\W\d_]{{4,12}}|-nr\.?)?(?:{_BLANK}{{0,2}}{_NUMBER_SIGN}){{0,2}}{_BLANK}{{1,2}}"
    rf"{_NUMBER_ABROAD}(?![\w/]|[.-]\w)",
    re.IGNORECASE,
)

_NAMED_ONLY = re.compile(
    rf"(?i:(?:{any_of(_PAPERS_AT_WORK)}|{any_of(_NUMBERS_AT_WORK)}))s?"
    rf"(?:(?:{_BLANK}{{0,2}}(?i:{_WORDS_BETWEEN}|perdue?|vol[ée]e?|lost|stolen))?{_BLANK}{{0,2}}(?i:{_NUMBER_SIGN})){{1,2}}{_BLANK}{{0,2}}"
    rf"(?P<value>(?=[A-Z0-9-]*[0-9]{{4}})[A-Z]{{0,3}}-?[0-9][A-Z0-9]{{3,17}}(?:-[0-9A-Z]{{2,6}}){{0,2}})(?![\w/]|[.-]\w)"
)
# "badge visiteur V-0447", "staff no. 44719", "mon badge 004417"
_OWNED = "|".join(
    rf"(?<=\b{owner} )"
    for owner in ("visitor", "my", "your", "his", "her", "mon", "ton", "son", "votre")
)
_BADGE = re.compile(
    rf"(?i:(?:(?:{_OWNED})badge|badge{_BLANK}(?:visiteur|visitor|temporaire)"
    rf"|staff\sno\.?|student\sid|pass\sparking)"
    rf"(?:{_BLANK}{{1,2}}(?:n[o°º]\.?|num[ée]ro|number|no\.?|id|is|est)){{0,2}}|badge{_BLANK}id:?)"
    rf"{_BLANK}{{1,2}}(?P<value>[A-Z]-?[0-9]{{4,7}}|[0-9]{{5,8}}|s[0-9]{{6,8}})(?![\w/%]|[.-]\w)"
)
# Seventeen signs, none of them I, O or Q: such a number needs no sign before it.
_VEHICLE = re.compile(
    rf"(?i:VIN|{any_of('numéro de châssis | chassis number')}){_BLANK}{{1,2}}"
    r"(?P<value>(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17})(?!\w)"
)


def _paper_abroad(text: str, start: int) -> Span | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in "_-."):
        return None
    match = _ABROAD.match(text, start, start + 100)
    if match is None:
        return None
    value = match.group("value")
    signs = [char for char in value if char.isalnum()]
    fits = _FEWEST_ABROAD <= len(signs) <= _LONGEST and not _DATE.match(value)
    return match.span("value") if fits else None


def _paper_at_work(text: str, start: int) -> Span | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in "_-."):
        return None
    for pattern in (_NAMED_ONLY, _VEHICLE, _BADGE):
        match = pattern.match(text, start, start + 90)
        if match is not None:
            return match.span("value")
    return None


# "Type de pièce : passeport", and below that "Numéro de la pièce : …"
_PIECES = """
    numéro de la pièce | numéro de pièce | numéro du document | n° de la pièce | n° de pièce |
    n° du document | document number | document no
    """
_PIECE = re.compile(
    rf"{any_of(_PIECES)}(?:\sd['’]identit[ée])?\.?\s?[:=|]\s{{0,3}}(?P<value>(?-i:[A-Z0-9]{{7,14}}))(?!\w|[.-]\w)",
    re.IGNORECASE,
)
_OF_IDENTITY = re.compile(
    r"identit[ée]|passe?port|\bcni\b|s[ée]jour|permis\sde|identity|driving\slicen|nationalit|naissance|birth",
    re.IGNORECASE,
)


def _piece(text: str, start: int) -> Span | None:
    match = _PIECE.match(text, start, start + 70)
    if match is None or not any(map(str.isdigit, match.group("value"))):
        return None
    near = _OF_IDENTITY.search(text, max(0, start - 160), start)
    return match.span("value") if near else None


def _paper(text: str, start: int) -> Span | None:
    if start and text[start - 1].isalnum():
        return None
    match = _PAPER.match(text, start, start + 120)
    if match is None:
        return None
    value = match.group("value")
    signs = [char for char in value if char.isalnum()]
    digits = sum(map(str.isdigit, signs))
    is_told = match.group("sign") is not None or match.group().lower().startswith("matricule")
    shortest = _SHORTEST if is_told else _SHORTEST_WITHOUT_SIGN
    if not shortest <= len(signs) <= _LONGEST or _DATE.match(value):
        return None
    return match.span("value") if digits >= _FEWEST_DIGITS or _NEW_CARD.match(value) else None


# The two lines below a passport's picture.
_MACHINE_READ = r"(?<!\w)(?P<value>P<[A-Z]{3}[A-Z<]{38,40}(?:\s{1,2}[0-9A-Z<]{42,44})?)(?![\w<])"

_VEHICLES = """
    immatriculation | immatriculé | immat | plaque | plaques | number plate | licence plate |
    license plate | registration plate | registration number | reg plate
    | car's reg | vehicle with plate | car with plate | van with plate | truck with plate
    | vehicle reg | car reg | van reg
    """
_NEARBY = """
    voiture | camionnette | parking | garé | garée | my car | the car | the van | véhicule |
    véhicules | vehicle | peugeot | renault | citroën | kangoo | berlingo | clio | mégane |
    fourgon | rental car | company car | voiture de location
    """
# Of letters that a plate has: no I, O or U.
_PAIR = "[A-HJ-NP-TV-Z]{2}"
# France since 2009 and Italy, France before, Great Britain, Belgium, Spain, Germany.
_PLATES = (
    rf"{_PAIR}[ -]?[0-9]{{3}}[ -]?{_PAIR}"
    r"|[0-9]{1,4}[ -]?[A-Z]{2,3}[ -]?(?:[0-9]{2}|2[AB]|97[1-6])"
    r"|[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[0-9]-[A-Z]{3}-[0-9]{3}|[0-9]{4} ?[B-DF-HJ-NP-TV-Z]{3}"
    r"|[A-Z]{1,3}[- ][A-Z]{1,2} ?[0-9]{2,4}|[0-9][A-Z]{3}[0-9]{3}"
)
_PLATE = re.compile(
    rf"(?i:{any_of(_VEHICLES)})[^\n\x00]{{0,40}}?(?<![\w-])(?P<value>{_PLATES}"
    r"|(?i:[a-z]{2}-[0-9]{3}-[a-z]{2}))(?![\w-])"
)
_PLATE_NEARBY = re.compile(
    rf"(?i:{any_of(_NEARBY)})[^\n\x00]{{0,40}}?(?<![\w-])"
    rf"(?P<value>{_PAIR}-[0-9]{{3}}-{_PAIR})(?![\w-])"
)


def _plate(text: str, start: int) -> Span | None:
    if start and text[start - 1].isalnum():
        return None
    match = _PLATE.match(text, start, start + 80) or _PLATE_NEARBY.match(text, start, start + 80)
    if match is None:
        return None
    cue = text[start : match.start("value")]
    return None if _OF_METAL.match(cue) or _REQUIRED.search(cue) else match.span("value")


# "plaque de base PB-482-TR", "plaquette GK-482-TR", "le véhicule doit satisfaire VE-101-AA"
_OF_METAL = re.compile(
    r"plaques?\s(?:de\s(?:base|fond|fixation|montage|refroidissement|pression|recouvrement|firme)"
    r"|signal[ée]tique|support|m[ée]tallique|chauffante|vibrante)|plaquette",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"(?<!\w)(?:doi(?:t|vent)|shall|must|exigences?|requirements?|satisf\w{2,6}|conforme|norme"
    r"|r[ée]f\.?|r[ée]f[ée]rence|type|rep[èe]re|pn|p/n)(?!\w)",
    re.IGNORECASE,
)


RULES = (
    Rule("paper", FindingType.ID_DOCUMENT, each(_PAPERS), True, _paper, carried=True),
    Rule(
        "paper-abroad",
        FindingType.ID_DOCUMENT,
        each(_PAPERS_ABROAD, r"\b", r"[^0-9\n]{1,10}[0-9]"),
        True,
        _paper_abroad,
        carried=True,
    ),
    Rule(
        "paper-at-work",
        FindingType.ID_DOCUMENT,
        each(_PAPERS_AT_WORK, r"\b", r"[^0-9\n]{1,18}[0-9]"),
        True,
        _paper_at_work,
        carried=True,
    ),
    Rule(
        "paper-acronym",
        FindingType.ID_DOCUMENT,
        each(_ACRONYMS, r"\b", r"\b"),
        False,
        _paper_abroad,
        carried=True,
    ),
    Rule(
        "paper-of-thing",
        FindingType.ID_DOCUMENT,
        each(_NUMBERS_AT_WORK, r"\b", r"\b"),
        False,
        _paper_at_work,
        carried=True,
    ),
    Rule(
        "paper-piece",
        FindingType.ID_DOCUMENT,
        literals(_PIECES),
        True,
        _piece,
        carried=True,
    ),
    Rule(
        "passport-lines",
        FindingType.ID_DOCUMENT,
        (rb"\bP<[A-Z]{3}[A-Z]{2}",),
        False,
        pattern_check(_MACHINE_READ, 100),
        carried=True,
    ),
    Rule(
        "plate",
        FindingType.PLATE,
        # Vehicles are named more often than their plates.
        each(_VEHICLES) + each(_NEARBY, after=r"[^0-9\n]{3,40}[0-9]{3}"),
        True,
        several(_plate, FindingType.PLATE, r"[^\n]{0,40}"),
        carried=True,
    ),
)
