"""Dates of birth: a date after a cue."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import (
    Rule,
    anchor,
    any_of,
    each,
    pattern_check,
)

_MONTHS = any_of(
    """
    janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre |
    novembre | décembre | january | february | march | april | may | june | july | august |
    september | october | november | december | janv | févr | fév | avr | juil | sept | oct |
    nov | déc | jan | feb | mar | apr | jun | jul | aug | sep | dec | januar | februar | märz |
    mai | juni | juli | oktober | dezember | enero | febrero | marzo | abril | mayo | junio |
    julio | agosto | septiembre | octubre | noviembre | diciembre
    """
)
_YEAR = "(?:[0-9]{4}|['’]?[0-9]{2})"
_DATE = (
    rf"(?:[0-9]{{1,2}}(?:er|st|nd|rd|th|e|\.)?(?:\s(?:of|de))?[\s.-]{_MONTHS}(?:\.?,?[\s.-]|\sde\s){_YEAR}"
    rf"|{_MONTHS}\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}"
    r"|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    rf"|[0-9]{{1,2}}\s?[-/.]\s?[0-9]{{1,2}}\s?[-/.]\s?{_YEAR}|[0-9]{{2}}\s[0-9]{{2}}\s[0-9]{{4}}"
    r"|(?<=[:=\"' ])(?:19|20)[0-9]{2}[01][0-9][0-3][0-9])"
)
_CUE_WORDS = """
    naissance | birth | dob | d.o.b | ddn | d.d.n | anniversaire | naquit | date naiss | bday |
    geburtsdatum | geboren am | geboortedatum | fecha de nacimiento | nacido el | nacida el |
    data di nascita | nato il | nata il
    """
# "ne" without its accent is the French negation: it counts only right before "le" and a number.
# No word boundary after "né": in bytes there is none after an accented letter.
# "né de la fusion de deux projets le 12/03/2019" is of no person.
_NO_PERSON = r"(?!e?s?\s(?:de\s(?:la|l['’]|cette|ce)|du|des|d['’]une?)[\s\w])"
_CUES = rf"(?:\bn(?:é|É){_NO_PERSON}|\bnee?(?=\sle\s[0-9])|{any_of(_CUE_WORDS)}|\bborn\b)"
_ANCHORS = (
    anchor(r"\bn(?:é|É)(?:e?s?(?:\s|\(|:)|·e|\.e)"),
    anchor(r"\bnee?\sle\s[0-9]"),
    anchor(r"\bborn\b"),
    *each(_CUE_WORDS),
)

# Without a day after "née en"; without a year only where the text says whose birthday it is.
_IN_MONTH = (
    r"(?:\bn(?:é|É)(?:e?s?|·e|\(e\))\sen|\bnee\sen|\bborn\sin)\s"
    rf"(?P<value>{_MONTHS}\.?\s{_YEAR})(?!\w)"
)
_BIRTHDAY = (
    r"(?:mon|ton|son|leur|votre|my|your|his|her|their)\s(?:anniversaire|anniv|birthday|bday)(?:['’]s)?"
    r"(?:\s?,?\s(?:est|c['’]est|tombe|is|falls|le|on|the)){1,3}\s"
    rf"(?P<value>[0-9]{{1,2}}(?:er|st|nd|rd|th)?(?:\sof)?\s{_MONTHS}|{_MONTHS}\s[0-9]{{1,2}}(?:st|nd|rd|th)?)"
    r"(?!\w|\.?,?\s['’]?[0-9])"
)

# "She turns 40 on …" tells the year, too.
_TURNS = (
    r"(?:f[êe]te(?:ra)?|aura|turns|will\sturn|will\sbe)\s(?:ses\s|mes\s)?[0-9]{1,3}(?:\sans)?"
    rf"\s(?:le|on|the)\s(?P<value>{_DATE})(?!\w)"
)

RULES = (
    Rule(
        "birth-turns",
        FindingType.BIRTH_DATE,
        (
            anchor(r"\bf(?:ê|e)te(?:ra)?\s(?:s|m)es\s[0-9]"),
            rb"\b(?:aura|turns|will\sturn|will\sbe)\s[0-9]{1,3}(?:\sans)?\s(?:le|on|the)\s",
        ),
        True,
        pattern_check(_TURNS, 80, flags=re.IGNORECASE),
    ),
    Rule(
        "birth-month",
        FindingType.BIRTH_DATE,
        (anchor(r"\bn(?:é|É)(?:e?s?|·e|\(e\))\sen\s"), rb"\b(?:born\sin|nee\sen)\s"),
        True,
        pattern_check(_IN_MONTH, 60, flags=re.IGNORECASE),
    ),
    Rule(
        "birthday",
        FindingType.BIRTH_DATE,
        (rb"\b(?:mon|ton|son|leur|votre|my|your|his|her|their)\s(?:anniv|birthday|bday)",),
        True,
        pattern_check(_BIRTHDAY, 90, flags=re.IGNORECASE),
    ),
    Rule(
        "birth-date",
        FindingType.BIRTH_DATE,
        _ANCHORS,
        True,
        pattern_check(
            rf"{_CUES}[^\n0-9;]{{0,40}}?(?:\([0-9]{{2,5}}\)[^\n0-9]{{1,12}})?(?<![0-9])(?P<value>{_DATE})(?=T[0-9]|\W|_|\Z)",
            100,
            flags=re.IGNORECASE,
        ),
        carried=True,
    ),
)
