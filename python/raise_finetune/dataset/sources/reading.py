"""The documents that an export reads, folder by folder, in their order."""

from collections.abc import Iterator
from contextlib import suppress

from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import SourceSection
from raise_finetune.dataset.sources.interpret import SourceBatch
from raise_finetune.dataset.sources.sample import Sample
from raise_finetune.dataset.sources.wanted import wanted_collections
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CHATS, CollectionRef


def read_sources(
    engine: StorageEngine, source: SourceSection, pulse: Pulse, sample: Sample | None = None
) -> Iterator[SourceBatch]:
    """Yield the documents of all wanted folders, the chats first, each in the order of names.

    Given a ``sample``, only the documents that it names.
    """
    collections = wanted_collections(engine, source)
    total = sample.size if sample else count_documents(engine, collections, source, pulse)
    done = 0
    if source.chats:
        for documents in engine.scan_chats(sample and sample.names(CHATS)):
            done += len(documents)
            pulse.beat("reading", done, total)
            yield SourceBatch(f"{CHATS}/", "", documents)
    for ref in collections:
        for documents in engine.scan(ref, sample and sample.names(str(ref))):
            done += len(documents)
            pulse.beat("reading", done, total)
            yield SourceBatch(f"{ref}/", ref.database, documents)


def count_documents(
    engine: StorageEngine, collections: list[CollectionRef], source: SourceSection, pulse: Pulse
) -> int | None:
    """Return how many documents there are to read, None where nobody wants to know.

    A folder that cannot be read counts as empty: reading it says why, whether somebody watches or
    not.
    """
    if not pulse.is_watched:
        return None
    total = 0
    if source.chats:
        with suppress(BadInputError):
            total = len(engine.chat_files())
    for ref in collections:
        with suppress(BadInputError):
            total += engine.count(ref)
        pulse.beat("counting", total)
    return total
