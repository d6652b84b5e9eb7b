"""Documents in parts, so that another process can read some of them."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from raise_finetune.dataset.sources.interpret import SourceBatch
from raise_finetune.storage.engine import ListedFolder, StorageEngine
from raise_finetune.storage.folder import Folder, Identity, identity_of
from raise_finetune.storage.layout import CHATS, CollectionRef
from raise_finetune.storage.reader import WINDOW, problem_of, read_documents, shown_name

# With fewer a call of another process, and a scan for sensitive data, would cost too much each.
DOCUMENTS_PER_PART = 8 * WINDOW


class Part(NamedTuple):
    """Some documents of a folder, which lies ``below`` the root; see ``SourceBatch``."""

    prefix: str
    database: str
    below: tuple[str, ...]
    identity: Identity
    names: tuple[bytes, ...]

    def records(self) -> Iterator[str]:
        """Yield the names of their records."""
        for name in self.names:
            yield self.prefix + shown_name(name)[:-5]  # ".json"

    def after(self, done: int) -> "Part":
        """Return what is left after so many documents."""
        return self._replace(names=self.names[done:])

    def read(self, folder: Folder) -> Iterator[SourceBatch]:
        """Yield the documents, as far as memory allows: where they are long, not all."""
        for documents in read_documents(folder, iter(self.names)):
            yield SourceBatch(self.prefix, self.database, documents)
            if len(documents) < WINDOW:
                return


class PartFolder(NamedTuple):
    """A folder of documents that is open; ``prefix`` and ``database`` as for ``SourceBatch``."""

    prefix: str
    database: str
    listed: ListedFolder

    def part(self, size: int) -> Part | SourceBatch | None:
        """Return the next documents, at most so many; None after the last.

        Where the listing fails, a batch that says so.
        """
        try:
            names = tuple(islice(self.listed.names, size))
        except OSError as error:
            return _unlisted(self.prefix, self.database, error)
        if not names:
            return None
        identity = identity_of(self.listed.folder)
        return Part(self.prefix, self.database, self.listed.below, identity, names)


def part_folders(
    engine: StorageEngine, collections: list[CollectionRef], *, chats: bool
) -> Iterator[PartFolder | SourceBatch]:
    """Yield the chats' folder if it is wanted, then those of the collections.

    Each is open until the next one is asked for. What cannot be opened gives a batch that says so.
    """
    if chats:
        yield from _folders(f"{CHATS}/", "", engine.listed_chats())
    for ref in collections:
        yield from _folders(f"{ref}/", ref.database, engine.listed(ref))


def _folders(
    prefix: str, database: str, listed: Iterator[ListedFolder]
) -> Iterator[PartFolder | SourceBatch]:
    try:
        for folder in listed:
            yield PartFolder(prefix, database, folder)
    except OSError as error:
        yield _unlisted(prefix, database, error)


def _unlisted(prefix: str, database: str, error: OSError) -> SourceBatch:
    """Return what says that a folder could not be listed."""
    return SourceBatch(prefix, database, [problem_of("", error)])
