"""A data folder and the list of what is in it."""

from collections import Counter
from dataclasses import dataclass, field, replace

from raise_finetune.commands.listings import Listings
from raise_finetune.dataset.browsing.entries import (
    Entry,
    EntryFilter,
    Sort,
    arrange,
    entry_of_conversation,
    find,
    list_batch,
)
from raise_finetune.dataset.browsing.text_search import find_in_texts
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.record_names import folder_of
from raise_finetune.dataset.sources.feedback import AnswerRating, ratings_on
from raise_finetune.dataset.sources.interpret import read_conversation
from raise_finetune.dataset.sources.overlay import RatingsByTarget, load_ratings
from raise_finetune.dataset.sources.ratings import RatingReader
from raise_finetune.dataset.sources.reading import read_sources
from raise_finetune.dataset.sources.targets import read_target
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.reader import Problem

UNUSABLE_NAMED = 1000


@dataclass(frozen=True, slots=True)
class UnusableDocument:
    """A file (or folder) that could not be read, by its path in the data folder."""

    path: str
    problem: Problem
    detail: str


@dataclass(slots=True)
class Domain:
    """A data folder and the list of what is in it, by record."""

    engine: StorageEngine
    read_rating: RatingReader
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    unusable: int = 0
    named_unusable: list[UnusableDocument] = field(default_factory=list[UnusableDocument])
    ratings: RatingsByTarget = field(default_factory=dict[str, dict[str, AnswerRating]])
    listings: Listings = field(default_factory=Listings)
    _sorted: dict[Sort, list[str]] = field(default_factory=dict[Sort, list[str]])

    def load(self, pulse: Pulse) -> None:
        """Read the whole folder; the first ``UNUSABLE_NAMED`` unusable documents are named."""
        self.ratings = load_ratings(self.engine)
        for batch in read_sources(self.engine, ExportRecipe().source, pulse):
            for document in batch.documents:
                if document.problem is not None:
                    self.unusable += 1
                    if len(self.named_unusable) < UNUSABLE_NAMED:
                        path = batch.prefix + document.file
                        self.named_unusable.append(
                            UnusableDocument(path, document.problem, document.detail)
                        )
            for entry in list_batch(batch, self.read_rating, self.ratings):
                self.entries[entry.record] = entry

    def refresh(self, record: str) -> None:
        """Take in what was just said about one conversation."""
        document = read_target(self.engine, record)
        conversation = read_conversation(record, document, self.read_rating)
        if conversation is None:
            return
        self.ratings[record] = ratings_on(self.engine, record, conversation.messages)
        self.entries[record] = entry_of_conversation(conversation, self.read_rating, self.ratings)
        self._sorted = {}

    def find(self, wanted: EntryFilter, sort: Sort) -> list[str]:
        """Return the records of the entries that a user asks for, sorted."""
        known = self._sorted  # ``refresh`` puts another in its place, also while this one sorts
        order = known.get(sort)
        if order is None:
            order = [entry.record for entry in arrange(list(self.entries.values()), sort)]
            known[sort] = order
        return [entry.record for entry in find(map(self.entries.__getitem__, order), wanted)]

    def search(self, wanted: EntryFilter, sort: Sort, pulse: Pulse) -> list[str]:
        """Return what ``find`` does, and what has the words in its texts: these are read."""
        candidates = self.find(replace(wanted, text=""), sort)
        entries = [self.entries[record] for record in candidates]
        found = find_in_texts(
            self.engine, entries, wanted.text, self.read_rating, self.ratings, pulse
        )
        return [record for record in candidates if record in found]

    def folders(self) -> dict[str, int]:
        """Return how many entries each collection holds, by name; the chats are ``chats``."""
        counts = Counter(map(folder_of, list(self.entries)))
        return dict(sorted(counts.items()))
