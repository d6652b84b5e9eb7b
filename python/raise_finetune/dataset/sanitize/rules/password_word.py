"""Passwords of letters alone: only where what stands around them says that they are one.

"The password is sunflower" tells it, "the password is plaintext" does not; nothing but a list of
words and of their endings tells the two apart.
"""

import re

from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.password_shape import plausible
from raise_finetune.dataset.sanitize.rules.rule import any_of

_SHORTEST = 5
_WORD = re.compile(r"[^\W\d_](?:[a-zß-öø-ÿ]+)\Z")
# Adjectives, participles and adverbs of English and French.
_SAYS_HOW = re.compile(
    r".*(?:ed|ing|able|ible|ive|ial|ical|ous|[ae]nt|ful|less|ory|[ae]ry|ic|ish|ly|ent|ure"
    r"|ée?s?|u|eux|if|el|ique|aire|oire|iel|ion|[ao]ns|[iu]r|er|ez|ment|ité|ty|ness)\Z"
)
# … but for what ends so and is a thing: "sunflower", "peppermint", "dragonfly".
_THINGS = re.compile(
    r".*(?:flower|power|tower|tiger|panther|hunter|master|winter|summer|spring|king|ring|string"
    r"|mint|berry|cherry|butter|silver|fly|lily|feather|spider|thunder|hamster|rivi[eè]re|nature)\Z"
)


def may_be_password(value: str) -> bool:
    """Tell whether letters may be a password where a sentence says so: no adjective or the like."""
    if len(value) < _SHORTEST or _WORD.match(value) is None or not plausible(value):
        return False
    if says_how(value):
        return False
    folded = value.lower()
    return _SAYS_HOW.match(folded) is None or _THINGS.match(folded) is not None


def says_how(value: str) -> bool:
    """Tell whether a word says how a password is: "plaintext", "caduc"."""
    return value.lower() in words("no_passwords.txt")


_CUES = "mot de passe | mdp | password | passwd | passphrase | pwd | pw"
_QUOTE = "[\"'`«“»”]?"
# "log in as rigop with the password"
_BESIDE_LOGIN = re.compile(
    r"(?<!\w)(?:as|user|username|login|account|en|en tant que|sous|compte|utilisateur|identifiant)"
    rf"\s?:?\s{_QUOTE}[\w.@-]{{2,40}}{_QUOTE}"
    rf"(?:,|\s(?:with|using|and|avec|et))?\s(?:the\s|le\s)?{any_of(_CUES)}\Z",
    re.IGNORECASE,
)
# "I have set the admin password", and "to lighthouse" follows
_SET = re.compile(
    r"(?<!\w)(?:(?:i|we|he|she|they|has|have|had|been|just)\s(?:just\s|now\s)?(?:re)?(?:set|changed)"
    r"|(?:ai|a|as|avons|avez|ont)\s(?:re)?(?:mis|chang[ée]|modifi[ée]|pass[ée]))"
    r"\s(?:the|my|our|his|her|their|its|le|mon|ton|son|notre|votre|leur)\s(?:[\w-]{1,16}\s){0,2}"
    rf"{any_of(_CUES)}(?:\s[^\s.:;,]{{1,16}}){{0,3}}\Z",
    re.IGNORECASE,
)
_BACK = 100


def beside_login(text: str, cue_end: int) -> bool:
    """Tell whether a user name and its cue stand right before the cue that ends there."""
    return _BESIDE_LOGIN.search(text, max(0, cue_end - _BACK), cue_end) is not None


def was_set(text: str, end: int) -> bool:
    """Tell whether the words up to ``end`` say that somebody has set a password."""
    return _SET.search(text, max(0, end - _BACK), end) is not None


_SECTION = re.compile(r"[ \t]*\[[^\]\n=\"']{1,60}\][ \t]*\Z")
_SETTING = re.compile(r"[ \t]*(?:[#;]|[\w.-]{1,40}\s{0,12}=[^\"'(){}\[\]\n]*\Z|\r?\Z)")
_MOST_LINES = 24


def in_section(text: str, end: int) -> bool:
    """Tell whether a setting that ends there stands in a section of a configuration file."""
    if text[end : end + 1] not in {"", "\r", "\n"}:
        return False
    *lines, _ = text[max(0, end - _LONGEST_SECTION) : end].split("\n")
    for line in reversed(lines[-_MOST_LINES:]):
        if _SECTION.match(line):
            return True
        if _SETTING.match(line) is None:
            return False
    return False


_LONGEST_SECTION = 1200
