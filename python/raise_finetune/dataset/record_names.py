"""How records are named: by where they lie, and an answer by its index in its conversation.

``un2/default/conversations/c1``, ``chats/main_session``, ``un2/default/conversations/c1#3``. A
name is a plain text, since a million of them pass through one export: here is how it is read.
"""

from raise_finetune.storage.layout import CollectionRef


def name_of_answer(conversation: str, index: int) -> str:
    """Return the name of the answer at an index among a conversation's messages."""
    return f"{conversation}#{index}"


def answer_of(record: str) -> tuple[str, str]:
    """Return the conversation that an answer's name begins with, and its index as written.

    The index is empty where the name is no answer's; a file may have a ``#`` in its name, and so
    may its folder.
    """
    target, mark, written = record.rpartition("#")
    return (target, written) if mark and "/" not in written else (record, "")


def folder_of(record: str) -> str:
    """Return where a record lies: ``space/database/collection``, or ``chats``."""
    return record.rpartition("/")[0]


def stem_of(record: str) -> str:
    """Return the name of a record's file, without its ending."""
    return record.rpartition("/")[2]


def space_of(record: str) -> str:
    """Return the space that a record lies in; all chats count as one."""
    return record.partition("/")[0]


def collection_of(record: str) -> CollectionRef | None:
    """Return the collection that a record lies in, None for a chat and for what is no name."""
    parts = record.split("/")
    return CollectionRef(*parts[:3]) if len(parts) == 4 else None


def database_of(record: str) -> str:
    """Return the database that a record lies in, "" for a chat."""
    collection = collection_of(record)
    return "" if collection is None else collection.database
