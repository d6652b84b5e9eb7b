"""Ratings given in this application: stored, replaced, removed, and never in the way."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from domains.tree import Tree, exchange, message, snapshot
from raise_finetune.dataset.sources.feedback import (
    FEEDBACK,
    Feedback,
    answer_hash,
    answer_hashes,
    parse_feedback,
    read_feedback,
)
from raise_finetune.dataset.sources.judgements import (
    Judgement,
    feedback_on,
    rate,
    remove_rating,
    revise_rating,
)
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

MESSAGES = [message("system", "S"), *exchange("q1", "a1"), *exchange("q2", "a2")]


@pytest.fixture
def engine(tree: Tree) -> StorageEngine:
    tree.conversation("c", *MESSAGES, tags=["t"], language="fr", updatedAt="2026-01-01T00:00:00Z")
    return StorageEngine(tree.root)


C = "un2/default/conversations/c"


def stored(engine: StorageEngine) -> list[dict[str, Any]]:
    return [
        document.value
        for batch in engine.scan(FEEDBACK)
        for document in batch
        if document.value is not None
    ]


def test_a_rating_is_one_document_with_a_copy_of_what_was_said(engine: StorageEngine):
    rate(engine, C, 2, Judgement(4, " better ", ("x",), "n"))
    (document,) = stored(engine)
    found = answer_hash("q1", "a1")
    assert document.pop("createdAt") == document.pop("updatedAt")
    assert sorted(document.pop("@context")) == ["data", "la", "oa", "pa", "sa"]
    assert document == {
        "id": document["id"],
        "target": C,
        "messageIndex": 2,
        "answerHash": found,
        "rating": 4.0,
        "correction": "better",
        "tags": ["x"],
        "note": "n",
        "conversation": {
            "messages": MESSAGES[:3],
            "tags": ["t"],
            "language": "fr",
            "date": "2026-01-01T00:00:00",
        },
    }
    assert len(document["id"]) == 32


def test_the_applications_documents_stay_as_they_are(tree: Tree, engine: StorageEngine):
    before = snapshot(tree.root)
    rate(engine, C, 2, Judgement(4))
    rate(engine, C, 4, Judgement(5, "x"))
    remove_rating(engine, C, 2)
    after = snapshot(tree.root)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    added = {name for name in after if name not in before}
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("un2/finetune/") for name in added)


def test_rating_twice_replaces(engine: StorageEngine):
    rate(engine, C, 2, Judgement(1, "x", ("t",), "n"))
    rate(engine, C, 2, Judgement(5))
    (document,) = stored(engine)
    assert (document["rating"], document["correction"]) == (5.0, "")
    assert (document["tags"], document["note"]) == ([], "")


def test_a_revision_is_told_what_was_said_before(engine: StorageEngine):
    first = rate(engine, C, 2, Judgement(1, "x"))
    assert first.before is None
    told: list[Feedback | None] = []

    def revised(before: Feedback | None) -> Judgement:
        told.append(before)
        return Judgement(3)

    second = revise_rating(engine, C, 2, revised)
    assert told == [first.now]
    assert second.before == first.now
    assert (second.now.rating, second.now.correction) == (3.0, "")


def test_a_revision_that_is_refused_leaves_what_was_said(engine: StorageEngine):
    said = rate(engine, C, 2, Judgement(1, "x")).now

    def refused(_before: Feedback | None) -> Judgement:
        raise BadInputError("rating_not_given")

    with pytest.raises(BadInputError):
        revise_rating(engine, C, 2, refused)
    assert feedback_on(engine, C, 2) == said


def test_removing(engine: StorageEngine):
    assert remove_rating(engine, C, 2) is False
    rate(engine, C, 2, Judgement(5))
    rate(engine, C, 4, Judgement(5))
    assert remove_rating(engine, C, 2) is True
    assert [document["messageIndex"] for document in stored(engine)] == [4]
    assert remove_rating(engine, C, 2) is False


def test_an_answer_is_found_again_after_the_window_has_slid(tree: Tree):
    tree.put("chats/main_session.json", {"history": [*exchange("q0", "a0"), *MESSAGES[1:]]})
    engine = StorageEngine(tree.root)
    rate(engine, "chats/main_session", 3, Judgement(2))
    tree.put("chats/main_session.json", {"history": MESSAGES[1:]})
    rate(engine, "chats/main_session", 1, Judgement(5))
    (document,) = stored(engine)
    assert (document["rating"], document["messageIndex"]) == (5.0, 1)


def test_of_the_chats_only_the_one_that_is_rated_is_read(tree: Tree):
    tree.put("chats/other.json", b"{")
    tree.put("chats/caf\u00e9 1.json", {"history": exchange("q", "a")})
    engine = StorageEngine(tree.root)
    assert rate(engine, "chats/caf\u00e9 1", 1, Judgement(5)).now.target == "chats/caf\u00e9 1"
    with pytest.raises(BadInputError) as caught:
        rate(engine, "chats/other", 1, Judgement(5))
    assert caught.value.message("en") == (
        "The document chats/other.json cannot be read: line 1, column 2."
    )


@pytest.mark.parametrize("name", ["réunion du 3", "Note #2", "x" * 180])
def test_a_document_is_rated_whatever_its_file_is_called(
    tree: Tree, engine: StorageEngine, name: str
):
    tree.conversation(name, *MESSAGES)
    target = f"un2/default/conversations/{name}"
    rate(engine, target, 2, Judgement(4))
    assert [document["target"] for document in stored(engine)] == [target]
    assert (found := feedback_on(engine, target, 2)) is not None
    assert found.rating == 4.0
    assert remove_rating(engine, target, 2)
    assert stored(engine) == []


@pytest.mark.parametrize(
    ("target", "index", "code"),
    [
        (C, 0, "not_an_answer"),
        (C, 1, "not_an_answer"),
        (C, 5, "not_an_answer"),
        (C, -1, "not_an_answer"),
        ("un2/default/conversations/none", 1, "target_missing"),
        ("un2/none/conversations/c", 1, "target_missing"),
        ("chats/none", 1, "target_missing"),
        ("chats/..", 1, "target_missing"),
        ("chats/\0", 1, "target_missing"),
        ("chats/_meta", 1, "target_missing"),
        ("un2/default/conversations/../c", 1, "target_malformed"),
        ("un2/default/conversations/..", 1, "invalid_id"),
        ("un2/../conversations/c", 1, "invalid_name"),
        ("", 1, "target_malformed"),
        ("c", 1, "target_malformed"),
        ("other/c", 1, "target_malformed"),
        ("un2/sa/functions/f", 1, "target_not_a_conversation"),
        ("un2/default/conversations/broken", 1, "document_unreadable"),
    ],
)
@pytest.mark.parametrize("removing", [False, True])
def test_what_cannot_be_rated(
    tree: Tree, engine: StorageEngine, target: str, index: int, code: str, *, removing: bool
):
    tree.document("un2/sa/functions/f", name="N", description="D")
    tree.put("un2/default/collections/conversations/broken.json", "{")
    with pytest.raises(BadInputError) as caught:
        remove_rating(engine, target, index) if removing else rate(
            engine, target, index, Judgement(4)
        )
    assert caught.value.code == code
    assert caught.value.message("fr") != caught.value.message("en")
    assert stored(engine) == []


@pytest.mark.parametrize("rating", [0, 0.9, 5.1, -1, float("nan"), float("inf")])
def test_ratings_out_of_range(engine: StorageEngine, rating: float):
    with pytest.raises(BadInputError) as caught:
        rate(engine, C, 2, Judgement(rating))
    assert caught.value.code == "rating_out_of_range"
    assert stored(engine) == []


def test_text_that_is_not_unicode_is_refused(engine: StorageEngine):
    with pytest.raises(BadInputError) as caught:
        rate(engine, C, 2, Judgement(4, "\udcff"))
    assert caught.value.code == "document_not_json"
    assert stored(engine) == []


def test_the_known_answers_are_named(engine: StorageEngine):
    with pytest.raises(BadInputError) as caught:
        rate(engine, C, 7, Judgement(4))
    assert caught.value.hint("en") == "Answers there: 2, 4."


def test_the_hash_tells_the_same_answer_to_two_questions_apart():
    messages = [*exchange("q1", "yes"), *exchange("q2", "yes"), *exchange("q1", "yes")]
    hashes = answer_hashes(messages)
    assert hashes == {
        1: answer_hash("q1", "yes"),
        3: answer_hash("q2", "yes"),
        5: answer_hash("q1", "yes"),
    }
    assert hashes[1] != hashes[3]
    assert answer_hash("a", "b") == "39797789ed4c7ea0d5a06cd078125351"
    assert answer_hashes([message("assistant", "b")]) == {0: answer_hash("", "b")}


VALID: dict[str, Any] = {
    "target": "t",
    "messageIndex": 1,
    "answerHash": "h",
    "rating": 4,
    "conversation": {"messages": exchange("q", "a")},
}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in VALID.items() if name != key}


@pytest.mark.parametrize(
    "document",
    [
        {},
        *(without(key) for key in VALID),
        {**VALID, "rating": True},
        {**VALID, "rating": "4"},
        {**VALID, "rating": 0},
        {**VALID, "conversation": {"messages": []}},
        {**VALID, "conversation": {"messages": [message("user", "q")]}},
        {**VALID, "conversation": {"messages": ["x"]}},
        {**VALID, "conversation": {"messages": "x"}},
        {**VALID, "correction": None},
        {**VALID, "tags": "x"},
    ],
)
def test_a_damaged_rating_is_none(document: dict[str, Any]):
    assert parse_feedback(document) is None


def test_a_rating_may_carry_more_than_we_know():
    feedback = parse_feedback({**VALID, "_p2p": {"revision": 1}, "_id": "x"})
    assert feedback is not None
    assert (feedback.rating, feedback.target) == (4.0, "t")


def test_damaged_ratings_do_not_hide_the_others(tree: Tree, engine: StorageEngine):
    rate(engine, C, 2, Judgement(4))
    folder = tree.root / "un2/finetune/collections/feedback"
    (folder / "000.json").write_text("{")
    (folder / "001.json").write_bytes(orjson.dumps({"rating": 5}))
    assert [feedback.rating for _, feedback in read_feedback(engine)] == [4.0]


def test_no_feedback_at_all(tmp_path: Path):
    assert list(read_feedback(StorageEngine(tmp_path))) == []
