"""Writings that hide a value from byte patterns, undone with a way back to the original offsets."""

import re
import unicodedata
from typing import NamedTuple

_FULL_WIDTH = (
    rb"\xef\xbc(?:[\x8b\x8d-\x8e]|[\x90-\x99]|[\xa0-\xba])"  # + - . digits @ capitals
    rb"|\xef\xbd[\x81-\x9a]"  # small letters
    rb"|\xef\xb9[\x92\xab]"  # small full stop, small @
)
_OTHER_DIGITS = (
    rb"\xd9[\xa0-\xa9](?:\xd9[\xa0-\xa9])"  # Arabic-Indic
    rb"|\xdb[\xb0-\xb9](?:\xdb[\xb0-\xb9])"  # Persian
    rb"|\xf0\x9d\x9f[\x8e-\xbf]"  # mathematical
)
_BLANKS = rb"(?:\xe2\x80[\x80-\x8a]|\xe2\x81\x9f|\xe3\x80\x80)[0-9A-Za-z]"
_HYPHENS = rb"[0-9A-Za-z](?:\xe2\x80[\x90-\x93]|\xe2\x88\x92)[0-9A-Za-z]"
_DOTS = rb"\xe2\x80\xa4|[0-9A-Za-z](?:\xe3\x80\x82|\xef\xbd\xa1)[0-9A-Za-z]"
_INVISIBLE = (  # joiners, marks, variants
    rb"\xe2\x80[\x8b-\x8f\xaa-\xae]",
    rb"\xe2\x81[\xa0-\xa4\xa6-\xa9]",
    rb"\xef\xbb\xbf",
    rb"\xc2\xad",
    rb"\xcd\x8f",
    rb"\xd8\x9c",
    rb"\xe1\xa0\x8e",
    rb"\xef\xb8[\x80-\x8f]",
)
_COMBINING = rb"[A-Za-z]\xcc[\x80-\xa8]"
_JSON_ESCAPE = rb"\\[nrt][0-9A-Za-z+]|\\u00[0-9A-Fa-f]{2}"

# Where one of these matches, the text is scanned a second time as ``plain`` returns it. One pattern
# for each writing: Hyperscan needs a fifth less time for a whole block than with all in one.
TRAP_ANCHORS = (
    _FULL_WIDTH,
    _OTHER_DIGITS,
    _BLANKS,
    _HYPHENS,
    _DOTS,
    *(b"[!-~]" + hidden for hidden in _INVISIBLE),
    *(hidden + b"[!-~]" for hidden in _INVISIBLE),
    _COMBINING,
    _JSON_ESCAPE,
)

_TRAP = re.compile(
    "(?P<wide>[\uff0b\uff0d\uff0e\uff10-\uff19\uff20-\uff3a\uff41-\uff5a\ufe52\ufe6b])"
    "|(?P<digit>[\u0660-\u0669\u06f0-\u06f9\U0001d7ce-\U0001d7ff])"
    "|(?P<blank>[\u2000-\u200a\u205f\u3000])"
    "|(?P<hyphen>[\u2010-\u2013\u2212])"
    "|(?P<dot>[\u2024\u3002\uff61])"
    "|(?P<invisible>[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad"
    "\u034f\u061c\u180e\ufe00-\ufe0f\u20e3])"
    "|(?P<combined>[A-Za-z][\u0300-\u0328])"
    r"|(?P<newline>\\[nrt])"
    r"|\\u(?P<code>[0-9A-Fa-f]{4})"
)

_PLAIN = {"blank": " ", "hyphen": "-", "dot": ".", "newline": "\n"}


class PlainText(NamedTuple):
    """A text with its traps undone; ``origin[i]`` is where its character ``i`` stood before."""

    text: str
    origin: list[int]


def plain(text: str) -> PlainText:
    """Return the text in ASCII digits, letters, blanks and dots, accents composed.

    What is invisible is left out. JSON escapes are undone too: a tool's arguments are often JSON
    inside a string.
    """
    pieces: list[str] = []
    origin: list[int] = []
    position = 0
    for match in _TRAP.finditer(text):
        pieces.append(text[position : match.start()])
        origin.extend(range(position, match.start()))
        shown = _shown(match)
        pieces.append(shown)
        origin.extend([match.start()] * len(shown))
        position = match.end()
    pieces.append(text[position:])
    origin.extend(range(position, len(text) + 1))
    return PlainText("".join(pieces), origin)


def _shown(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "wide":
        return unicodedata.normalize("NFKC", match.group())
    if kind == "combined":
        return unicodedata.normalize("NFC", match.group())
    if kind == "digit":
        return str(unicodedata.decimal(match.group()))
    if kind == "code":
        return chr(int(match.group("code"), 16))
    return _PLAIN.get(kind or "", "")
