"""A sample of a domain's documents: which are read, and for how many each of them stands."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import SourceSection
from raise_finetune.dataset.record_names import answer_of, folder_of, stem_of
from raise_finetune.dataset.sources.feedback import rated_targets
from raise_finetune.dataset.sources.wanted import wanted_collections
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CHATS, VALID_ID
from raise_finetune.storage.sampling import NameSample

SAMPLE_SIZE = 1_000
# A smaller share would not do for a collection of few documents.
_LEAST = 10


class FolderSample(NamedTuple):
    """The documents to read in one folder, and for how many each of them stands."""

    names: frozenset[bytes]
    weight: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Some documents of each folder, chosen by chance and always the same.

    Besides these, each conversation is read that was rated here: there are few, and they are what
    the rows come from. They stand for themselves alone.
    """

    documents: int
    folders: Mapping[str, FolderSample]
    rated: frozenset[str]

    @property
    def size(self) -> int:
        """How many documents are read."""
        return sum(len(sample.names) for sample in self.folders.values())

    def names(self, folder: str) -> Collection[bytes]:
        """Return the names of the documents to read in a folder (``space/database/collection``)."""
        sample = self.folders.get(folder)
        return () if sample is None else sample.names

    def weight(self, record: str) -> float:
        """Return for how many records of the domain this one stands."""
        sample = self.folders.get(folder_of(record))
        if sample is None or answer_of(record)[0] in self.rated:
            return 1.0
        return sample.weight


def draw_sample(
    engine: StorageEngine, source: SourceSection, pulse: Pulse, size: int = SAMPLE_SIZE
) -> Sample | None:
    """Draw at most so many documents of a domain; None where it has not even twice as many.

    Each collection gives its share of them, a small one rather more.
    """
    drawn = _draw(engine, source, pulse, size)
    total = sum(each.total for each in drawn.values())
    if total <= 2 * size:
        return None
    least = max(1, min(_LEAST, size // len(drawn)))
    rest = max(0, size - least * len(drawn))
    # What can be no document's id, whoever wrote it, is not looked for in a folder.
    rated = frozenset(t for t in rated_targets(engine) if VALID_ID.fullmatch(stem_of(t)))
    return Sample(
        documents=total,
        folders={
            folder: _sample_of(
                each, max(least, rest * each.total // total), _names_in(folder, rated)
            )
            for folder, each in drawn.items()
        },
        rated=rated,
    )


def _draw(
    engine: StorageEngine, source: SourceSection, pulse: Pulse, size: int
) -> dict[str, NameSample]:
    drawn: dict[str, NameSample] = {}

    def counted(documents: int) -> None:
        pulse.beat("counting", documents + sum(each.total for each in drawn.values()))

    if source.chats:
        drawn[CHATS] = _none_if_unreadable(partial(engine.sample_chats, size, counted))
    for ref in wanted_collections(engine, source):
        drawn[str(ref)] = _none_if_unreadable(partial(engine.sample, ref, size, counted))
    return drawn


def _none_if_unreadable(draw: Callable[[], NameSample]) -> NameSample:
    """Draw from a folder; of one that cannot be read, reading it says why."""
    try:
        return draw()
    except BadInputError:
        return NameSample(0, ())


def _names_in(folder: str, records: Iterable[str]) -> frozenset[bytes]:
    here = (record for record in records if folder_of(record) == folder)
    return frozenset(f"{stem_of(record)}.json".encode() for record in here)


def _sample_of(drawn: NameSample, share: int, rated: frozenset[bytes]) -> FolderSample:
    by_chance = frozenset(drawn.names[:share]) - rated
    others = max(drawn.total - len(rated), len(by_chance))
    return FolderSample(by_chance | rated, others / len(by_chance) if by_chance else 1.0)
