"""Which values touch what stands beside them, so that masking them may uncover something.

The rules look at a value's neighbours: what was no finding beside a value may be one beside its
placeholder. Only texts in which that can happen are looked at again.
"""

import re
from collections.abc import Iterable

from raise_finetune.dataset.sanitize.findings import Finding, FindingType

# In a path or a URL these stand between slashes; nothing there depends on what they were.
_ALWAYS_TOUCHING = frozenset({FindingType.USER, FindingType.CREDENTIALS, FindingType.IP})
# After "::" may stand the rest of an address of a machine.
_WORDLIKE = re.compile(r"[\w+@/<\\-]|(?<=:):")
_WORD_AFTER = r"[^\s\x00-\x1f]?[\w+@/<\\-]"
# Two numbers side by side keep each other from being telephone numbers: "91.5.2.4,0612345678".
_NUMERIC = frozenset(
    {
        FindingType.IBAN,
        FindingType.CARD,
        FindingType.NIR,
        FindingType.SIRET,
        FindingType.SIREN,
        FindingType.PHONE,
        FindingType.IP,
        FindingType.BIRTH_DATE,
    }
)
# "5000 5000 0149 0012 rue …" is no number of a card, until the address is masked.
_BEGINS_WITH_NUMBER = _NUMERIC | {FindingType.ADDRESS}
_NUMBER_BEFORE = re.compile(r"(?<=[0-9])[^\w:]")
_NUMBER_AFTER = r"[^\w:]{1,2}[0-9(+]|\+|:[0-9]{6}"
_DIGITS = frozenset("0123456789")
_NUMBER_BEGINS = _DIGITS | {"(", "+"}
_NUMBER_GOES_ON = re.compile(_NUMBER_AFTER)
_WORD_GOES_ON = re.compile(_WORD_AFTER)
_EITHER_GOES_ON = re.compile(f"{_NUMBER_AFTER}|{_WORD_AFTER}")


def touches_words(text: str, findings: Iterable[Finding]) -> bool:
    """Tell whether a value touches other words, which the rules may read anew once it is masked."""
    for kind, _, start, end in findings:
        # Mostly a blank or a letter stands there, and a comparison is cheaper than a match.
        if (
            text[max(0, start - 2)] in _DIGITS
            and kind in _BEGINS_WITH_NUMBER
            and _NUMBER_BEFORE.match(text, start - 1)
        ):
            return True
        numeric = kind in _NUMERIC
        if kind in _ALWAYS_TOUCHING:
            if numeric and _NUMBER_GOES_ON.match(text, end):
                return True
            continue
        if start and text[start - 1] > " " and _WORDLIKE.match(text, start - 1):
            return True
        if text[end : end + 1] > " ":
            if (_EITHER_GOES_ON if numeric else _WORD_GOES_ON).match(text, end):
                return True
        elif (
            numeric
            and not _NUMBER_BEGINS.isdisjoint(text[end + 1 : end + 3])
            and _NUMBER_GOES_ON.match(text, end)
        ):
            return True
    return False
