"""Sensitive data to look at before an export: each value once, in its context, before and after.

Unlike everything that is written, this holds the values themselves: it is for the eyes of the
user whose data it is, and is never stored.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.sanitizer import Replacement, Sanitizer
from raise_finetune.dataset.sanitize.stage import gathered, texts_of

_CONTEXT = 60  # characters on each side
_KEPT = 2_000  # distinct values of each type


class SensitiveValue(ReportModel):
    """One value: how often it stands in the examples, and its first place there.

    ``before`` and ``after`` are that place with its surroundings; ``before`` has the value between
    ``start`` and ``end``.
    """

    type: FindingType
    value: str
    count: int
    record: str
    rule: str
    before: str
    start: int
    end: int
    after: str


class SensitiveType(ReportModel):
    """How much of one type there is; ``values`` counts the different ones that were kept.

    ``unlisted`` of the ``count`` places hold others, which came when as many were kept as may be.
    """

    type: FindingType
    count: int
    values: int
    unlisted: int
    rules: dict[str, int]


class Review:
    """What the examples hold, gathered example by example; bounded however much that is."""

    def __init__(self) -> None:
        self.examples = self.texts = 0
        self._counts: Counter[FindingType] = Counter()
        self._unlisted: Counter[FindingType] = Counter()
        self._rules: dict[FindingType, Counter[str]] = {}
        self._values: dict[FindingType, dict[str, SensitiveValue]] = {}

    def types(self) -> list[SensitiveType]:
        """Return the types that were found, the commonest first."""
        return [
            SensitiveType(
                type=kind,
                count=count,
                values=len(self._values[kind]),
                unlisted=self._unlisted[kind],
                rules=dict(self._rules[kind].most_common()),
            )
            for kind, count in sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        ]

    def values(self, kind: FindingType) -> list[SensitiveValue]:
        """Return the values of one type, the commonest first."""
        values = self._values.get(kind, {}).values()
        return sorted(values, key=lambda value: (-value.count, value.value))

    def add(self, record: str, text: str, replacements: Sequence[Replacement]) -> None:
        """Take what was found in one text of a record."""
        for replacement in replacements:
            kind, rule, start, end = replacement.finding
            self._counts[kind] += 1
            self._rules.setdefault(kind, Counter())[rule] += 1
            values = self._values.setdefault(kind, {})
            value = text[start:end]
            known = values.get(value)
            if known is not None:
                values[value] = known.model_copy(update={"count": known.count + 1})
            elif len(values) < _KEPT:
                values[value] = _in_context(record, text, replacement, replacements)
            else:
                self._unlisted[kind] += 1


def review(
    batches: Iterable[list[Example]], sanitizer: Sanitizer, options: SanitizeOptions, pulse: Pulse
) -> Review:
    """Return what masking would find in the examples, each text of a conversation once."""
    found = Review()
    for groups in gathered(batches, options):
        texts = [texts_of(group) for group in groups]
        pulse.breathe()
        # Most conversations hold nothing: only where the fast pass finds something, look closely.
        for group, contents, masked in zip(groups, texts, sanitizer.sanitize(texts), strict=True):
            found.examples += len(group)
            found.texts += len(contents)
            if not masked.found:
                continue
            for text, replacements in zip(contents, sanitizer.review(contents), strict=True):
                found.add(_record_with(text, group), text, replacements)
    return found


def _record_with(text: str, group: Sequence[Example]) -> str:
    """Return the record of the first example that holds the text."""
    return next(
        example.record
        for example in group
        if any(content == text for _, content in example.messages)
    )


def _in_context(
    record: str, text: str, replacement: Replacement, others: Sequence[Replacement]
) -> SensitiveValue:
    kind, rule, start, end = replacement.finding
    first, last = _surroundings(text, start, end, others)
    pieces: list[str] = []
    position = first
    for (_, _, other_start, other_end), placeholder in others:
        if other_end <= first or other_start >= last:
            continue
        pieces += (text[position : max(position, other_start)], placeholder)
        position = other_end
    pieces.append(text[position:last])
    return SensitiveValue(
        type=kind,
        value=text[start:end],
        count=1,
        record=record,
        rule=rule,
        before=text[first:last],
        start=start - first,
        end=end - first,
        after="".join(pieces),
    )


def _surroundings(
    text: str, start: int, end: int, others: Sequence[Replacement]
) -> tuple[int, int]:
    """Return from where to where a value's context goes: whole words, and whole other values."""
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    for (_, _, other_start, other_end), _ in others:
        if other_start < first < other_end <= start:
            first = other_end
        if end <= other_start < last < other_end:
            last = other_start
    # A word without an end in sight, such as a token of a thousand characters, is cut all the same.
    if first > 0 and not text[first - 1].isspace():
        first = next((place for place in range(first, start) if text[place].isspace()), first)
    if last < len(text) and not text[last].isspace():
        last = next((place for place in range(last, end, -1) if text[place - 1].isspace()), last)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
