"""Answers that refuse, in French or English.

A refusal says so at once: further on, the same words may well be part of an answer.
"""

import re

_ENGLISH = r"""
    as\ an?\ (?:ai|artificial\ intelligence|(?:large\ )?language\ model)\b
    | (?:i['’]m|i\ am)\ (?:sorry|afraid)\b[\W_]*(?:but\ )?
        i\ ?(?:can(?:not|['’]t|\ not)|(?:am|['’]m)\ (?:unable|not)|do(?:\ not|n['’]t)|won['’]t)
    | i\ (?:can(?:not|['’]t|\ not)|am\ (?:unable|not\ able)\ to|won['’]t|will\ not)
        \ (?:help|assist|answer|provide|comply|fulfil|do\ (?:that|this)|access|respond)
"""
_FRENCH = r"""
    en\ tant\ qu['’](?:ia\b|intelligence\ artificielle|assistant|une?\ (?:ia|modèle|assistant)\b)
    | en\ tant\ que\ modèle\ de\ langage
    | (?:(?:je\ suis|nous\ sommes)\ )?(?:désolée?s?|navrée?s?)\b[\W_]*(?:mais\ )?
        (?:je|nous)\ n(?:e\b|['’])
    | je\ ne\ (?:peux|puis|suis)\ (?:malheureusement\ )?pas\ (?:en\ mesure\ d(?:e\ |['’]))?
        (?:(?:vous\ |t['’])?(?:répondre|aider|fournir|donner)|y\ répondre|accéder
        |faire\ (?:cela|ça))
"""
_GREETING = r"(?:(?:bonjour|hello|hi|merci|thanks?(?:\ you)?)\b[\W_]*)?"
_REFUSAL = re.compile(rf"[\W_]*{_GREETING}(?:{_ENGLISH}|{_FRENCH})", re.IGNORECASE | re.VERBOSE)


def is_refusal(answer: str) -> bool:
    """Tell whether an answer begins by saying that it will not, or cannot, answer."""
    return _REFUSAL.match(answer) is not None
