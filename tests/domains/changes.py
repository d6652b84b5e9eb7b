"""Each way in which this application changes a data folder, to be struck by faults."""

from pathlib import Path

from domains.tree import Tree, exchange
from raise_finetune.dataset.sources.forgotten import entry_of, keep_forgotten, take_back
from raise_finetune.dataset.sources.judgements import Judgement, rate, remove_rating
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef

NOTES = CollectionRef("un2", "default", "notes")
_RATED, _UNRATED, _FORGOTTEN = (f"un2/default/conversations/{name}" for name in "rue")
_LONG = "x" * 5000


def changeable(root: Path) -> StorageEngine:
    """Make a data folder that each of the changes can change."""
    tree = Tree(root)
    for name in "rue":
        tree.conversation(name, *exchange("q", "a"))
    engine = StorageEngine(root)
    engine.insert(NOTES, {"id": "a", "title": "old", "text": _LONG})
    rate(engine, _RATED, 1, Judgement(5))
    keep_forgotten(engine, [entry_of(engine, _FORGOTTEN)])
    return engine


def change_note(engine: StorageEngine) -> None:
    engine.update(NOTES, "a", {"title": "new", "text": _LONG})


def insert_note(engine: StorageEngine) -> None:
    engine.insert(NOTES, {"id": "b", "text": _LONG})


def insert_into_a_new_collection(engine: StorageEngine) -> None:
    engine.insert(CollectionRef("un3", "other", "fresh"), {"id": "b", "text": _LONG})


def delete_note(engine: StorageEngine) -> None:
    engine.delete(NOTES, "a")


def give_a_rating(engine: StorageEngine) -> None:
    rate(engine, _UNRATED, 1, Judgement(2, correction="better " * 100))


def change_a_rating(engine: StorageEngine) -> None:
    rate(engine, _RATED, 1, Judgement(1, correction="worse " * 100))


def take_a_rating_away(engine: StorageEngine) -> None:
    remove_rating(engine, _RATED, 1)


def forget_an_answer(engine: StorageEngine) -> None:
    keep_forgotten(engine, [entry_of(engine, f"{_RATED}#1")])


def remember_again(engine: StorageEngine) -> None:
    take_back(engine, entry_of(engine, _FORGOTTEN))


CHANGES = [
    change_note,
    insert_note,
    insert_into_a_new_collection,
    delete_note,
    give_a_rating,
    change_a_rating,
    take_a_rating_away,
    forget_an_answer,
    remember_again,
]
