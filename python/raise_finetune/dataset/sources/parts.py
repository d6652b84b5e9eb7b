"""Documents in parts, so that another process can read some of them."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from raise_finetune.dataset.recipe import SourceSection
from raise_finetune.dataset.sources.interpret import SourceBatch
from raise_finetune.dataset.sources.reading import wanted_collections
from raise_finetune.storage.engine import ListedFolder, StorageEngine
from raise_finetune.storage.reader import WINDOW, problem_of, shown_name

# With fewer a call of another process, and a scan for sensitive data, would cost too much each.
DOCUMENTS = 8 * WINDOW


class Part(NamedTuple):
    """Some documents of a folder, which lies ``below`` the root; see ``SourceBatch``."""

    prefix: str
    database: str
    below: tuple[str, ...]
    names: tuple[bytes, ...]

    def records(self) -> Iterator[str]:
        """Yield the names of their records."""
        for name in self.names:
            yield self.prefix + shown_name(name)[:-5]  # ".json"

    def after(self, done: int) -> "Part":
        """Return what is left after so many documents."""
        return self._replace(names=self.names[done:])


class Parts:
    """All documents that a recipe reads, in parts; see ``read_sources``.

    ``size`` is how many documents the next part has. A folder that cannot be listed gives a batch
    that says so.
    """

    def __init__(self, engine: StorageEngine, source: SourceSection) -> None:
        self.size = DOCUMENTS
        self._engine = engine
        self._source = source

    def __iter__(self) -> Iterator[Part | SourceBatch]:
        collections = wanted_collections(self._engine, self._source)
        if self._source.chats:
            yield from self._divided("chats/", "", self._engine.listed_chats())
        for ref in collections:
            yield from self._divided(f"{ref}/", ref.database, self._engine.listed(ref))

    def _divided(
        self, prefix: str, database: str, folders: Iterator[ListedFolder]
    ) -> Iterator[Part | SourceBatch]:
        try:
            for folder in folders:
                while names := tuple(islice(folder.names, self.size)):
                    yield Part(prefix, database, folder.below, names)
        except OSError as error:
            yield SourceBatch(prefix, database, [problem_of("", error)])


def read_part(engine: StorageEngine, part: Part) -> Iterator[SourceBatch]:
    """Yield the documents of a part, as far as memory allows: where they are long, not all."""
    for documents in engine.read_listed(part.below, part.names):
        yield SourceBatch(part.prefix, part.database, documents)
        if len(documents) < WINDOW:
            return
