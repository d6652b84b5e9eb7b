"""Runs the rules over many texts at once, in joined blocks of about two megabytes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from raise_finetune.dataset.sanitize.anchors import Anchor
from raise_finetune.dataset.sanitize.engine import Engine, best_engine
from raise_finetune.dataset.sanitize.findings import Finding, FindingType, finding
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.placeholders import (
    PLACEHOLDER_ANCHOR,
    in_placeholder,
    only_placeholders,
)
from raise_finetune.dataset.sanitize.places import JOINT, Place, places
from raise_finetune.dataset.sanitize.rules import (
    accounts,
    address_blocks,
    addresses,
    addresses_abroad,
    arguments,
    bank_accounts,
    birth,
    codes,
    columns,
    command_lines,
    configured,
    contact,
    identifiers,
    logins,
    machines,
    network,
    papers,
    passwords,
    people_around,
    people_at_work,
    people_by_cue,
    people_by_list,
    people_in_chats,
    people_titled,
    profiles,
    public_keys,
    records,
    retold,
    secrets,
    tables,
    user_names,
)
from raise_finetune.dataset.sanitize.rules.rule import Check, Column, Rule
from raise_finetune.dataset.sanitize.unicode import TRAP_ANCHORS, plain

BLOCK_SIZE = 1 << 21

# Where two find the same, the first one is named. Other orders may cost a fifth of a scan, since
# Hyperscan divides the anchors between its engines by it: see docs/privacy.md.
RULES: tuple[Rule, ...] = (
    *secrets.RULES,
    *codes.RULES,
    *network.RULES,
    *passwords.RULES,
    *configured.RULES,
    *arguments.RULES,
    *retold.RULES,
    *logins.RULES,
    *user_names.RULES,
    *command_lines.RULES,
    *contact.RULES,
    *identifiers.RULES,
    *bank_accounts.RULES,
    *papers.RULES,
    *addresses.RULES,
    *address_blocks.RULES,
    *addresses_abroad.RULES,
    *birth.RULES,
    *columns.RULES,
    *tables.RULES,
    *machines.RULES,
    *accounts.RULES,
    *records.RULES,
    *profiles.RULES,
    *public_keys.RULES,
    *people_around.RULES,
    *people_at_work.RULES,
    *people_by_cue.RULES,
    *people_in_chats.RULES,
    *people_titled.RULES,
    *people_by_list.RULES,
)
_TRAP = len(RULES)


class EngineMaker(Protocol):
    """Makes an engine for anchors; ``cache`` is a folder for what it compiles, or ``None``."""

    def __call__(self, anchors: Sequence[Anchor], cache: Path | None) -> Engine:
        """Return an engine that knows the anchors by their place in the sequence."""
        ...


class Detected(NamedTuple):
    """What texts hold, by their number: most hold nothing.

    ``findings`` of a text may overlap; ``placeholders`` tells which texts look as if they held one.
    """

    findings: dict[int, list[Finding]]
    placeholders: set[int]


class _Layer(NamedTuple):
    engine: Engine
    rules: Sequence[Rule]


# By the number of the text; those of one text in the order of the rules.
_Findings = defaultdict[int, list[Finding]]


class _Seen(NamedTuple):
    """What the anchors showed in a block, by the number of the text."""

    findings: _Findings
    trapped: set[int]
    placeholders: set[int]


class Detector:
    """The rules and the known values, ready to run. Not for two threads at once.

    ``checked`` counts the candidates that were looked at so far.
    """

    def __init__(
        self, known: KnownValues, cache: Path | None, make_engine: EngineMaker = best_engine
    ) -> None:
        self.checked = 0
        marks = [
            Anchor(TRAP_ANCHORS, caseless=False),
            Anchor((PLACEHOLDER_ANCHOR,), caseless=False),
        ]
        self._layers = [_Layer(make_engine(_anchors(RULES) + marks, cache), RULES)]
        own = known.rules()
        if own:
            # Never cached on disk: these anchors are the user's own values.
            self._layers.append(_Layer(make_engine(_anchors(own), None), own))

    def detect(self, texts: Sequence[str]) -> Detected:
        """Return what the texts hold."""
        detected = Detected({}, set())
        first = 0
        for block in _blocks(texts):
            seen = self._scan(block)
            if seen.trapped:
                self._scan_plain(block, seen)
            for number, findings in seen.findings.items():
                detected.findings[first + number] = findings
            detected.placeholders.update(first + number for number in seen.placeholders)
            first += len(block)
        return detected

    def _scan_plain(self, block: Sequence[str], seen: _Seen) -> None:
        """Add what the texts with traps hold once these are undone."""
        numbers = sorted(seen.trapped)
        undone = [plain(block[number]) for number in numbers]
        again = self._scan([text for text, _ in undone])
        for place, findings in again.findings.items():
            _, origin = undone[place]
            seen.findings[numbers[place]].extend(
                finding._replace(start=origin[finding.start], end=origin[finding.end])
                for finding in findings
            )

    def _scan(self, texts: Sequence[str]) -> _Seen:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        block = JOINT.join(encoded)
        seen = _Seen(defaultdict(list), set(), set())
        for layer in self._layers:
            candidates = layer.engine.scan(block)
            self.checked += sum(map(len, candidates.values()))
            if candidates:
                _check(layer.rules, texts, places(candidates, encoded), seen)
        return seen


def _check(
    rules: Sequence[Rule],
    texts: Sequence[str],
    candidates: Iterable[tuple[int, list[Place]]],
    seen: _Seen,
) -> None:
    """Let the rules decide on their candidates, and note what they find.

    One rule after the other: its code and patterns stay in the processor's cache.
    """
    for anchor, places_of_anchor in candidates:
        if anchor >= len(rules):
            marked = seen.trapped if anchor == _TRAP else seen.placeholders
            marked.update(number for number, _ in places_of_anchor)
        elif isinstance(rules[anchor].check, Column):
            _note_cells(rules[anchor], texts, places_of_anchor, seen.findings)
        else:
            _note_values(rules[anchor], texts, places_of_anchor, seen.findings)


def _note_values(
    rule: Rule, texts: Sequence[str], candidates: Iterable[Place], findings: _Findings
) -> None:
    """Note what one rule finds; a candidate inside of what it has just found is left out."""
    check, kind, name = cast("Check", rule.check), rule.type, rule.name
    is_number = kind in _NUMBERS
    own_placeholder = f"<{kind.name}_"
    last, covered = -1, 0
    for number, start in candidates:
        if number != last:
            last, covered = number, 0
        elif start < covered:
            continue
        text = texts[number]
        span = check(text, start)
        if span is None:
            continue
        begin, end = span
        if is_number and _in_uuid(text, begin, end):
            continue
        if text.find(own_placeholder, start, begin) >= 0:
            continue  # what was announced is masked already
        # Most values have no "<" in or before them: it is not worth a call to know that.
        if start and text[start - 1] == "<" and in_placeholder(text, start):
            continue
        if "<" in (value := text[begin:end]) and only_placeholders(value):
            continue
        covered = end
        findings[number].append(finding((kind, name, begin, end)))


def _note_cells(
    rule: Rule, texts: Sequence[str], candidates: Iterable[Place], findings: _Findings
) -> None:
    """Note what one rule finds below the names of columns."""
    for number, start in candidates:
        text = texts[number]
        for begin, end in cast("Column", rule.check).cells(text, start):
            if "<" not in text[begin:end] or not only_placeholders(text[begin:end]):
                findings[number].append(Finding(rule.type, rule.name, begin, end))


# Types that a hexadecimal number can have the shape and, one time in a hundred, the key of.
_NUMBERS = frozenset(
    {
        FindingType.IBAN,
        FindingType.CARD,
        FindingType.NIR,
        FindingType.SIRET,
        FindingType.SIREN,
        FindingType.PHONE,
    }
)
_UUID = re.compile(
    "(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])"
)
_UUID_LENGTH = 36
_UUID_GROUP = 12


def _in_uuid(text: str, begin: int, end: int) -> bool:
    # No place in a UUID is farther from a hyphen than its longest group.
    if text.find("-", max(0, begin - _UUID_GROUP), end + _UUID_GROUP) < 0:
        return False
    first = max(0, begin - _UUID_LENGTH)
    for uuid in _UUID.finditer(text, first, end + _UUID_LENGTH):
        if uuid.start() <= begin and end <= uuid.end():
            return True
    return False


def _anchors(rules: Sequence[Rule]) -> list[Anchor]:
    return [Anchor(rule.anchors, rule.caseless) for rule in rules]


def _blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield runs of texts of about ``BLOCK_SIZE`` characters; a longer text is a run of its own."""
    first, size = 0, 0
    for number, text in enumerate(texts):
        if size and size + len(text) > BLOCK_SIZE:
            yield texts[first:number]
            first, size = number, 0
        size += len(text) + 1
    if first < len(texts):
        yield texts[first:]
