"""The open data folder: one at a time, read once, kept until the user asks to read it again."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from raise_finetune.commands.settings import data_folder, read_settings
from raise_finetune.dataset.catalogue import Entry, entry_of_conversation, list_batch
from raise_finetune.dataset.feedback import RatingOf, read_target
from raise_finetune.dataset.overlay import RatingsByTarget, load_ratings
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.ratings import RatingReader, rating_reader
from raise_finetune.dataset.reading import read_sources
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources import read_conversation
from raise_finetune.storage.engine import StorageEngine


@dataclass(slots=True)
class Domain:
    """A data folder and the list of what is in it, by record."""

    engine: StorageEngine
    read_rating: RatingReader
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    unusable: int = 0
    ratings: RatingsByTarget = field(default_factory=dict[str, dict[str, RatingOf]])

    def load(self, pulse: Pulse) -> None:
        """Read the whole folder anew."""
        self.ratings = load_ratings(self.engine)
        entries: dict[str, Entry] = {}
        unusable = 0
        for batch in read_sources(self.engine, ExportRecipe().source, pulse):
            unusable += sum(document.value is None for document in batch.documents)
            for entry in list_batch(batch, self.read_rating, self.ratings):
                entries[entry.record] = entry
        self.entries, self.unusable = entries, unusable

    def refresh(self, record: str) -> None:
        """Take in what was just said about one conversation."""
        self.ratings = load_ratings(self.engine)
        document = read_target(self.engine, record)
        conversation = read_conversation(record, document, self.read_rating)
        if conversation is not None:
            self.entries[record] = entry_of_conversation(
                conversation, self.read_rating, self.ratings
            )

    def folders(self) -> dict[str, int]:
        """Return how many entries each collection holds, by name; the chats are ``chats``."""
        counts = Counter(record.rpartition("/")[0] for record in self.entries)
        return dict(sorted(counts.items()))


_lock = Lock()
_open: dict[Path, Domain] = {}


def open_domain(pulse: Pulse | None = None, *, refresh: bool = False) -> Domain:
    """Return the user's data folder, read if it was not yet, or again where asked.

    Raises ``BadInputError`` where there is no such folder. Two requests at once read it once.
    """
    root = Path(data_folder(read_settings()).path)
    with _lock:
        if refresh or root not in _open:
            default = ExportRecipe().rating
            domain = Domain(StorageEngine(root), rating_reader(default.paths, default.thumbs_paths))
            domain.load(pulse or Pulse())
            _open.clear()
            _open[root] = domain
        return _open[root]
