"""Passwords some way off their cue: further on in its sentence, or in the lines below it.

Nothing but their looks tells them from other words there (``password_shape``). What was masked
ends the search, whatever it was: a placeholder is shorter than its value, and would bring into
reach what lay beyond. So a second pass finds nothing more.
"""

import re
from collections.abc import Iterator

from raise_finetune.dataset.sanitize.rules.password_shape import (
    built,
    likely,
    unmistakable,
    without_tail,
)
from raise_finetune.dataset.sanitize.rules.rule import Span, any_of

MASKED = "<PASSWORD_"
_REACH = 110
_DIGIT = re.compile("[0-9]")
# A sentence ends at a full stop or semicolon, not at a question: the answer follows it. What comes
# after a further cue is for that to find; after SQL's words come conditions.
_CUE_WORD = r"(?<!\w)(?i:mot de passe|mdp|password|passwd|passphrase|pwd|digicode)"
FURTHER_CUE = re.compile(_CUE_WORD)
_PLACEHOLDER = re.compile(r"<\\*[A-Z_]{2,14}_[0-9]")
_ENDS = re.compile(rf"\n|\x00|[.;…]\s|{_PLACEHOLDER.pattern}|\b(?:FROM|WHERE)\b|{_CUE_WORD}")
_WORD = re.compile(r"[^\s\x00<>\"'`«»“”()\[\]|\\]{6,40}")
_WORD_OR_CODE = re.compile(r"[^\s\x00<>\"'`«»“”()\[\]|\\]{4,40}")

