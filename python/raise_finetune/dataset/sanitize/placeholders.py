"""What stands in place of a value: a typed, numbered placeholder, or an invented value."""

import re
from collections.abc import Callable
from functools import lru_cache

from raise_finetune.dataset.sanitize.findings import FindingType

_LABEL = {kind: kind.name for kind in FindingType}
_LABELS = "|".join(_LABEL.values())
_PLACEHOLDER = re.compile(rf"<(?:{_LABELS})_[0-9]+>")
_WRITTEN = re.compile(rf"<(?=\\*(?:{_LABELS})_[0-9]+>)")
_ESCAPED = re.compile(rf"<\\(?=\\*(?:{_LABELS})_[0-9]+>)")

# Finds a placeholder, escaped or not, that the source text itself holds.
PLACEHOLDER_ANCHOR = rf"<\\*(?:{_LABELS})_[0-9]".encode()


@lru_cache(maxsize=1 << 12)
def placeholder(kind: FindingType, number: int) -> str:
    """Return ``<EMAIL_1>`` and the like."""
    return f"<{_LABEL[kind]}_{number}>"


def escaped(text: str) -> str:
    r"""Return the text with the placeholders that it holds itself marked: ``<\EMAIL_1>``.

    One backslash is added each time, so the writing can be undone.
    """
    return _WRITTEN.sub(r"<\\", text)


def unescaped(text: str) -> str:
    """Return what ``escaped`` was given."""
    return _ESCAPED.sub("<", text)


def in_placeholder(text: str, start: int) -> bool:
    """Tell whether a word that begins at ``start`` is the label of a placeholder."""
    return start > 0 and text[start - 1] == "<" and bool(_PLACEHOLDER.match(text, start - 1))


def only_placeholders(value: str) -> bool:
    """Tell whether a value is made of placeholders, with hardly a letter beside them."""
    rest = _PLACEHOLDER.sub("", value)
    return len(rest) < len(value) and sum(map(str.isalnum, rest)) < 3


# People's names for surrogates: invented, and none of a known person together with its number.
_INVENTED_NAMES = ("Alix Exemple", "Dominique Modèle", "Camille Exemple", "Claude Modèle")


def _invented_phone(number: int) -> str:
    # 06 39 98 xx xx is set aside by the French regulator for works of fiction.
    return f"06 39 98 {number // 100 % 100:02} {number % 100:02}"


def _invented_name(number: int) -> str:
    name = _INVENTED_NAMES[(number - 1) % len(_INVENTED_NAMES)]
    return name if number <= len(_INVENTED_NAMES) else f"{name} {number}"


_SURROGATES: dict[FindingType, Callable[[int], str]] = {
    FindingType.EMAIL: "personne{}@example.com".format,
    FindingType.PHONE: _invented_phone,
    FindingType.IP: lambda number: f"192.0.2.{number % 256}",
    FindingType.MAC: lambda number: f"00:00:5E:00:53:{number % 256:02X}",
    FindingType.USER: "utilisateur{}".format,
    FindingType.HOST: "machine{}.example".format,
    FindingType.ADDRESS: "{} rue de l’Exemple, 00000 Exempleville".format,
    FindingType.PERSON: _invented_name,
}
_SURROGATE_SHAPES = {
    FindingType.EMAIL: r"personne[0-9]+@example\.com",
    FindingType.PHONE: "06 39 98 [0-9]{2} [0-9]{2}",
    FindingType.IP: r"192\.0\.2\.[0-9]{1,3}",
    FindingType.MAC: "00:00:5E:00:53:[0-9A-F]{2}",
    FindingType.USER: "utilisateur[0-9]+",
    FindingType.HOST: r"machine[0-9]+\.example",
    FindingType.ADDRESS: "[0-9]+ rue de l’Exemple, 00000 Exempleville",
    FindingType.PERSON: f"(?:{'|'.join(_INVENTED_NAMES)})(?: [0-9]+)?",
}
_COMPILED_SHAPES = {kind: re.compile(shape) for kind, shape in _SURROGATE_SHAPES.items()}


def surrogate(kind: FindingType, number: int) -> str:
    """Return an invented value, or a placeholder where no range is reserved for such values."""
    make = _SURROGATES.get(kind)
    return placeholder(kind, number) if make is None else make(number)


def is_surrogate(kind: FindingType, value: str) -> bool:
    """Tell whether a value is one that ``surrogate`` writes."""
    shape = _COMPILED_SHAPES.get(kind)
    return shape is not None and shape.fullmatch(value) is not None
