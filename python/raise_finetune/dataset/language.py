"""French or English? By the commonest words of each, which even a short sentence holds."""

import re

from raise_finetune.messages import Language

_WORD = re.compile(r"[a-zàâçéèêëîïôùûüœ]+", re.IGNORECASE)
_FRENCH = frozenset(
    _WORD.findall(
        "le la les un une des du de et est en que qui pour dans sur avec ce cette ces il elle "
        "nous vous je tu pas ne au aux par plus se son sa ses être sont fait comment pourquoi "
        "quel quelle quels quelles mais ou où donc si votre notre peux peut faut entre aussi"
    )
)
_ENGLISH = frozenset(
    _WORD.findall(
        "the an of and is in that which for with this these it we you i not to by more be are "
        "does do how why what when should can must between also from your our but if at have "
        "has was were will would could its their there"
    )
)
# Enough to be sure, and short enough to cost nothing on a long answer.
_WORDS_READ = 80


def detect_language(text: str) -> Language | None:
    """Return the language of a text, or None where its words do not tell."""
    french = english = 0
    for count, match in enumerate(_WORD.finditer(text)):
        word = match.group().lower()
        french += word in _FRENCH
        english += word in _ENGLISH
        if count == _WORDS_READ:
            break
    if french == english:
        return None
    return "fr" if french > english else "en"
