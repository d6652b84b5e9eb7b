"""Sensitive data: found by rules, masked with placeholders, and proved absent after writing."""

from raise_finetune.dataset.sanitize.findings import Finding, FindingType
from raise_finetune.dataset.sanitize.known import KnownValues, Machine, known_values
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.rescan import rescan_file
from raise_finetune.dataset.sanitize.sanitizer import SanitizedGroup, Sanitizer, Tier

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
