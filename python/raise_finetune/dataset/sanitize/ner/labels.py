"""What the labels of token-classification models mean, whatever scheme they are written in."""

from typing import Literal, NamedTuple

EntityKind = Literal["person", "place", "organisation"]

_KINDS: dict[str, EntityKind] = {
    **dict.fromkeys(("PER", "PERS", "PERSON", "NAME", "FIRSTNAME", "LASTNAME"), "person"),
    **dict.fromkeys(
        ("LOC", "LOCATION", "GPE", "FAC", "ADDRESS", "STREET", "STREETADDRESS", "CITY"), "place"
    ),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "COMPANY"), "organisation"),
}
# IOB, IOBES and BILOU; these three begin an entity even right after another of the same kind.
_PREFIXES = frozenset("BIESLU")
_BEGINNINGS = frozenset("BSU")


class Label(NamedTuple):
    """A token's label: what it is part of, and whether it begins it."""

    kind: EntityKind
    begins: bool


def entity_kind(name: str) -> EntityKind | None:
    """Return what ``PER``, ``Person`` or ``GPE`` names; None for what is not looked for."""
    return _KINDS.get(name.upper().replace("_", "").replace("-", ""))


def read_label(label: str) -> Label | None:
    """Return what ``B-PER``, ``I-ORG`` or ``person`` says of a token; None for ``O`` and others."""
    prefix, dash, name = label.partition("-")
    if not dash or prefix.upper() not in _PREFIXES:
        prefix, name = "", label
    kind = entity_kind(name)
    return None if kind is None else Label(kind, prefix.upper() in _BEGINNINGS)
