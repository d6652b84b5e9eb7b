import pytest

from raise_finetune.dataset.record_names import (
    answer_of,
    collection_of,
    database_of,
    folder_of,
    name_of_answer,
    space_of,
    stem_of,
)
from raise_finetune.dataset.sources.feedback import is_feedback, name_of_feedback
from raise_finetune.storage.layout import CollectionRef

DOCUMENT = "un2/sa/functions/F-1"
CHAT = "chats/main_session"


def test_a_document_of_a_collection():
    assert space_of(DOCUMENT) == "un2"
    assert database_of(DOCUMENT) == "sa"
    assert folder_of(DOCUMENT) == "un2/sa/functions"
    assert collection_of(DOCUMENT) == CollectionRef("un2", "sa", "functions")
    assert stem_of(DOCUMENT) == "F-1"


def test_a_chat_lies_in_no_database():
    assert space_of(CHAT) == "chats"
    assert database_of(CHAT) == ""
    assert folder_of(CHAT) == "chats"
    assert collection_of(CHAT) is None
    assert stem_of(CHAT) == "main_session"


@pytest.mark.parametrize(
    ("record", "conversation", "index"),
    [
        (name_of_answer(DOCUMENT, 3), DOCUMENT, "3"),
        (name_of_answer(CHAT, 0), CHAT, "0"),
        (DOCUMENT, DOCUMENT, ""),
        ("un2/sa#2/functions/F-1", "un2/sa#2/functions/F-1", ""),
        ("un2/sa/functions/F#1#3", "un2/sa/functions/F#1", "3"),
    ],
)
def test_an_answer_has_its_index(record: str, conversation: str, index: str):
    assert answer_of(record) == (conversation, index)


@pytest.mark.parametrize("name", ["", "F-1", "un2/sa/functions", "un2/sa/functions/F-1/more"])
def test_what_is_no_name_lies_in_no_collection(name: str):
    assert collection_of(name) is None


def test_a_rating_kept_here_is_told_from_other_records():
    assert name_of_feedback("0a") == "un2/finetune/feedback/0a"
    assert is_feedback("un2/finetune/feedback/0a")
    assert not is_feedback("un2/finetune/forgotten/0a")
    assert not is_feedback("un2/finetune/feedback")
