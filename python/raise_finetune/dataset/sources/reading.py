"""Which folders of the domain an export reads, and in which order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import SourceSection
from raise_finetune.dataset.sources.feedback import FEEDBACK
from raise_finetune.dataset.sources.forgotten import FORGOTTEN
from raise_finetune.dataset.sources.interpret import SourceBatch
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CHATS, CollectionRef

if TYPE_CHECKING:
    from raise_finetune.dataset.sources.sample import Sample


def wanted_collections(engine: StorageEngine, source: SourceSection) -> list[CollectionRef]:
    """Return the collections that a recipe names, sorted, without this application's own.

    Raises ``BadInputError`` for a space or a database that is not there.
    """
    spaces = engine.spaces()
    _check_known("space_unknown", source.spaces, spaces)
    wanted_spaces = source.spaces or spaces
    databases = {space: engine.databases(space) for space in wanted_spaces}
    _check_known("database_unknown", source.databases, [d for ds in databases.values() for d in ds])
    return sorted(
        ref
        for space, names in databases.items()
        for database in names
        if not source.databases or database in source.databases
        for ref in engine.collections(space, database)
        if (not source.collections or ref.name in source.collections)
        and ref not in (FEEDBACK, FORGOTTEN)
    )


def read_sources(
    engine: StorageEngine, source: SourceSection, pulse: Pulse, sample: "Sample | None" = None
) -> Iterator[SourceBatch]:
    """Yield the documents of all wanted folders, the chats first, each in the order of names.

    Given a ``sample``, only the documents that it names.
    """
    collections = wanted_collections(engine, source)
    total = None
    if sample is not None:
        total = sample.size
    elif pulse.is_watched:
        total = _count(engine, collections, source, pulse)
    done = 0
    if source.chats:
        for documents in engine.scan_chats(sample and sample.names(CHATS)):
            done += len(documents)
            pulse.beat("reading", done, total)
            yield SourceBatch("chats/", "", documents)
    for ref in collections:
        for documents in engine.scan(ref, sample and sample.names(str(ref))):
            done += len(documents)
            pulse.beat("reading", done, total)
            yield SourceBatch(f"{ref}/", ref.database, documents)


def _count(
    engine: StorageEngine, collections: list[CollectionRef], source: SourceSection, pulse: Pulse
) -> int:
    total = len(engine.chat_files()) if source.chats else 0
    for ref in collections:
        total += engine.count(ref)
        pulse.beat("counting", total)
    return total


def _check_known(code: str, wanted: tuple[str, ...], known: list[str]) -> None:
    for name in wanted:
        if name not in known:
            raise BadInputError(code, name=name, known=", ".join(sorted(set(known))) or "—")
