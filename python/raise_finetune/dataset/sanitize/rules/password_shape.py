"""What a password looks like, and what only looks like one."""

import re
from unicodedata import normalize

from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.rule import Span

_TAIL = ".,;:)]}…*"
_NEXT_PARAMETER = re.compile(r"[&;](?<=.{5})[A-Za-z_][\w ]{0,30}=")
STOP_WORDS = words("password_stop_words.txt")
_CODE = re.compile(
    r"(?:[A-Za-z_$][\w$]*(?:\.|->|::)[A-Za-z_]|[A-Za-z_][\w.]*[(\[]|[$%]\{?[A-Za-z_(]|\{\{|%[A-Z_]+%"
    r"|\$\(|[<({]|\*{3,}|•{3,}|\.{3,}|_{3,}|-{3,}|x{3,}\Z|\[|\||/\S*/|https?:|self\b|args\b|env\b|<\\?[A-Z]|!{1,2}[A-Za-z]+\Z|1password)",
    re.IGNORECASE,
)
# "password: SecretStr": an annotation, not a value
_TYPE_NAME = re.compile(
    r"(?:[A-Z][a-z0-9]+)+(?:Str|String|Bytes|Text|Type|Result|Field|Input|Options?|Config|Value"
    r"|Provider|Manager|Service|Handler|Context|Schema|Column|Model|Hash|Policy|Encoder|Hasher)\Z"
)
_PLACEHOLDER = re.compile(
    r"(?:your|my|ton|votre|mon|le|the|insert|replace|enter|saisir|new|old|db|some|user)[_-]?"
    r"(?:pass|passwd|password|pwd|mdp|mot)|[a-z_]*(?:mot_?de_?passe|password|passwd|pwd|mdp|secret)(?:[_-][a-z_-]+)?\Z",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT_OR_SYMBOL = re.compile(r"\d|[^\w\s'’./-]|_")
DOMAIN = re.compile(r"[\w.-]*@?[\w-]+\.[a-z]{2,10}(?:[/:]|\Z)")
WORDS_ONLY = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\Z")


def without_tail(text: str, begin: int, end: int) -> Span:
    """Leave out the sentence's punctuation ("!" only after a plain word) and the next parameter."""
    word = _NEXT_PARAMETER.split(text[begin:end], maxsplit=1)[0].rstrip(_TAIL)
    if word.endswith(("!", "?")) and WORDS_ONLY.match(word.rstrip("!?")):
        word = word.rstrip("!?")
    return begin, begin + len(word)


def plausible(value: str) -> bool:
    """Tell whether a value may be a password: no common word, no code, no stand-in."""
    value = normalize("NFC", value)  # the text may write "généré" in nine characters
    if len(value) < 4 or value[0] in ",;?" or value.rstrip("?!.,;").lower() in STOP_WORDS:
        return False
    if _CODE.match(value) or _PLACEHOLDER.match(value) or _TYPE_NAME.match(value):
        return False
    return any(map(str.isalnum, value))


def mixed(value: str) -> bool:
    """Tell whether a value has letters and, beside them, digits or symbols."""
    return _LETTER.search(value) is not None and _DIGIT_OR_SYMBOL.search(value) is not None


def sure(value: str) -> bool:
    """Tell whether a word can hardly be anything else: letters and digits, no address, no path."""
    return (
        mixed(value)
        and any(map(str.isdigit, value))
        and DOMAIN.match(value) is None
        and "/" not in value
    )


# What mixes letters and digits in texts of engineers, and is no password.
_OTHER = re.compile(
    r"[^a-zß-ÿ!$*&]*\Z"  # SW-REQ-0012, ISO27001, 0x80070005
    r"|v?[0-9]+(?:[.,:][0-9]+)*[a-zA-Zµ]{0,6}[0-9]{0,3}\Z"  # v2.3.1, 14h30, 120ms, 3V3
    r"|(?:0x)?[0-9a-f-]{8,}\Z"  # hashes, UUIDs
    r"|[A-Za-z]+-?[0-9]+(?:\.[0-9]+)+[a-z]?\Z"  # Python3.11
    r"|(?:[A-Z][a-z]*[0-9]?){2,}[0-9]?\Z"  # KeePass2, France2Connect
    r"|[a-z0-9]*(?:_[a-z0-9]+)+\Z|_"  # evt_pwd_2
    # what models and their services number: call_GR0G7yEEoqy8MsHCJn4zgUAw
    r"|(?:call|toolu|msg|chatcmpl|resp|run|asst|thread|file)[-_][0-9A-Za-z]{12,}\Z"
    r"|[A-Z]{2,}[-_]|[A-Z]{3,}[0-9]*[A-Z]?[a-z]"  # TC-Login-4, PKCS12Key
    r"|.*\.[0-9]?[A-Za-z]{1,4}[0-9]?\Z|[a-z]{2,6}#[0-9]+\Z"  # plan2.pdf, issue#42
    r"|(?:log4|base64|stm32|esp32|win32|utf8)|[a-z][1-9][a-z]+\Z"  # l1cache
    # Debian12, banc2: of products, versions, places and parts
    r"|(?i:windows|office|excel|debian|ubuntu|fedora|centos|redhat|python|java|node|oracle|postgres"
    r"|mysql|sqlserver|cisco|siemens|jira|gitlab|jenkins|confluence|capella|matlab|simulink|doors"
    r"|autocad|catia|android|version|release|rev|lot|phase|niveau|level|poste|salle|room|bureau"
    r"|zone|[ée]tape|step|page|figure|table|chapitre|section|article|ticket|test|user|server"
    r"|serveur|banc|rack|slot|port|canal|line|build|sprint)[-_ ]?[0-9]+\Z"
    r"|(?:utilisateur|machine|personne)[0-9]"  # what stands in for a value
    r"|@|[^@]{2,}@|.*[A-Za-z],[A-Za-z]|.*(?:[\\/=()\[\]{}<>;|]|::)"
)
_REFERENCE = re.compile(r"[A-Z0-9]+(?:[-_.][A-Z0-9]+)+\Z")
_SYMBOL = re.compile(r"[^\W\d_](?:.*[!$&*#]|@|.*%\Z)")
# "T0pinambour", "gr4f4na": a digit in place of a vowel, of "s" or of "t", between consonants.
_LEET = re.compile(
    r"(?=(?:[^\W\d_]|[013457]){6}).*[b-df-hj-np-tv-z][013457](?=[b-df-hj-np-tv-z])", re.IGNORECASE
)
# "Chouette9" is one where the sentence says so, and so would be "Debian9"; not so many digits.
_BUILT = re.compile(r"[^0-9]*[0-9][^0-9]*[0-9]|.*[-_.+,]")
_SHORTEST = 6


def is_reference(value: str) -> bool:
    """Tell whether a word names a requirement, a part or the like: SW-REQ-0012."""
    return _REFERENCE.match(value) is not None


def is_other(value: str) -> bool:
    """Tell whether a word that mixes letters and digits looks like something else."""
    return _OTHER.match(value) is not None


def held_by_code(value: str) -> bool:
    """Tell whether a value that an argument or a setting holds is a password, and nothing else."""
    return mixed(value) and plausible(value) and not is_other(value)


def unmistakable(value: str) -> bool:
    """Tell whether a word is hardly anything but a password: Usine#12, T0pinambour."""
    return likely(value) and (_SYMBOL.match(value) or _LEET.match(value)) is not None


def built(value: str) -> bool:
    """Tell whether a word was made up to be a password: Bunsen42, Carotte-18."""
    return likely(value) and (_BUILT.match(value) or _SYMBOL.match(value)) is not None


def likely(value: str) -> bool:
    """Tell whether a word is a password, where a sentence tells one: Chouette9."""
    return (
        len(value) >= _SHORTEST and sure(value) and _OTHER.match(value) is None and plausible(value)
    )
