"""Ratings given here, laid over conversations that stand, have slid away, or are gone."""

from pathlib import Path
from typing import Any

import pytest

from domains.tree import Json, Tree, exchange, export, message
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.storage.engine import StorageEngine

FIRST, SECOND = exchange("q1", "a1"), exchange("q2", "a2")
WHOLE = {"unit": "conversation"}
ROW_1 = "<s>[INST] q1 [/INST] a1 </s>"
ROW_2 = "<s>[INST] q1 [/INST] a1 </s>[INST] q2 [/INST] a2 </s>"
ROW_2_ALONE = "<s>[INST] q2 [/INST] a2 </s>"


@pytest.fixture
def c(tree: Tree) -> str:
    return tree.conversation("c", *FIRST, *SECOND)


def give(tree: Tree, target: str, index: int, rating: float, *said: Any) -> str:
    """Rate an answer and return the record of the rating."""
    engine = StorageEngine(tree.root)
    known = {path.stem for path in tree.root.glob("un2/finetune/collections/feedback/*.json")}
    rate(engine, target, index, Judgement(rating, *said))
    (added,) = {
        path.stem for path in tree.root.glob("un2/finetune/collections/feedback/[!_]*.json")
    } - known
    return f"un2/finetune/feedback/{added}"


def test_a_rated_answer_is_exported_from_its_copy(tree: Tree, c: str, output: Path):
    given = give(tree, c, 3, 5)
    exported = export(tree.root, output)
    assert exported.rows == [ROW_2]
    assert exported.fates == {f"{c}#1": "unrated", f"{c}#3": "superseded", given: "exported"}
    assert exported.ledger[0] == {"record": f"{c}#3", "fate": "superseded", "detail": given}
    assert (exported.report.documents_read, exported.report.records_read) == (2, 3)


def test_a_whole_conversation_takes_its_ratings(tree: Tree, c: str, output: Path):
    given = give(tree, c, 3, 5)
    exported = export(tree.root, output, examples=WHOLE)
    assert exported.rows == [ROW_2]
    assert exported.fates == {c: "exported", given: "applied"}
    assert exported.ledger[0] == {"record": given, "fate": "applied", "detail": c}


def test_a_rating_given_here_wins_over_an_inline_one(tree: Tree, output: Path):
    c = tree.conversation("c", *exchange("q", "a", rating=5), rating=5)
    give(tree, c, 1, 1)
    assert export(tree.root, output).report.fates == {"rated_too_low": 1, "superseded": 1}
    whole = export(tree.root, output, examples=WHOLE)
    assert whole.fates[c] == "rated_too_low"


def test_a_rating_given_here_mends_an_invalid_one(tree: Tree, output: Path):
    c = tree.conversation("c", *exchange("q", "a", rating="bad"))
    give(tree, c, 1, 5)
    assert export(tree.root, output).report.rows == 1
    assert export(tree.root, output, examples=WHOLE).report.rows == 1


@pytest.mark.parametrize("rating", [1, 5])
def test_a_correction_is_learned_in_place_of_the_answer(
    tree: Tree, c: str, output: Path, rating: float
):
    give(tree, c, 1, rating, "better")
    exported = export(tree.root, output, rating={"minimum": 5})
    assert exported.rows == ["<s>[INST] q1 [/INST] better </s>"]
    whole = export(tree.root, output, rating={"minimum": 5}, examples=WHOLE)
    assert whole.rows == ["<s>[INST] q1 [/INST] better </s>[INST] q2 [/INST] a2 </s>"]


def test_a_later_answer_has_the_corrected_one_in_its_context(tree: Tree, c: str, output: Path):
    give(tree, c, 3, 5)
    give(tree, c, 1, 2, "better")
    exported = export(tree.root, output)
    assert sorted(exported.rows) == [
        "<s>[INST] q1 [/INST] better </s>",
        "<s>[INST] q1 [/INST] better </s>[INST] q2 [/INST] a2 </s>",
    ]


def test_a_later_answer_has_no_bad_one_in_its_context(tree: Tree, c: str, output: Path):
    give(tree, c, 3, 5)
    give(tree, c, 1, 1)
    assert export(tree.root, output).rows == [ROW_2_ALONE]


def test_an_inline_rating_counts_in_the_copys_context(tree: Tree, output: Path):
    c = tree.conversation("c", *exchange("q1", "a1", rating=1), *SECOND)
    give(tree, c, 3, 5)
    assert export(tree.root, output).rows == [ROW_2_ALONE]


@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_the_copy_stays_when_the_chat_has_slid(tree: Tree, output: Path, unit: str):
    tree.put("chats/main_session.json", {"history": [*FIRST, *SECOND]})
    given = give(tree, "chats/main_session", 3, 5)
    tree.put("chats/main_session.json", {"history": exchange("q9", "a9")})
    exported = export(tree.root, output, examples={"unit": unit})
    assert exported.rows == [ROW_2]
    assert exported.fates[given] == "exported"
    assert set(exported.fates.values()) == {"exported", "unrated"}


