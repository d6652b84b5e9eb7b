"""French or English? By the commonest words of each, which even a short sentence holds.

Those of their neighbours count too, so that a Spanish text does not pass for a French one.
"""

import re

from raise_finetune.messages import Language

_WORD = re.compile(r"[^\W\d_]+")
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
# German, Spanish, Italian, Portuguese and Dutch; words that French and English have, too, are not
# here, so these count double.
_OTHER = frozenset(
    _WORD.findall(
        "der die das und ist nicht ein eine einen mit den dem von für auf sich auch wird werden "
        "wie was kann muss zu im bei oder "
        "el los las del y con por para como más pero lo está este esta debe una son cómo qué al "
        "il lo gli di che non sono della dei delle nel per come deve è questo questa anche ma "
        "o os as um uma não do da dos das em com são mais como deve ser "
        "het een van niet en dat op te voor met zijn wordt moet ook aan"
    )
) - (_FRENCH | _ENGLISH)
_OTHER_WEIGHT = 2
# Enough to be sure, and short enough to cost nothing on a long answer.
_WORDS_READ = 80
_CHARACTERS_READ = 1000


def detect_language(text: str) -> Language | None:
    """Return the language of a text, or None where its words tell of neither."""
    words = _WORD.findall(text[:_CHARACTERS_READ].lower())[:_WORDS_READ]
    french, english, other = (
        sum(map(common.__contains__, words)) for common in (_FRENCH, _ENGLISH, _OTHER)
    )
    if french == english or _OTHER_WEIGHT * other > max(french, english):
        return None
    return "fr" if french > english else "en"
