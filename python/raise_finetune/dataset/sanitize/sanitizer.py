"""Masks the sensitive data of conversations and documents."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from raise_finetune.dataset.sanitize.detector import RULES, Detected, Detector, EngineMaker
from raise_finetune.dataset.sanitize.engine import best_engine, default_cache
from raise_finetune.dataset.sanitize.findings import Finding, FindingType, merged
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.numbering import Numbers
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.people import aliases
from raise_finetune.dataset.sanitize.placeholders import (
    escaped,
    is_surrogate,
    placeholder,
    surrogate,
)

_CARRIED_RULES = frozenset(rule.name for rule in RULES if rule.carried)
_MIN_CARRIED = 5


class Tier(Protocol):
    """A further way to find names, such as a named-entity model in a process of its own."""

    def findings(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Return the findings of each text."""
        ...


@dataclass(frozen=True, slots=True)
class SanitizedGroup:
    """One group after masking. Only ``texts`` hold words of the user; the report holds none."""

    texts: list[str] = field(repr=False)
    counts: Counter[FindingType]
    rules: Counter[str]
    dropped: frozenset[FindingType]


class Sanitizer:
    """Finds and masks. Not for two threads at once.

    ``cache`` is a folder for the compiled rules (safe to delete), ``tiers`` are searched after
    the rules.
    """

    def __init__(
        self,
        options: SanitizeOptions,
        known: KnownValues,
        *,
        tiers: Sequence[Tier] = (),
        cache: Path | None = None,
        make_engine: EngineMaker = best_engine,
    ) -> None:
        self._options = options
        self._tiers = tiers
        self._allowed = frozenset(value.strip().casefold() for value in options.allow)
        self._choosy = bool(options.actions or options.allow or options.surrogates)
        self._detector = Detector(known, cache or default_cache(), make_engine)
        self._write = surrogate if options.surrogates else placeholder
        self._numbers = Numbers()

    def sanitize(self, groups: Sequence[Sequence[str]]) -> list[SanitizedGroup]:
        """Return each group's texts with their findings masked, and what was found.

        A group is all texts of one conversation or document: a person has one placeholder in it.
        """
        detected = iter(self._detect([text for group in groups for text in group]))
        return [self._sanitized(group, [next(detected) for _ in group]) for group in groups]

    def findings(self, text: str) -> list[Finding]:
        """Return what would be masked in one text, in order."""
        return self._complete([text], self._detect([text]))[0]

    def scan(self, texts: Sequence[str]) -> Counter[FindingType]:
        """Return how many findings of each type the rules have in texts that belong together."""
        return Counter(
            finding.type for found in self._detect(texts) for finding in merged(found.findings)
        )

    def _detect(self, texts: Sequence[str]) -> list[Detected]:
        detected = self._detector.detect(texts)
        for tier in self._tiers:
            for found, further in zip(detected, tier.findings(texts), strict=True):
                found.findings.extend(further)
        if not self._choosy:
            return detected
        return [
            found._replace(findings=[f for f in found.findings if self._counts(text, f)])
            for text, found in zip(texts, detected, strict=True)
        ]

    def _counts(self, text: str, finding: Finding) -> bool:
        if self._options.action(finding.type) == "leave":
            return False
        value = text[finding.start : finding.end]
        if self._options.surrogates and is_surrogate(finding.type, value):
            return False
        return not self._allowed or value.casefold() not in self._allowed

    def _sanitized(self, group: Sequence[str], detected: list[Detected]) -> SanitizedGroup:
        if not any(found.findings or found.placeholders for found in detected):
            return SanitizedGroup(list(group), Counter(), Counter(), frozenset())
        complete = self._complete(group, detected)
        numbers = self._numbers if self._options.numbering == "dataset" else Numbers()
        numbers.link(_values(group, complete))
        texts = [
            self._masked(text, findings, numbers, escape=found.placeholders)
            for text, findings, found in zip(group, complete, detected, strict=True)
        ]
        counts = Counter(finding.type for findings in complete for finding in findings)
        rules = Counter(finding.rule for findings in complete for finding in findings)
        dropped = frozenset(kind for kind in counts if self._options.action(kind) == "drop")
        return SanitizedGroup(texts, counts, rules, dropped)

    def _complete(self, group: Sequence[str], detected: list[Detected]) -> list[list[Finding]]:
        """Return all findings of a group, with those carried from one place to another."""
        carried = dict(_carried(group, detected))
        if not carried:
            return [merged(found.findings) for found in detected]
        return [
            merged([*found.findings, *_occurrences(text, carried)])
            for text, found in zip(group, detected, strict=True)
        ]

    def _masked(self, text: str, findings: list[Finding], numbers: Numbers, *, escape: bool) -> str:
        if not findings and not escape:
            return text
        pieces: list[str] = []
        position = 0
        for finding in findings:
            kept = text[position : finding.start]
            pieces.append(escaped(kept) if escape else kept)
            number = numbers.number(finding.type, text[finding.start : finding.end])
            pieces.append(self._write(finding.type, number))
            position = finding.end
        pieces.append(escaped(text[position:]) if escape else text[position:])
        return "".join(pieces)


def _values(
    group: Sequence[str], complete: Iterable[list[Finding]]
) -> Iterator[tuple[FindingType, str]]:
    for text, findings in zip(group, complete, strict=True):
        for finding in findings:
            yield finding.type, text[finding.start : finding.end]


def _carried(
    group: Sequence[str], detected: Iterable[Detected]
) -> Iterator[tuple[str, tuple[FindingType, str]]]:
    """Yield the values that are masked wherever they stand in the group, though no cue is near."""
    for text, found in zip(group, detected, strict=True):
        for finding in found.findings:
            value = text[finding.start : finding.end]
            if finding.type is FindingType.PERSON:
                for alias in aliases(value):
                    yield alias, (FindingType.PERSON, finding.rule)
            elif finding.rule in _CARRIED_RULES and _distinctive(value):
                yield value, (finding.type, finding.rule)


def _distinctive(value: str) -> bool:
    """Tell whether a value is no plain word, which would be masked all over the conversation."""
    return len(value) >= _MIN_CARRIED and not (value.isalpha() and value[1:].islower())


def _occurrences(text: str, carried: dict[str, tuple[FindingType, str]]) -> Iterator[Finding]:
    for value, (kind, rule) in carried.items():
        start = text.find(value)
        while start >= 0:
            end = start + len(value)
            if _whole(text, start, end):
                yield Finding(kind, rule, start, end)
            start = text.find(value, end)


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether nothing lengthens the word; ``_`` does, and so guards placeholders."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(char.isalnum() or char == "_" for char in around)
