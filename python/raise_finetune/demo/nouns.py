"""The forms of a noun phrase that templates need, so that every sentence agrees.

A noun is stored with its article: ``le calculateur``, ``l'antenne (f)``, ``une fuite``, ``des
vibrations``; ``the controller``, ``a leak``. The gender is only told where the article hides it.
"""

from raise_finetune.demo.template import Values

_VOWELS = "aàâeéèêëiîïoôuùûyhœæ"
_FRENCH_ARTICLES = {
    "le": ("m", "du ", "au "),
    "la": ("f", "de la ", "à la "),
    "les": ("p", "des ", "aux "),
    "un": ("m", "d'un ", "à un "),
    "une": ("f", "d'une ", "à une "),
    "des": ("p", "", "à des "),
}


def capital(text: str) -> str:
    """Return the text with a capital first letter and the rest as it was."""
    return text[:1].upper() + text[1:]


def french_forms(slot: str, noun: str) -> Values:
    """Return ``$slot`` and its forms with other articles and prepositions.

    >>> french_forms("x", "l'antenne (f)")["a_x"]
    'une antenne'
    """
    noun, _, told = noun.partition(" (")
    if noun.startswith("l'"):
        article, bare = "l'", noun[2:]
        gender, of, to = told[:1] or "m", f"de l'{bare}", f"à l'{bare}"
    else:
        article, _, bare = noun.partition(" ")
        gender, of_article, to_article = _FRENCH_ARTICLES[article]
        of, to = of_article + bare, to_article + bare
    if article == "des":
        of = de(bare)
    a = {"m": "un ", "f": "une ", "p": "des "}[gender] + bare
    return {
        slot: noun,
        capital(slot): capital(noun),
        f"of_{slot}": of,
        f"to_{slot}": to,
        f"a_{slot}": a,
        f"bare_{slot}": bare,
        f"it_{slot}": {"m": "il", "f": "elle", "p": "ils"}[gender],
    }


def english_forms(slot: str, noun: str) -> Values:
    """Return ``$slot`` and its forms with other articles.

    >>> english_forms("x", "the antenna")["a_x"]
    'an antenna'
    """
    article, _, bare = noun.partition(" ")
    if article not in ("the", "a", "an"):
        bare = noun
    indefinite = "an " if bare[0].lower() in "aeiou" else "a "
    return {
        slot: noun,
        capital(slot): capital(noun),
        f"a_{slot}": indefinite + bare,
        f"bare_{slot}": bare,
    }


def french_action(slot: str, verb_phrase: str) -> Values:
    """Return the forms of an infinitive: ``inspecter``, ``d'inspecter``."""
    return {slot: verb_phrase, capital(slot): capital(verb_phrase), f"de_{slot}": de(verb_phrase)}


def english_action(slot: str, verb_phrase: str) -> Values:
    """Return the forms of a verb phrase."""
    return {slot: verb_phrase, capital(slot): capital(verb_phrase)}


def de(text: str) -> str:
    """Return “de” before a French word, elided where it must be."""
    return f"d'{text}" if _elides(text) else f"de {text}"


def _elides(text: str) -> bool:
    return text[0].lower() in _VOWELS
