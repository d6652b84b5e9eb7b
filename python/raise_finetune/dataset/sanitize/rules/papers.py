"""Numbers of identity papers, taxpayers, employees and vehicles: after a word that says so."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, any_of, each

_PAPERS = """
    passeport | passport | carte d'identité | carte nationale d'identité | cni | identity card |
    id card | permis de conduire | driving licence | driving license | driver's licence |
    driver's license | drivers license | titre de séjour | carte de séjour | residence permit |
    numéro étranger | numéro fiscal | n° fiscal | référence fiscale | taxpayer | tax id |
    national insurance | social security number | ssn | nino | nhs number | imei |
    matricule | employee id | employee number | staff number | staff id | personnummer |
    personalausweis | reisepass
    """
_WORDS_BETWEEN = (
    r"fran[çc]aise?|belge|suisse|french|belgian|swiss|british|uk|us|agent|salari[ée]|employ[ée]"
    r"|de\s(?:mon|ma|son|sa|l['’]agent)|du\s(?:titulaire|salari[ée]|conducteur)|nouveau|new|ancien|old|[\"'`*()|_]"
)
# These say that a number comes.
_SIGNS = r"n[o°º]\.?|num[ée]ros?|number|no\.?|num|nr\.?|#|id|est|is|was|[:=–—→-]"
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
# The French card of 2021 and the passports of some countries: nine signs, hardly a digit.
_NEW_CARD = re.compile(r"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{9}\Z")


def _paper(text: str, start: int) -> Span | None:
    if start and text[start - 1].isalnum():
        return None
    match = _PAPER.match(text, start, start + 120)
    if match is None:
        return None
    value = match.group("value")
    signs = [char for char in value if char.isalnum()]
    digits = sum(map(str.isdigit, signs))
    shortest = _SHORTEST_WITHOUT_SIGN if match.group("sign") is None else _SHORTEST
    if not shortest <= len(signs) <= _LONGEST or _DATE.match(value):
        return None
    return match.span("value") if digits >= _FEWEST_DIGITS or _NEW_CARD.match(value) else None


_VEHICLES = """
    immatriculation | immatriculé | immat | plaque | plaques | number plate | licence plate |
    license plate | registration plate | registration number | reg plate
    """
_NEARBY = "voiture | camionnette | parking | garé | garée | my car | the car | the van"
# Of letters that a plate has: no I, O or U.
_PAIR = "[A-HJ-NP-TV-Z]{2}"
# France since 2009 and Italy, France before, Great Britain, Belgium, Spain, Germany.
_PLATES = (
    rf"{_PAIR}[ -]?[0-9]{{3}}[ -]?{_PAIR}"
    r"|[0-9]{1,4}[ -]?[A-Z]{2,3}[ -]?(?:[0-9]{2}|2[AB]|97[1-6])"
    r"|[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[0-9]-[A-Z]{3}-[0-9]{3}|[0-9]{4} ?[B-DF-HJ-NP-TV-Z]{3}"
    r"|[A-Z]{1,3}[- ][A-Z]{1,2} ?[0-9]{2,4}"
)
_PLATE = re.compile(
    rf"(?i:{any_of(_VEHICLES)})[^\n\x00]{{0,40}}?(?<![\w-])(?P<value>{_PLATES}"
    r"|(?i:[a-z]{2}-[0-9]{3}-[a-z]{2}))(?![\w-])"
)
_PLATE_NEARBY = re.compile(
    rf"(?i:{any_of(_NEARBY)})[^\n\x00]{{0,40}}?(?<![\w-])(?P<value>{_PAIR}-[0-9]{{3}}-{_PAIR})(?![\w-])"
)


def _plate(text: str, start: int) -> Span | None:
    if start and text[start - 1].isalnum():
        return None
    match = _PLATE.match(text, start, start + 80) or _PLATE_NEARBY.match(text, start, start + 80)
    return None if match is None else match.span("value")


RULES = (
    Rule("paper", FindingType.ID_DOCUMENT, each(_PAPERS), True, _paper, carried=True),
    Rule("plate", FindingType.PLATE, each(f"{_VEHICLES}|{_NEARBY}"), True, _plate, carried=True),
)
