"""Sensitive data: found by rules, masked with placeholders, and proved absent after writing.

What the package offers is loaded when it is asked for: a recipe, which every command reads, needs
its options, but the rules take a quarter of a second to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raise_finetune.dataset.sanitize.findings import Finding, FindingType
    from raise_finetune.dataset.sanitize.known import KnownValues
    from raise_finetune.dataset.sanitize.options import SanitizeOptions
    from raise_finetune.dataset.sanitize.own_machine import Machine, known_values
    from raise_finetune.dataset.sanitize.rescan import rescan_file
    from raise_finetune.dataset.sanitize.sanitizer import SanitizedGroup, Sanitizer, Tier

_MODULES = {
    "Finding": "findings",
    "FindingType": "findings",
    "KnownValues": "known",
    "Machine": "own_machine",
    "SanitizeOptions": "options",
    "SanitizedGroup": "sanitizer",
    "Sanitizer": "sanitizer",
    "Tier": "sanitizer",
    "known_values": "own_machine",
    "rescan_file": "rescan",
}

__all__ = [
    "Finding",
    "FindingType",
    "KnownValues",
    "Machine",
    "SanitizeOptions",
    "SanitizedGroup",
    "Sanitizer",
    "Tier",
    "known_values",
    "rescan_file",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