# What stands right before a password that is told.
_TOLD = re.compile(
    r"(?:(?<!\w)"
    + any_of(
        """
        c'est | cest | est | is | it's | its | était | etait | was | reste | remains | vaut
        | toujours | still | encore | maintenant | désormais | now | simplement | just | soit
        | either | ancien | ancienne | nouveau | nouvelle | old | new | old one | new one
        | mettre | mets | mis | tape | tapez | type | essaie | essaye | try | utilise | use
        """
    )
    + r"|[:=>→⇒])\s{0,2}[\"'`«“*]?\s?\Z",
    re.IGNORECASE,
)
# … and before a second one: "de A à B", "A ou B".
_SECOND = re.compile(
    r"\A[\"'`»”*]{0,2}\s?[,;/&]?\s?(?:(?:ou|or|et|and)(?:\s(?:bien|alors|else|maybe))?|à|to|en|into|par|by|puis|then|->|→|/)"
    r"\s[\"'`«“*]?\s?\Z",
    re.IGNORECASE,
)
# "login / mot de passe : visiteur / Visite_88"
_PAIR = re.compile(r"\w\s/\s\Z")
_FROM = re.compile(r"\s(?:de|from|passe|password|mdp|pwd)\s\Z", re.IGNORECASE)
_TO = re.compile(
    r"[\"'`»”*]{0,2}\s(?:à|to|en|into|vers|par|by|->|→)\s[\"'`«“]?[^\s]{4}", re.IGNORECASE
)
# "mdp du banc Tournesol7" at the end of a line; what is after "du serveur" is the server's name.
_PLAIN = re.compile(r"[^\W\d_]{4,20}[0-9]{1,4}!?\Z|[A-Z][^\W\d_]{2,20}[-_.+,][0-9]{1,4}\Z")
_LAST = re.compile(r"[.!)]{0,2}[ \t]*(?:\n|\Z)")
_NAMES_WHAT = re.compile(
    r"(?:['’]|(?<!\w)(?:du|des?|for|of|on|to|in|at|sur|dans|pour|chez|avec|with|via|par|by|from|depuis"
    r"|and|et|ou|or|the|la|le|un|une|an?|serveur|server|machine|vm|host|poste|user|utilisateur|login"
    r"|compte|account|réseau|network|ssid|projet|project|outil|tool|application|logiciel)\s)\Z",
    re.IGNORECASE,
)
# "It was reset. The new one is …"
_RENEWED = re.compile(
    r"(?:[^\n\x00.;:]{0,30}\s)?(?:c['’]est|it['’]s|suivant|nouveau|nouvelle|new|maintenant|now)"
    r"[^\n\x00.;:]{0,24}?(?:\s|\s?:\s)[\"'`«“]?\s?(?P<value>[^\s\x00<>\"'`«»“”]{6,40})",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:(?<![\w)\]])[(\[]|[«\"“'`]\s?)\Z")  # a bracket after a word is a call's
_CLOSING = frozenset(")]»\"”'`")


def near(text: str, begin: int) -> Iterator[Span]:
    """Yield what a sentence that has spoken of a password tells further on, from ``begin``."""
    stop = text.find("\n", begin, begin + _REACH)
    stop = min(begin + _REACH, len(text)) if stop < 0 else stop
    if _DIGIT.search(text, begin, stop) is None:
        return
    end = _ENDS.search(text, begin, stop)
    stop = stop if end is None else end.start() + (end.group()[0] in ".;…")
    last = begin
    if end is not None and end.group()[0] == ".":
        yield from _renewed(text, end.end())
    for word in _WORD.finditer(text, begin, stop):
        span = without_tail(text, *word.span())
        value = text[slice(*span)]
        if _DIGIT.search(value) and _is_told(text, begin, last, span):
            yield span
            last = span[1]


def _renewed(text: str, begin: int) -> Iterator[Span]:
    match = _RENEWED.match(text, begin, begin + _REACH)
    if match is not None:
        span = without_tail(text, *match.span("value"))
        if built(text[slice(*span)]):
            yield span


def _is_told(text: str, begin: int, last: int, span: Span) -> bool:
    value = text[slice(*span)]
    if not likely(value):
        return False
    if unmistakable(value):
        return True
    first, end = span
    before = text[max(begin, first - 24) : first]
    if _TOLD.search(before):
        return True
    if _PLAIN.match(value) and _LAST.match(text, end, end + 8) and not _NAMES_WHAT.search(before):
        return True
    if not built(value):
        return False
    if _PAIR.search(before):
        return True
    closed = text[end : end + 2].lstrip(" \u00a0\u202f")[:1]
    in_brackets = _OPENING.search(before) and closed in _CLOSING
    second = last > begin and _SECOND.match(text[last:first][:24])
    changed = _FROM.search(text, max(0, first - 10), first) and _TO.match(text, end, end + 24)
    return bool(in_brackets or second or changed)


# A line below: a bullet or the hour of a message, a label or a word of an answer, the password.
_LINE = re.compile(
    r"[ \t>|]{0,8}(?:[-*•–—]\s{1,2}|[0-9]{1,2}[.)]\s|\[?[0-9]{1,2}[:h][0-9]{2}\]?\s)?"
    r"(?P<label>[^\n:=/→<]{1,40}\s?(?::|=|/|→|->)\s{0,3}|send\s"
    r"|(?:(?:oui|yes|yep|yeah|ok|ouais|si|euh|ah|sure)[ ,]{1,2})?"
    + any_of("c'est | cest | c | ça doit être | it's | its | it is | should be | try | essaie")
    + r"\s)?(?P<quote>[\"'`«“*]{0,2}\s?)(?P<value>[^\s\x00<>\"'`«»“”|/\\]{4,60})"
    r"(?:\\[rn])?[\"'`»”*]{0,2}[ \t.,;|]{0,4}(?:(?:tout )?attach[ée][ \t.]{0,3})?(?:\n|\Z)",
    re.IGNORECASE,
)
# Such a line tells something else.
_OTHER_LABEL = re.compile(
    any_of(
        """
        login | user | username | utilisateur | identifiant | compte | account | nom | name | url
        | adresse | address | host | serveur | server | machine | version | révision | ref
        | référence | ticket | date | port | ssid | réseau | network | e-mail | email | mail | tél
        | salle | room | bureau | fichier | file | lien | link | exigence | requirement | id
        """
    )
    + r"(?!\w)",
    re.IGNORECASE,
)
# Columns that blanks divide, as people line them up by hand, or commas.
_CELL = re.compile(r"[^\s\x00]+(?: [^\s\x00]+)*")
_COMMA_CELL = re.compile(r"(?:\A|(?<=[\n,]))[^,\n\x00]*")
_MOST_WORDS = 3
_MOST_LINES = 8
_LONGEST_LINE = 120


def below(text: str, cue_end: int) -> Iterator[Span]:
    """Yield the passwords on the lines below a cue, up to a line that tells something else."""
    end = text.find("\n", cue_end, cue_end + _REACH)
    if end < 0 or _PLACEHOLDER.search(text, cue_end, end):
        return
    first = text.rfind("\n", max(0, cue_end - _REACH), cue_end) + 1
    first = first or max(0, cue_end - _REACH)
    commas = text.count(",", first, end)
    is_csv = 0 < commas == _line_below(text, end).count(",") and ", " not in text[first:end]
    cell = _COMMA_CELL if is_csv else _CELL
    names = list(cell.finditer(text, first, end))
    place = sum(name.start() < cue_end for name in names) - 1
    if len(names) > 1 and names[place].group().count(" ") < _MOST_WORDS:
        if text[cue_end] != "_":  # password_hash
            yield from _in_column(text, end, len(names), place, cell)
        return
    end += text.startswith("\n", end + 1)  # an empty line
    for _ in range(_MOST_LINES):
        line = _LINE.match(text, end + 1, end + 1 + _LONGEST_LINE)
        if line is None:
            return
        label = line.group("label") or ""
        if not _OTHER_LABEL.match(label.lstrip(" -*•")):
            span = without_tail(text, *line.span("value"))
            value = text[slice(*span)]
            if not (built(value) or (label and "/" not in label and unmistakable(value))):
                return
            yield span
        end = line.end() - 1
        if text[end : end + 1] != "\n":
            return


def _line_below(text: str, end: int) -> str:
    return text[end + 1 : end + 1 + _LONGEST_LINE].partition("\n")[0]


def _in_column(
    text: str, end: int, columns: int, place: int, cell: re.Pattern[str]
) -> Iterator[Span]:
    """Yield the passwords in a column whose name ends the cue, down to the end of the table."""
    for _ in range(_MOST_LINES):
        line_end = end + 1 + len(_line_below(text, end))
        cells = list(cell.finditer(text, end + 1, line_end))
        if len(cells) != columns or "\t" in text[end + 1 : line_end]:
            return
        span = cells[place].span()
        if " " not in text[slice(*span)] and built(text[slice(*span)]):
            yield span
        end = line_end


# "essaie Noisette12, je ne sais plus quel mot de passe": what was typed.
_TYPED = re.compile(
    r"(?<!\w)(?:essay?i?(?:e[rsz]?|é)|tent(?:e[rz]?|é)|try|tried|typed?|tap(?:e[rz]?|é)|saisi[rst]?|entre[rz]?|entered|enter|mets|met|mis"
    r"|utilise[rz]?|use|used|avec|with)(?:\s(?:toujours|encore|always|still))?\s[\"'`«“]?\s?\Z",
    re.IGNORECASE,
)
# "tapez 7718A au digicode"
_KEYED = re.compile(r"(?<!\w)(?:tap|compos|typ)(?:e[rsz]?|é)\s[\"'`«“]?\s?\Z", re.IGNORECASE)
_CODE = re.compile(r"[A-D]?[0-9]{4,6}[A-D#*]?")
_BACK = 80


def before(text: str, start: int) -> Iterator[Span]:
    """Yield what somebody typed, as the sentence of a cue told ahead of it."""
    begin = max(0, start - _BACK)
    begin = max(begin, text.rfind("\n", begin, start) + 1)
    if _DIGIT.search(text, begin, start) is None:
        return
    for end in _ENDS.finditer(text, begin, start):
        begin = end.end()
    last = 0
    for word in _WORD_OR_CODE.finditer(text, begin, start):
        span = without_tail(text, *word.span())
        value = text[slice(*span)]
        ahead = text[max(begin, span[0] - 24) : span[0]]
        is_second = last and (
            text[last : span[0]] == ", " or _SECOND.match(text[last : span[0]][:24])
        )
        typed = (is_second or _TYPED.search(ahead)) and built(value)
        if typed or (_KEYED.search(ahead) and _CODE.fullmatch(value)):
            yield span
            last = span[1]
