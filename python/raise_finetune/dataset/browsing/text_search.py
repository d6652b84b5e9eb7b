"""Which records have some words in their texts, or in what was said of their answers here.

The texts are on disk, so this reads them; a list that is shown at once searches what it holds
(see ``entries``).
"""

from collections.abc import Collection, Iterator

from raise_finetune.dataset.browsing.entries import Entry, fold
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Documentation
from raise_finetune.dataset.sources.documentation import read_documentation
from raise_finetune.dataset.sources.interpret import SourceBatch, read_conversation, turns
from raise_finetune.dataset.sources.overlay import RatingsByTarget
from raise_finetune.dataset.sources.ratings import RatingReader
from raise_finetune.dataset.sources.reading import read_sources
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.reader import StoredDocument


def find_in_texts(
    engine: StorageEngine,
    entries: Collection[Entry],
    words: str,
    read_rating: RatingReader,
    given: RatingsByTarget,
    pulse: Pulse,
) -> set[str]:
    """Return the records among the entries that have every word somewhere.

    Case and accents are ignored. An entry whose own words are enough is not read.
    """
    wanted = fold(words).split()
    missing = {
        entry.record: [word for word in wanted if word not in entry.haystack] for entry in entries
    }
    found = {record for record, words_left in missing.items() if not words_left}
    if len(found) == len(missing):
        return found
    for batch in read_sources(engine, ExportRecipe().source, pulse):
        for document in batch.documents:
            record = batch.prefix + document.stem
            words_left = missing.get(record)
            if not words_left or document.value is None:
                continue
            texts = [*_texts(batch, record, document, read_rating)]
            for each in given.get(record, {}).values():
                texts += (each.correction, each.note)
            text = fold("\n".join(texts))
            if all(word in text for word in words_left):
                found.add(record)
    return found


def _texts(
    batch: SourceBatch, record: str, document: StoredDocument, read_rating: RatingReader
) -> Iterator[str]:
    value = document.value or {}
    conversation = read_conversation(record, value, read_rating)
    if conversation is not None:
        for _, _, text in turns(conversation.messages):
            yield text
        return
    item = read_documentation(record, batch.database, value, read_rating)
    if isinstance(item, Documentation):
        for fields in item.fields.values():
            yield from fields.values()
