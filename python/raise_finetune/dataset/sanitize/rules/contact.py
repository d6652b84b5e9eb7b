"""E-mail addresses and telephone numbers."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import (
    BLANK,
    REFERENCE_BEFORE,
    SEPARATOR,
    SEPARATOR_ANCHOR,
    Rule,
    Span,
    any_of,
    before,
    compact,
    each,
    pattern_check,
    width,
)

_AT = re.compile("@|%40")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.){{1,6}}(?:xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,24}})(?!\w)")
_LOCAL_REVERSED = re.compile(r"\w[\w.%+'-]{0,63}")
_ELISION = re.compile(r"(?:[dlDL]')?[.'%+-]*")
# Words that stand before "@" in source code or in remote names, not in addresses.
_NO_MAILBOX = frozenset({"git", "hg", "svn", "this", "return", "super", "break", "continue"})
_IN_URL = re.compile(r"://[^\s/]*:\Z")  # what follows is a password
_IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


def _email(text: str, start: int) -> Span | None:
    at = _AT.search(text, start, start + 5)
    if at is None:
        return None
    domain = _DOMAIN.match(text, at.end(), at.end() + 200)
    if domain is None or domain.group().lower().endswith(_IMAGE_SUFFIXES):
        return None
    # Read backwards from the "@": a forward search would try every start.
    local = _LOCAL_REVERSED.match(text[max(0, at.start() - 64) : at.start()][::-1])
    if local is None:
        return None
    begin = at.start() - local.end()
    elision = _ELISION.match(text, begin, at.start())
    begin = elision.end() if elision else begin
    if begin == at.start() or text[begin : at.start()].lower() in _NO_MAILBOX:
        return None
    if begin and text[begin - 1] == ":" and _IN_URL.search(text, max(0, begin - 80), begin):
        return None
    return begin, domain.end()


_BRACKETED_AT = r" ?[\[({<] ?(?:at|arobase|arobas|chez|a|@) ?[\])}>] ?"
_SPOKEN_AT = r" (?:at|arobase|arobas) "
_BRACKETED_DOT = r" ?[\[({<] ?(?:dot|point|pt|\.) ?[\])}>] ?"
_SPOKEN_DOT = r" (?:dot|point) "
_WORD = r"[^\W_][\w.+-]{0,40}"
_OBFUSCATED = re.compile(
    rf"(?P<value>(?<!\w){_WORD}(?:(?:{_BRACKETED_DOT}|{_SPOKEN_DOT}){_WORD}){{0,2}}?"
    rf"(?:{_BRACKETED_AT}{_WORD}(?:(?:{_BRACKETED_DOT}|{_SPOKEN_DOT}){_WORD}){{0,3}}"
    rf"|{_SPOKEN_AT}{_WORD}(?:(?:{_BRACKETED_DOT}|{_SPOKEN_DOT}){_WORD}){{1,3}}))",
    re.IGNORECASE,
)
# "at" and "dot" are words too: the end must be one that addresses have.
_HAS_DOMAIN = re.compile(
    r"(?:\.|dot|point|pt)[\])}>]? ?(?:com|fr|net|org|eu|io|de|be|ch|uk|ca|es|it|edu|gouv|gov|info"
    r"|me|dev|ai|co|us|lu|nl|pt|tech|pro|re|bzh|int|online|example)\Z",
    re.IGNORECASE,
)


def _obfuscated_email(text: str, start: int) -> Span | None:
    first = max(0, start - 60)
    for match in _OBFUSCATED.finditer(text, first, start + 120):
        if match.start() > start:
            return None
        if match.end() > start and _HAS_DOMAIN.search(match.group().rstrip(".")):
            end = match.start() + len(match.group().rstrip("."))
            return match.start(), end
    return None


_FRENCH_GROUPS = frozenset(
    {
        (10,), (2, 2, 2, 2, 2), (4, 3, 3), (4, 2, 2, 2), (2, 3, 3, 2), (2, 4, 4), (3, 3, 4),
        (1, 3, 3, 3), (2, 8), (4, 6), (2, 2, 3, 3), (1, 1, 2, 2, 2, 2),
        (1, 3, 2, 2, 2),
    }
)  # fmt: skip
_PHONE_CUE = any_of(
    """
    tél | téléphone | phone | mobile | portable | fax | appel | joindre
    """
)
_PHONE_NEAR = re.compile(_PHONE_CUE + r"\W{0,3}[^0-9\n]{0,16}\Z", re.IGNORECASE)
_DIGITS = re.compile("[0-9]+")
_COUNTING = frozenset({"0123456789", "0102030405", "0203040506"})
# Six pairs or more in a row are a list of numbers; before a comma stands a column, or a decimal.
_PAIR_BEFORE = re.compile(rf"(?<![0-9])[0-9]{{2}}{SEPARATOR}\Z")
_DECIMAL_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,4},\Z")
_BETWEEN = re.compile("[^0-9]+")
_TYPOGRAPHIC = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " ") | dict.fromkeys("\u2011\u2012\u2013", "-")
)


def _french_phone(match: re.Match[str]) -> bool:
    number = match.group("value")
    if "-." in number:  # coordinates of a drawing: "02-.03-.085-.076"
        return False
    if not number.isascii():
        number = number.translate(_TYPOGRAPHIC)
    if tuple(map(len, _DIGITS.findall(number))) not in _FRENCH_GROUPS:
        return False
    if compact(number) in _COUNTING:
        return False
    separators = set(_BETWEEN.findall(number))
    context = before(match, 28)
    if _PAIR_BEFORE.search(context[-4:]) and not _PHONE_NEAR.search(context[:-3]):
        return False
    if _DECIMAL_BEFORE.search(context[-6:]) or (separators and context.endswith(",")):
        return False
    if not separators:
        return REFERENCE_BEFORE.search(context) is None
    # 01/02/2024 10:30 mixes its separators; so do few people who write a number.
    return len(separators) == 1 or _PHONE_NEAR.search(context) is not None


# Country code → how many digits may follow it.
_NATIONAL_LENGTHS = {
    "1": (10,), "7": (10,), "20": (9, 10), "27": (9,), "30": (10,), "31": (9,), "32": (8, 9),
    "33": (9,), "34": (9,), "36": (8, 9), "39": (8, 9, 10, 11), "40": (9,), "41": (9,),
    "43": (8, 9, 10, 11, 12), "44": (9, 10), "45": (8,), "46": (7, 8, 9), "47": (8,), "48": (9,),
    "49": (7, 8, 9, 10, 11), "51": (9,), "52": (10,), "53": (8,), "54": (10, 11), "55": (10, 11),
    "56": (9,), "57": (10,), "58": (10,), "60": (8, 9, 10), "61": (9,), "62": (9, 10, 11),
    "63": (10,), "64": (8, 9, 10), "65": (8,), "66": (8, 9), "81": (9, 10), "82": (8, 9, 10),
    "84": (9, 10), "86": (11,), "90": (10,), "91": (10,), "92": (10,), "93": (9,), "94": (9,),
    "95": (8, 9, 10), "98": (10,), "212": (9,), "213": (8, 9), "216": (8,), "218": (8, 9),
    "220": (7,), "221": (9,), "222": (8,), "223": (8,), "224": (9,), "225": (10,), "226": (8,),
    "227": (8,), "228": (8,), "229": (8, 10), "230": (7, 8), "232": (8,), "233": (9,),
    "234": (8, 10), "235": (8,), "236": (8,), "237": (9,), "238": (7,), "240": (9,), "241": (8,),
    "242": (9,), "243": (9,), "244": (9,), "245": (9,), "249": (9,), "250": (9,), "251": (9,),
    "253": (8,), "254": (9,), "255": (9,), "256": (9,), "257": (8,), "258": (9,), "260": (9,),
    "261": (9,), "262": (9,), "263": (9,), "264": (9,), "265": (9,), "269": (7,), "351": (9,),
    "352": (6, 7, 8, 9), "353": (7, 8, 9), "354": (7,), "355": (9,), "356": (8,), "357": (8,),
    "358": (8, 9, 10), "359": (8, 9), "370": (8,), "371": (8,), "372": (7, 8), "373": (8,),
    "374": (8,), "375": (9,), "376": (6, 9), "377": (8, 9), "380": (9,), "381": (8, 9), "382": (8,),
    "383": (8,), "385": (8, 9), "386": (8,), "387": (8,), "389": (8,), "420": (9,), "421": (9,),
    "502": (8,), "503": (8,), "504": (8,), "505": (8,), "506": (8,), "507": (8,), "508": (6,),
    "509": (8,), "590": (9,), "591": (8,), "593": (8, 9), "594": (9,), "595": (9,), "596": (9,),
    "598": (8,), "687": (6,), "689": (8,), "852": (8,), "853": (8,), "855": (8, 9), "856": (9, 10),
    "880": (10,), "886": (9,), "960": (7,), "961": (7, 8), "962": (9,), "963": (9,), "964": (10,),
    "965": (8,), "966": (9,), "967": (9,), "968": (8,), "970": (9,), "971": (8, 9), "972": (8, 9),
    "973": (8,), "974": (8,), "975": (8,), "976": (8,), "977": (10,), "992": (9,), "993": (8,),
    "994": (9,), "995": (9,), "996": (9,), "998": (9,),
}  # fmt: skip
# Countries whose national numbers begin with a zero also when they are called from abroad.
_ZERO_COUNTS = frozenset({"39", "225", "241", "242"})
_INTERNATIONAL = re.compile(
    rf"(?<![\w+])(?:\+|00){BLANK}?(?P<number>[1-9](?:[()]?{SEPARATOR}?[()]?[0-9]){{6,16}})"
)


def _international_phone(text: str, start: int) -> Span | None:
    match = _INTERNATIONAL.match(text, start, start + 60)
    if match is None:
        return None
    if text[start] == "0" and REFERENCE_BEFORE.search(before(match, 28)):
        return None
    offset = match.start("number")
    digits = compact(match.group("number"))
    for size in (1, 2, 3):
        lengths = _NATIONAL_LENGTHS.get(digits[:size])
        if lengths is None:
            continue
        # "+33 (0)6": the trunk zero is written but not counted.
        trunk = digits.startswith("0", size) and digits[:size] not in _ZERO_COUNTS
        for length in reversed(lengths):
            total = size + trunk + length
            if len(digits) < total:
                continue
            end = offset + width(match.group("number"), total)
            if not text[end : end + 1].isalnum():
                number = text[start:end]
                opened = text.endswith("(", 0, start) and number.count(")") > number.count("(")
                return start - opened, end
    return None


_CUE_NUMBER = (
    r"(?P<value>\(?\+?[0-9]{1,5}\)?(?:[ .\-\u00a0\u202f/]{0,2}\(?[0-9]{1,5}\)?){1,6})"
    r"(?![\w])(?![.,:][0-9])"
)
_PHONE_WORDS = """
    tél | téléphone | telephone number | phone | phone number | mobile | portable | cell |
    cellulaire | fax | whatsapp | gsm | call me at | call me on | text me at | text me on | mon
    numéro | son numéro | my number | his number | her number | numéro de téléphone | appelez moi au
    | appelle moi au | rappelez moi au | rappelle moi au | appeler au | rappeler au | appelez le
    | joignable au | joindre au | reach me at | reach me on | reach us at | reach us on | ring me on
    | ring us on | call us at | call us on | text us at | text us on | contact us on | ligne directe
    | numéro direct | direct line | contact number | standard | hotline | helpline | mob | fixe
    """  # fmt: skip
_IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}\Z")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[-/. ][0-9]{2}[-/. ]|[0-9]{2}[-/.][0-9]{2}[-/.](?:19|20)[0-9]{2}"
)


def _cued_phone(match: re.Match[str]) -> bool:
    value = match.group("value")
    start = match.start("value")
    if REFERENCE_BEFORE.search(match.string[max(0, start - 28) : start].lower()):
        return False
    count = len(compact(value))
    if count == len(value) == 13 and value.startswith("1"):
        return False  # a time in milliseconds
    return 7 <= count <= 15 and not _IPV4.match(value) and not _DATE.match(value)


def _no_reference(match: re.Match[str]) -> bool:
    return REFERENCE_BEFORE.search(before(match, 28)) is None


# Fourteen digits are the number of a machine's SIM card: too many to tell without a word.
_SIM_BEFORE = re.compile(r"\b(?:sims?|m2m|iot|msisdn|gsm|modem|t[ée]l|num[ée]ro)\b[^\n0-9]{0,40}\Z")


def _of_a_machine(match: re.Match[str]) -> bool:
    return _SIM_BEFORE.search(before(match, 50)) is not None


RULES = (
    Rule(
        "email",
        FindingType.EMAIL,
        (rb"(?:\b|[._+-]|[\xc2-\xdf][\x80-\xbf])(?:@|%40)[0-9A-Za-z\x80-\xff]",),
        False,
        _email,
    ),
    Rule(
        "email-obfuscated",
        FindingType.EMAIL,
        (
            rb"[\[({<] ?(?:at|arobase|arobas|chez|a|@) ?[\])}>]"
            rb"|\b(?:at|arobase|arobas) [0-9a-z.-]{1,40} ?[\[({<]? ?(?:dot|point) ?[\])}>]? ?[a-z]"
            rb"|\barobase?\b",
        ),
        True,
        _obfuscated_email,
    ),
    Rule(
        "phone-fr",
        FindingType.PHONE,
        (rb"\b0(?:" + SEPARATOR_ANCHOR + rb"{0,3}[0-9]){9}\b",),
        False,
        pattern_check(
            rf"(?<!\w)(?:(?<![0-9][./:\-])(?<!\w/)|(?<=0[0-9]{{9}}/))"
            rf"(?P<value>0{SEPARATOR}?[1-9](?:{SEPARATOR}{{0,3}}[0-9]){{8}})"
            rf"(?!\w)(?!/0[1-9][0-9]{{8}}[0-9])(?![.-][0-9])(?!/(?!0[1-9][0-9]{{8}}(?!\w))[0-9])"
            rf"(?!,[0-9]{{1,4}}(?![0-9]))(?!{SEPARATOR}[0-9]{{2,3}}(?![0-9]))",
            64,
            _french_phone,
        ),
    ),
    Rule(
        "phone-international",
        FindingType.PHONE,
        (
            # A plus sign is rare: what follows it is read faster by the check than by an engine
            # that does so beside all other patterns.
            rb"\+(?: |\xc2\xa0)?[1-9]",
            rb"\b00(?: |\xc2\xa0)?[1-9](?:[()]?" + SEPARATOR_ANCHOR + rb"?[()]?[0-9]){6}",
        ),
        False,
        _international_phone,
    ),
    Rule(
        "phone-north-american",
        FindingType.PHONE,
        (
            rb"\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[-. ][0-9]{4}"
            rb"|\b[2-9][0-9]{2}[-.][2-9][0-9]{2}[-.][0-9]{4}"
            rb"|\b[2-9][0-9]{2} [2-9][0-9]{2}-[0-9]{4}"
            rb"|\b1[-. ]\(?[2-9][0-9]{2}\)?[-. ][2-9][0-9]{2}[-. ][0-9]{4}",
        ),
        False,
        pattern_check(
            r"(?<![\w.\-])(?P<value>(?:1[-. ])?\([2-9][0-9]{2}\)[- ]?[0-9]{3}[-. ][0-9]{4}"
            r"|(?:1[-. ])?[2-9][0-9]{2}([-.])[0-9]{3}\2[0-9]{4}"
            r"|[2-9][0-9]{2} [2-9][0-9]{2}-[0-9]{4})(?![\w\-])(?!\.[0-9])",
            24,
        ),
    ),
    Rule(
        "phone-british",
        FindingType.PHONE,
        (rb"\b0[127][0-9]{1,3}[ -][0-9]{3}",),
        False,
        pattern_check(
            r"(?<![\w.,+/-])(?P<value>02[0-9][ -][0-9]{4}[ -][0-9]{4}"
            r"|01[0-9]{2}[ -][0-9]{3}[ -][0-9]{4}"
            r"|0[17][0-9]{3}[ -][0-9]{3}[ -]?[0-9]{3})(?!\w)(?![-.,/ ][0-9])",
            16,
            _no_reference,
        ),
    ),
    Rule(
        "phone-machine",
        FindingType.PHONE,
        (rb"\b07" + SEPARATOR_ANCHOR + rb"?00(?:" + SEPARATOR_ANCHOR + rb"?[0-9]){10}",),
        False,
        pattern_check(
            rf"(?<![\w.,+/-])(?P<value>07{SEPARATOR}?00(?:{SEPARATOR}?[0-9]){{10}})(?!\w)(?![.,/-][0-9])",
            32,
            _of_a_machine,
        ),
    ),
    Rule(
        "phone-cue",
        FindingType.PHONE,
        each(_PHONE_WORDS, r"\b", r"\b"),
        True,
        pattern_check(
            any_of(_PHONE_WORDS)
            + r"[^\w\n(+]{0,3}(?:\(?[^\W\d_]{1,12}[^\w\n(+]{1,4}){0,2}"
            + _CUE_NUMBER,
            100,
            _cued_phone,
            re.IGNORECASE,
        ),
        carried=True,
    ),
)
