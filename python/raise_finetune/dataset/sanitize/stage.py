"""The stage that masks: examples in, examples without sensitive data out."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.records import Example, Masked, Message
from raise_finetune.dataset.sanitize.findings import Finding
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.own_list import values_to_mask
from raise_finetune.dataset.second_core import SecondCore
from raise_finetune.paths import expand_home

if TYPE_CHECKING:  # the rules take a while to load, and an export without masking needs none
    from raise_finetune.dataset.sanitize.sanitizer import SanitizedGroup, Sanitizer

# A scan has a fixed price, which so much text makes small; more would only keep others waiting.
_CHARACTERS_AT_ONCE = 1 << 18
# A model takes seconds for this much, and progress stands still meanwhile.
_CHARACTERS_FOR_MODEL = 1 << 15


def make_sanitizer(
    options: SanitizeOptions, known: KnownValues | None = None, core: SecondCore | None = None
) -> "Sanitizer | None":
    """Return what masks by these options, but for their model; None where it is turned off.

    ``known`` are values to mask besides what the rules find: see ``values_to_mask``.
    """
    return _make_rules(options, known, core) if options.enabled else None


@contextmanager
def open_sanitizer(
    options: SanitizeOptions, known: KnownValues | None, core: SecondCore, pulse: Pulse
) -> "Generator[Sanitizer]":
    """Yield what masks by these options, turned off or not, with the model if they name one.

    The model runs as long as this is open. Raises ``BadInputError`` when it is no usable one.
    """
    if not options.ner_model:
        yield _make_rules(options, known, core)
        return
    from raise_finetune.dataset.sanitize.ner.tier import NerTier
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

    folder = expand_home(options.ner_model)
    with NerTier(folder, options.ner_kinds, pulse.beat_again) as tier:
        yield Sanitizer(options, values_to_mask(known), tiers=[tier])


def _make_rules(
    options: SanitizeOptions, known: KnownValues | None, core: SecondCore | None
) -> "Sanitizer":
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer
    from raise_finetune.dataset.sanitize.two_cores import TwoCoreSanitizer

    known = values_to_mask(known)
    # Numbers that run through the whole dataset are handed out in one place.
    if core is None or options.numbering == "dataset":
        return Sanitizer(options, known)
    return TwoCoreSanitizer(options, known, core)


def sanitize(
    batches: Iterable[list[Example]],
    sanitizer: "Sanitizer | None",
    options: SanitizeOptions,
    ledger: Ledger,
    pulse: Pulse,
) -> Iterator[list[Example]]:
    """Yield the examples masked; those that hold a type to drop get the fate *sensitive_data*."""
    if sanitizer is None:
        yield from batches
        return
    for conversations in gathered(batches, options):
        groups = [_Group(examples) for examples in conversations]
        pulse.breathe()
        results = sanitizer.sanitize([group.texts for group in groups])
        pulse.breathe()
        yield [
            example
            for group, result in zip(groups, results, strict=True)
            for example in group.masked(result, options, ledger)
        ]


def gathered(
    batches: Iterable[list[Example]], options: SanitizeOptions
) -> Iterator[list[list[Example]]]:
    """Join batches until they hold enough text; yield the examples of each conversation apart.

    Each conversation stands whole in one batch, so it is never divided.
    """
    enough = _CHARACTERS_FOR_MODEL if options.ner_model else _CHARACTERS_AT_ONCE
    together: list[Example] = []
    characters = 0
    for batch in batches:
        together += batch
        characters += sum(len(text) for example in batch for _, text in example.messages)
        if characters >= enough:
            yield _conversations(together)
            together, characters = [], 0
    if together:
        yield _conversations(together)


def _conversations(examples: Iterable[Example]) -> list[list[Example]]:
    return [list(group) for _, group in groupby(examples, attrgetter("group"))]


def texts_of(examples: Iterable[Example]) -> list[str]:
    """Return the texts of the examples of one conversation or document, each once."""
    return list(dict.fromkeys(text for example in examples for _, text in example.messages))


class _Group:
    """The examples of one conversation or document: their texts, each once."""

    def __init__(self, examples: list[Example]) -> None:
        self.texts = texts_of(examples)
        self._examples = examples

    def masked(
        self, result: "SanitizedGroup", options: SanitizeOptions, ledger: Ledger
    ) -> Iterator[Example]:
        # A placeholder in the source was escaped also where nothing was found.
        if not result.found and result.texts == self.texts:
            yield from self._examples
            return
        number_of = {text: number for number, text in enumerate(self.texts)}
        for example in self._examples:
            numbers = [number_of[text] for _, text in example.messages]
            found = [result.found[number] for number in numbers if number in result.found]
            dropped = _types_to_drop(found, options) if result.dropped else ""
            if dropped:
                ledger.mark(example.record, "sensitive_data", dropped)
                continue
            if found:
                example.masked = _summary(found)
            example.messages = [
                Message(role, result.texts[number])
                for (role, _), number in zip(example.messages, numbers, strict=True)
            ]
            yield example


def _types_to_drop(found: Iterable[list[Finding]], options: SanitizeOptions) -> str:
    kinds = {finding.type for each in found for finding in each}
    return ", ".join(sorted(kind for kind in kinds if options.action(kind) == "drop"))


def _summary(found: Iterable[list[Finding]]) -> Masked:
    counts = Counter(finding.type.value for each in found for finding in each)
    rules = {finding.rule for each in found for finding in each}
    return Masked(dict(sorted(counts.items())), sorted(rules))
