"""What a rating speaks of, by its name: a document or a chat, and an answer in it."""

from typing import Any

from raise_finetune.dataset.record_names import collection_of, folder_of, stem_of
from raise_finetune.dataset.sources.feedback import answer_hashes
from raise_finetune.dataset.sources.interpret import read_conversation
from raise_finetune.dataset.sources.ratings import NO_RATINGS
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CHATS


def read_target(engine: StorageEngine, target: str) -> dict[str, Any]:
    """Return the document that a target names.

    Raises ``BadInputError`` where there is none, and for one that cannot be read.
    """
    collection = collection_of(target)
    if collection is not None:
        document = engine.get_listed(collection, stem_of(target))
    elif folder_of(target) == CHATS:
        document = engine.get_chat(stem_of(target))
    else:
        raise BadInputError("target_malformed", target=target)
    if document is None:
        raise BadInputError("target_missing", target=target)
    return document


def hash_of_answer(engine: StorageEngine, target: str, index: int | str) -> str:
    """Return the hash of the answer at an index, which may be as a person wrote it.

    Raises ``BadInputError`` where there is none.
    """
    _, digest = find_answer(read_target(engine, target), target, index)
    return digest


def find_answer(document: dict[str, Any], target: str, index: int | str) -> tuple[list[Any], str]:
    """Return the messages of a target's document, and the hash of the answer at an index.

    Raises as ``hash_of_answer`` does.
    """
    conversation = read_conversation(target, document, NO_RATINGS)
    if conversation is None:
        raise BadInputError("target_not_a_conversation", target=target)
    hashes = {str(place): each for place, each in answer_hashes(conversation.messages).items()}
    digest = hashes.get(str(index))
    if digest is None:
        known = ", ".join(hashes) or "—"
        raise BadInputError("not_an_answer", target=target, index=index, answers=known)
    return conversation.messages, digest
