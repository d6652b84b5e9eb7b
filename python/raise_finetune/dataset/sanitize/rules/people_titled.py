"""Names of people after a rank, and after the French "M" that a hurried writer leaves dotless."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.person_name import known_name, likely_name, name_at
from raise_finetune.dataset.sanitize.rules.rule import BLANK, UPPER, Rule, Span, any_of, each

# "j'ai eu M Destouches au téléphone": what stands before is said of people …
_TO_PEOPLE = any_of(
    """
    avec | par | bonjour | bonsoir | cher | selon | d'après | j'ai eu | j'ai vu | contacter |
    rappeler | appeler | prévenir | relancer | contactez | rappelez | appelez | prévenez |
    relancez | demander à | demandez à | demande à | auprès de | la part de | l'attention de |
    remercie | remercier | merci à | absence de | signature de | accord de | bureau de |
    validation de | mail de | appel de | demande de | remarque de | remarques de | retour de
    """
)
_BEFORE = re.compile(rf"(?<!\w){_TO_PEOPLE}{BLANK}\Z", re.IGNORECASE)
# … or what stands behind.
_AFTER = re.compile(
    rf"{BLANK}(?:a|va|doit|veut|peut|souhaite|propose|demande|confirme|pense|nous|vous|me|m['’]|s['’]|se"
    r"|n['’]|ne|sera|avait|précise|indique|rappelle|estime|signale|valide|explique|répond)(?!\w)"
)
_SENTENCE_BEGINS = re.compile(r"(?:\A|[\n.!?:;,(–-])[ \t\u00a0]*(?:[-–•*][ \t])?\Z")
_M = re.compile(rf"M{BLANK}(?P<couple>(?:et|ou){BLANK}M(?:me|lle){BLANK})?(?=[{UPPER}])")


def _called_m(text: str, start: int) -> Span | None:
    title = _M.match(text, start, start + 12)
    name = name_at(text, title.end()) if title else None
    if title is None or name is None or not likely_name(text, name):
        return None
    if title.group("couple") is not None:
        return name
    if _BEFORE.search(text, max(0, start - 24), start):
        return name
    begins = _SENTENCE_BEGINS.search(text, max(0, start - 8), start)
    return name if begins and _AFTER.match(text, name[1], name[1] + 14) else None


_RANKS_FR = """
    capitaine | commandant | commandante | lieutenant | lieutenante | lieutenant-colonel | colonel |
    colonelle | adjudant | adjudante | adjudant-chef | adjudante-chef | sergent | sergente |
    sergent-chef | caporal | caporal-chef | amiral | contre-amiral | vice-amiral | aspirant |
    maître principal | premier maître | second maître | quartier-maître | capitaine de frégate |
    capitaine de vaisseau | capitaine de corvette | ingénieur général | ingénieur en chef |
    enseigne de vaisseau | lieutenant de vaisseau | maréchal des logis
    """
_RANKS_EN = """
    captain | capt. | lieutenant | lieutenant colonel | lieutenant commander | lt. | lt | lt col |
    lt cdr | colonel | col. | sergeant | sgt. | sgt | staff sergeant | corporal | cpl. | cpl |
    commander | cdr | cdr. | admiral | rear admiral | vice admiral | flight lieutenant | flt lt |
    squadron leader | sqn ldr | wing commander | wg cdr | brigadier | petty officer |
    warrant officer
    """
_RANK = re.compile(
    rf"(?<![\w-])(?:{any_of(_RANKS_FR)}|{any_of(_RANKS_EN)}){BLANK}{{1,2}}(?=(?-i:[{UPPER}]))",
    re.IGNORECASE,
)
_LONGEST_SHORT = 4  # letters of "Lt", "Col." and "Capt."
# "Commander Console": a function on board.
_OTHERWISE = frozenset({"commander", "commandant"})


def _ranked(text: str, start: int) -> Span | None:
    rank = _RANK.match(text, start, start + 32)
    name = name_at(text, rank.end()) if rank else None
    if rank is None or name is None or not likely_name(text, name):
        return None
    written = rank.group().strip()
    is_short = len(written.rstrip(".")) <= _LONGEST_SHORT
    if text[name[1] : name[1] + 1] in {"_", "(", "=", "/"} or written.isupper():
        return None
    if is_short and (not written[0].isupper() or not known_name(text, name)):  # "Col. Width"
        return None
    if written.lower() in _OTHERWISE and not known_name(text, name):
        return name if _LE.search(text, max(0, start - 4), start) else None
    return name


# "le commandant Destouches"
_LE = re.compile(r"(?<!\w)(?:le|la|du|au)\s\Z", re.IGNORECASE)

_PERSON = FindingType.PERSON
_CAPITAL = r"(?-i:[A-Z]|\xc3[\x80-\x9e])"

RULES = (
    Rule(
        "person-title-bare",
        _PERSON,
        (rb"\bM(?: |\xc2\xa0)(?:(?:et|ou) M(?:me|lle) )?(?:[A-Z]|\xc3[\x80-\x9e])",),
        False,
        _called_m,
    ),
    Rule(
        "person-rank",
        _PERSON,
        each(f"{_RANKS_FR} | {_RANKS_EN}", r"\b", rf" {_CAPITAL}"),
        True,
        _ranked,
    ),
)
