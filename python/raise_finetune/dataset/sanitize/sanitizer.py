"""Masks the sensitive data of conversations and documents."""

import copy
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, Protocol

from raise_finetune.dataset.sanitize.carrying import Carried
from raise_finetune.dataset.sanitize.collector import paused_collector
from raise_finetune.dataset.sanitize.detector import Detected, Detector, EngineMaker
from raise_finetune.dataset.sanitize.engine import best_engine, default_cache
from raise_finetune.dataset.sanitize.findings import Finding, FindingType, merged
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.numbering import Numbers
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.placeholders import (
    escaped,
    is_surrogate,
    placeholder,
    surrogate,
)
from raise_finetune.dataset.sanitize.touching import touches_words

_MAX_ROUNDS = 4
_PERSON = FindingType.PERSON
_NONE: list[Finding] = []


class Tier(Protocol):
    """A further way to find names, such as a named-entity model in a process of its own."""

    def findings(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Return the findings of each text."""
        ...


@dataclass(slots=True)  # not frozen: there are as many as conversations, and that costs
class SanitizedGroup:
    """One group after masking. Only ``texts`` hold words of the user; the report holds none.

    ``found`` says what was found in which text, by its number; of what masking uncovered, the
    places are those in the text as it stood then.
    """

    texts: list[str] = field(repr=False)
    found: dict[int, list[Finding]]
    dropped: frozenset[FindingType]

    @property
    def counts(self) -> Counter[FindingType]:
        """How many findings of each type there were."""
        return Counter(finding.type for found in self.found.values() for finding in found)

    @property
    def rules(self) -> Counter[str]:
        """How many findings each rule had."""
        return Counter(finding.rule for found in self.found.values() for finding in found)


class Replacement(NamedTuple):
    """A finding and what stands in its place."""

    finding: Finding
    placeholder: str


@dataclass(slots=True, repr=False)
class _Draft:
    """A group while it is masked."""

    texts: list[str]
    found: dict[int, list[Finding]] = field(default_factory=dict[int, list[Finding]])
    numbers: Numbers = field(default_factory=Numbers)


class Sanitizer:
    """Finds and masks. Not for two threads at once.

    Of its ``setup``, if it has one, another process can make one that masks the same. ``cache`` is
    a folder for the compiled rules (safe to delete), ``tiers`` are asked after the rules, once for
    each text as it came.
    """

    setup: bytes | None = None

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
        self._to_drop = frozenset(kind for kind, do in options.actions.items() if do == "drop")
        self._choosy = bool(options.actions or options.allow or options.surrogates)
        self._detector = Detector(known, cache or default_cache(), make_engine)
        self._write = surrogate if options.surrogates else placeholder
        self._numbers = Numbers() if options.numbering == "dataset" else None
        self.is_thorough = False

    def thorough(self) -> "Sanitizer":
        """Return one that begins anew, and looks at what it masked until it finds nothing more.

        A short placeholder in a long value's place can bring a cue and what follows nearer to each
        other. It happens to one text in many thousands, and to look at all of them again for it
        takes two to three times as long.
        """
        again = copy.copy(self)
        again.is_thorough = True
        again._numbers = None if self._numbers is None else Numbers()
        return again

    def without_tiers(self) -> "Sanitizer":
        """Return one with the rules alone that goes on with the same numbers."""
        alone = copy.copy(self)
        alone._tiers = ()
        return alone

    def sanitize(self, groups: Sequence[Sequence[str]]) -> list[SanitizedGroup]:
        """Return each group's texts with their findings masked, and what was found.

        A group is all texts of one conversation or document: a person has one placeholder in it.
        """
        with paused_collector():
            return self._sanitize(groups)

    def _sanitize(self, groups: Sequence[Sequence[str]]) -> list[SanitizedGroup]:
        drafts: dict[int, _Draft] = {}
        uncovered: list[_Draft] = []
        for number, findings, placeholders in self._detect_in_groups(groups, self._tiers):
            draft = drafts[number] = _Draft(list(groups[number]))
            if self._mask(draft, findings, placeholders=placeholders):
                uncovered.append(draft)
        for _ in range(_MAX_ROUNDS):
            if not uncovered:
                break
            # From now on the placeholders are our own.
            uncovered = [
                uncovered[number]
                for number, findings, _ in self._detect_in_groups(
                    [draft.texts for draft in uncovered], ()
                )
                if self._mask(uncovered[number], findings, placeholders=())
            ]
        return [
            self._result(drafts[number]) if number in drafts else untouched(group)
            for number, group in enumerate(groups)
        ]

    def scan_later(self, texts: Sequence[str]) -> Callable[[], Counter[FindingType]]:
        """Begin to ``scan``, and return what waits for the result; to be asked in this order."""
        result = self.scan(texts)
        return lambda: result

    def review(self, group: Sequence[str]) -> list[list[Replacement]]:
        """Return what the first round of ``sanitize`` replaces in each text of one group."""
        complete = self._complete(group, self._detect_each(group))
        numbers = Numbers()
        numbers.link(_names(group, complete))
        return [
            [
                Replacement(
                    finding,
                    self._write(
                        finding.type,
                        numbers.number(finding.type, text[finding.start : finding.end]),
                    ),
                )
                for finding in findings
            ]
            for text, findings in zip(group, complete, strict=True)
        ]

    def findings(self, text: str) -> list[Finding]:
        """Return what would be masked in one text, in order."""
        return self._complete([text], self._detect_each([text]))[0]

    def scan(self, texts: Sequence[str]) -> Counter[FindingType]:
        """Return how many findings of each type the rules have, without carrying values around.

        Further tiers are not asked: a model finds names in what it has masked itself.
        """
        with paused_collector():
            return Counter(
                finding.type
                for findings in self._detect(texts, ()).findings.values()
                for finding in merged(findings)
            )

    def _detect(self, texts: Sequence[str], tiers: Sequence[Tier]) -> Detected:
        detected = self._detector.detect(texts)
        found = detected.findings
        for tier in tiers:
            for number, further in enumerate(tier.findings(texts)):
                if further:
                    found[number] = found.get(number, []) + further
        if not self._choosy:
            return detected
        counting = {
            number: [finding for finding in findings if self._counts(texts[number], finding)]
            for number, findings in found.items()
        }
        return detected._replace(findings=counting)

    def _detect_each(self, group: Sequence[str]) -> list[list[Finding]]:
        found = self._detect(group, self._tiers).findings
        return [found.get(number, []) for number in range(len(group))]

    def _detect_in_groups(
        self, groups: Sequence[Sequence[str]], tiers: Sequence[Tier]
    ) -> Iterator[tuple[int, list[list[Finding]], Container[int]]]:
        """Yield what the groups hold that hold something.

        That is the number of a group, the findings of each of its texts, and which of these look
        as if they held a placeholder.
        """
        found, placeholders = self._detect([text for group in groups for text in group], tiers)
        starts = list(accumulate(map(len, groups), initial=0))
        end = 0
        for place in sorted(found.keys() | placeholders):
            if place < end:
                continue
            number = bisect_right(starts, place) - 1
            start, end = starts[number], starts[number + 1]
            marked = [place - start for place in range(start, end) if place in placeholders]
            yield number, [found.get(each, _NONE) for each in range(start, end)], marked

    def _counts(self, text: str, finding: Finding) -> bool:
        if self._options.action(finding.type) == "leave":
            return False
        value = text[finding.start : finding.end]
        if self._options.surrogates and is_surrogate(finding.type, value):
            return False
        return value.casefold() not in self._allowed

    def _mask(
        self, draft: _Draft, found: list[list[Finding]], *, placeholders: Container[int]
    ) -> bool:
        """Mask what was found; tell whether that may have uncovered something.

        ``placeholders`` are the numbers of the texts in which those of the source are to be marked.
        """
        complete = self._complete(draft.texts, found)
        numbers = self._numbers or draft.numbers
        numbers.link(_names(draft.texts, complete))
        uncovers = self.is_thorough
        for number, findings in enumerate(complete):
            escape = number in placeholders
            if not findings and not escape:
                continue
            text = draft.texts[number]
            if findings:
                draft.found[number] = draft.found.get(number, []) + findings
                uncovers = uncovers or touches_words(text, findings)
            draft.texts[number] = self._masked(text, findings, numbers, escape=escape)
        return uncovers

    def _result(self, draft: _Draft) -> SanitizedGroup:
        dropped: frozenset[FindingType] = frozenset()
        if self._to_drop:
            found = draft.found.values()
            dropped = self._to_drop & {finding.type for each in found for finding in each}
        return SanitizedGroup(draft.texts, draft.found, dropped)

    def _complete(self, group: Sequence[str], found: list[list[Finding]]) -> list[list[Finding]]:
        """Return all findings of a group, with those carried from one place to another."""
        carried = Carried(group, found)
        if self._allowed:
            carried.forget(self._allowed)
        if not carried:
            return list(map(merged, found))
        return [
            merged(findings + carried.further(text, findings))
            for text, findings in zip(group, found, strict=True)
        ]

    def _masked(self, text: str, findings: list[Finding], numbers: Numbers, *, escape: bool) -> str:
        pieces: list[str] = []
        position = 0
        for kind, _, start, end in findings:
            number = numbers.number(kind, text[start:end])
            pieces += text[position:start], self._write(kind, number)
            position = end
        pieces.append(text[position:])
        if escape:
            pieces[::2] = map(escaped, pieces[::2])
        return "".join(pieces)


def _names(texts: Sequence[str], found: Iterable[Iterable[Finding]]) -> list[str]:
    """Return the names of people among the findings of the texts."""
    return [
        text[start:end]
        for text, findings in zip(texts, found, strict=True)
        for kind, _, start, end in findings
        if kind is _PERSON
    ]


def untouched(group: Sequence[str]) -> SanitizedGroup:
    """Return the result for a group in which there is nothing to mask."""
    return SanitizedGroup(list(group), {}, frozenset())