@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_the_copy_stays_when_the_conversation_is_gone(tree: Tree, c: str, output: Path, unit: str):
    given = give(tree, c, 1, 5)
    (tree.root / "un2/default/collections/conversations/c.json").unlink()
    exported = export(tree.root, output, examples={"unit": unit})
    assert (exported.rows, exported.fates) == ([ROW_1], {given: "exported"})


def test_in_a_chat_whose_question_has_slid_away_the_copy_keeps_it(tree: Tree, output: Path):
    tree.put("chats/s.json", {"history": [*FIRST, *SECOND]})
    give(tree, "chats/s", 1, 5)
    tree.put("chats/s.json", {"history": [FIRST[1], *SECOND]})
    exported = export(tree.root, output, rating={"include_unrated": True})
    assert exported.fates["chats/s#0"] == "no_question"
    assert sorted(exported.rows) == [ROW_1, ROW_2_ALONE]


def test_copies_of_one_conversation_stand_on_its_side(tree: Tree, output: Path):
    for number in range(30):
        c = tree.conversation(
            f"c{number}", *exchange(f"q{number}", "a"), *exchange("x", "y", rating=5)
        )
        give(tree, c, 1, 5)  # fmt: skip
    exported = export(tree.root, output, output={"val_fraction": 0.4})
    sides: dict[str, set[str]] = {}
    for split in ("train", "val"):
        for line in (exported.path / f"data/{split}.jsonl").read_text().splitlines():
            question = line.split("[INST] ")[1].split(" ")[0]
            sides.setdefault(question, set()).add(split)
    assert len(sides) == 30
    assert all(len(side) == 1 for side in sides.values())
    assert set().union(*sides.values()) == {"train", "val"}


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ({}, 2),
        ({"chats": False}, 1),
        ({"spaces": ["un2"], "chats": False}, 1),
        ({"spaces": ["other"], "chats": False}, 0),
        ({"databases": ["default"], "chats": False}, 1),
        ({"collections": ["conversations"], "chats": True}, 2),
        ({"collections": ["other"], "chats": False}, 0),
    ],
)
@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_copies_belong_to_the_source_that_was_rated(
    tree: Tree, c: str, output: Path, source: Json, rows: int, unit: str
):
    tree.document("other/default/articles/a", title="T", body="x", status="draft")
    tree.put("chats/s.json", {"history": exchange("q9", "a9")})
    give(tree, c, 1, 5)
    give(tree, "chats/s", 1, 5)
    exported = export(tree.root, output, source=source, examples={"unit": unit})
    assert exported.report.rows == rows


@pytest.mark.parametrize("unit", ["answer", "conversation"])
@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"tags": ["mine"]}, 1),
        ({"tags": ["theirs"]}, 1),
        ({"tags": ["other"]}, 0),
        ({"exclude_tags": ["mine"]}, 0),
        ({"languages": ["fr"]}, 1),
        ({"languages": ["en"]}, 0),
        ({"since": "2020-01-01", "until": "2020-01-01"}, 1),
        ({"since": "2020-01-02"}, 0),
    ],
)
def test_tags_language_and_date_of_a_rated_answer(
    tree: Tree, output: Path, unit: str, filters: Json, rows: int
):
    c = tree.conversation(
        "c", *FIRST, tags=["theirs"], language="fr", updatedAt="2020-01-01T00:00:00Z"
    )
    give(tree, c, 1, 5, "", ("mine",))
    assert export(tree.root, output, filter=filters, examples={"unit": unit}).report.rows == rows


def test_the_message_keeps_its_own_date_in_the_copy(tree: Tree, output: Path):
    c = tree.conversation("c", *exchange("q", "a", timestamp="2020-01-01T00:00:00.123456789Z"))
    give(tree, c, 1, 5)
    day = {"since": "2020-01-01", "until": "2020-01-01"}
    assert export(tree.root, output, filter=day).report.rows == 1


def test_copies_leave_out_what_live_conversations_leave_out(tree: Tree, output: Path):
    c = tree.conversation("c", message("assistant", "x"), *exchange("[SYSTEM_FEEDBACK]", "y"))
    first, second = give(tree, c, 0, 5), give(tree, c, 2, 5)
    exported = export(tree.root, output)
    assert exported.fates[first] == "no_question"
    assert exported.fates[second] == "system_feedback"


def test_damaged_ratings_are_in_the_ledger(tree: Tree, c: str, output: Path):
    give(tree, c, 1, 5)
    folder = "un2/finetune/collections/feedback"
    tree.put(f"{folder}/broken.json", "{")
    tree.put(f"{folder}/strange.json", {"rating": 5})
    tree.put(f"{folder}/list.json", [])
    exported = export(tree.root, output)
    assert exported.report.rows == 1
    assert exported.fates["un2/finetune/feedback/broken"] == "invalid_json"
    assert exported.fates["un2/finetune/feedback/strange"] == "not_training_material"
    assert exported.fates["un2/finetune/feedback/list"] == "not_an_object"
