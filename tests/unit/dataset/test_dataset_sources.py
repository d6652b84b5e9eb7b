"""Documents → conversations and documentation, each announced once."""

from typing import Any

import pytest

from domains.tree import exchange, message
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.recipe import RatingSection
from raise_finetune.dataset.records import Conversation, Documentation, Rating
from raise_finetune.dataset.sources.interpret import (
    SourceBatch,
    interpret,
    read_conversation,
    turns,
)
from raise_finetune.dataset.sources.ratings import rating_reader
from raise_finetune.storage.reader import StoredDocument

READ_RATING = rating_reader(RatingSection())


def read(document: dict[str, Any]) -> Conversation:
    conversation = read_conversation("r", document, READ_RATING)
    assert conversation is not None
    return conversation


def test_answers_and_their_ratings():
    messages = [*exchange("a", "b", rating=4), *exchange("c", "d", rating=9), *exchange("e", "f")]
    conversation = read({"messages": messages})
    assert (conversation.record, conversation.group, conversation.copy) == ("r", "r", False)
    assert conversation.answers == [1, 3, 5]
    assert conversation.ratings == {1: Rating(4.0), 3: Rating(None, "9")}


def test_a_history_counts_where_there_are_no_messages():
    history = exchange("a", "b")
    assert read({"history": history}).messages == history
    assert read({"messages": None, "history": history}).messages == history
    assert read({"messages": [], "history": history}).messages == history
    assert read({"messages": [{"role": "tool"}], "history": history}).messages == history
    assert read({"messages": exchange("c", "d"), "history": history}).messages[0]["content"] == "c"


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"messages": "hello"},
        {"messages": []},
        {"history": []},
        {"messages": ["a", 1, None]},
        {"messages": [{"role": "tool", "content": "x"}]},
        {"messages": [{"role": ["user"], "content": "x"}]},
        {"messages": [{"content": "x"}]},
        {"history": [{"date": "2026", "author": "x"}]},
    ],
)
def test_what_is_no_conversation(document: dict[str, Any]):
    assert read_conversation("r", document, READ_RATING) is None


@pytest.mark.parametrize("role", ["user", "User", "USER"])
def test_roles_in_either_case(role: str):
    assert list(turns([message(role, "x")])) == [(0, "user", "x")]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (" a ", " a "),
        ("", ""),
        (None, ""),
        (5, ""),
        ({"en": "B", "fr": "A"}, "A"),
        ({"en": "B"}, "B"),
        ({}, ""),
        ([{"type": "text", "text": "a"}, {"type": "image"}, "x", {"text": "b"}], "a\nb"),
        ([{"text": 5}], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_texts_as_written_parts_and_languages(content: object, text: str):
    assert list(turns([message("user", content)])) == [(0, "user", text)]


def test_turns_keep_the_index_among_all_messages():
    messages: list[Any] = [
        message("system", "s"),
        "noise",
        message("tool", "t"),
        message("Assistant", "a"),
        {"role": "user"},
        None,
    ]
    assert list(turns(messages)) == [(0, "system", "s"), (3, "assistant", "a"), (4, "user", "")]


def batch(*documents: StoredDocument) -> SourceBatch:
    return SourceBatch("un2/sa/functions/", "sa", list(documents))


def stored(name: str, value: dict[str, Any]) -> StoredDocument:
    return StoredDocument(f"{name}.json", value, None, "")


@pytest.mark.parametrize(("whole", "records"), [(False, 6), (True, 5)])
def test_each_record_is_announced_once(whole: bool, records: int):
    ledger = Ledger()
    documents = batch(
        stored("two", {"messages": [*exchange("a", "b"), *exchange("c", "d")]}),
        stored("none", {"messages": [message("user", "a")]}),
        stored("element", {"name": "N", "description": "the D"}),
        stored("other", {}),
        StoredDocument("bad.json", None, "invalid_json", "why"),
    )
    (found,) = interpret([documents], READ_RATING, ledger, whole=whole)
    assert [item.record.rpartition("/")[2] for item in found] == ["two", "none", "element"]
    assert [type(item) for item in found] == [Conversation, Conversation, Documentation]
    assert isinstance(found[2], Documentation)
    assert found[2].fields["en"]["layer"] == "SA"
    assert (ledger.read, ledger.documents) == (records, 5)
    assert ledger.fates == {"invalid_json": 1, "not_training_material": 1}
    assert ledger.problems == [("un2/sa/functions/bad", "invalid_json", "why")]


def test_a_problem_of_the_folder_itself_carries_its_name():
    ledger = Ledger()
    list(
        interpret(
            [batch(StoredDocument("", None, "unreadable", "no"))], READ_RATING, ledger, whole=False
        )
    )
    assert ledger.problems == [("un2/sa/functions/", "unreadable", "no")]  # fmt: skip
