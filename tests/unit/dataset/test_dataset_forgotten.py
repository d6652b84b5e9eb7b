"""What somebody asked to forget is in no row: neither as an answer nor as context."""

from pathlib import Path

import pytest

from domains.tree import Tree, exchange, export, message
from raise_finetune.dataset.browsing.inspection import inspect_domain
from raise_finetune.dataset.manifest import read_manifest
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.sources.forgotten import (
    FORGOTTEN,
    Forgotten,
    entry_of,
    keep_forgotten,
    list_forgotten,
    load_forgotten,
    take_back,
)
from raise_finetune.dataset.sources.judgements import Judgement, rate, rate_generated
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

ALL = {"include_unrated": True}
ROW_1 = "<s>[INST] q1 [/INST] a1 </s>"
ROW_2 = f"{ROW_1}[INST] q2 [/INST] a2 </s>"
ROW_3 = f"{ROW_2}[INST] q3 [/INST] a3 </s>"
TURNS = (*exchange("q1", "a1"), *exchange("q2", "a2"), *exchange("q3", "a3"))


@pytest.fixture
def c(tree: Tree) -> str:
    return tree.conversation("c", *TURNS)


def forget(tree: Tree, record: str) -> Forgotten:
    engine = StorageEngine(tree.root)
    entry = entry_of(engine, record)
    keep_forgotten(engine, [entry])
    return entry


def test_an_answer_is_in_no_row_and_later_contexts_begin_after_it(tree: Tree, c: str, output: Path):
    assert export(tree.root, output, rating=ALL).rows == [ROW_1, ROW_2, ROW_3]
    forget(tree, f"{c}#3")
    exported = export(tree.root, output, rating=ALL)
    assert exported.rows == [ROW_1, "<s>[INST] q3 [/INST] a3 </s>"]
    assert exported.fates == {f"{c}#1": "exported", f"{c}#3": "forgotten", f"{c}#5": "exported"}


def test_a_whole_conversation(tree: Tree, c: str, output: Path):
    other = tree.conversation("d", *exchange("q", "a"))
    forget(tree, c)
    exported = export(tree.root, output, rating=ALL)
    assert exported.rows == ["<s>[INST] q [/INST] a </s>"]
    assert exported.fates == {
        **{f"{c}#{index}": "forgotten" for index in (1, 3, 5)},
        f"{other}#1": "exported",
    }


def test_a_conversation_without_an_answer(tree: Tree, output: Path):
    record = tree.conversation("c", message("user", "q"))
    forget(tree, record)
    assert export(tree.root, output).fates == {record: "forgotten"}


@pytest.mark.parametrize("record", ["c", "c#5"])
def test_taken_as_a_whole_a_conversation_goes_with_one_of_its_answers(
    tree: Tree, c: str, output: Path, record: str
):
    forget(tree, c.removesuffix("c") + record)
    exported = export(tree.root, output, rating=ALL, examples={"unit": "conversation"})
    assert (exported.rows, exported.fates) == ([], {c: "forgotten"})


def test_documentation(tree: Tree, output: Path):
    article = tree.document(
        "un2/default/articles/a", id="a", title="T", summary={"fr": "S"}, slug="t",
        handle="t", displayName="T", status="published", tags=[],
        publishedAt="2026-01-05T08:00:00+00:00",
    )  # fmt: skip
    assert export(tree.root, output).report.rows == 1
    forget(tree, article)
    assert export(tree.root, output).fates == {article: "forgotten"}


@pytest.mark.parametrize("unit", ["answer", "conversation"])
@pytest.mark.parametrize("live", [True, False])
def test_copies_that_ratings_keep_are_forgotten_too(
    tree: Tree, c: str, output: Path, unit: str, live: bool
):
    engine = StorageEngine(tree.root)
    rate(engine, c, 3, Judgement(5, correction="better"))
    rate(engine, c, 5, Judgement(5))
    forget(tree, f"{c}#3")
    if not live:
        (tree.root / "un2/default/collections/conversations/c.json").unlink()
    exported = export(tree.root, output, rating=ALL, examples={"unit": unit})
    assert not any("a2" in row or "better" in row or "q2" in row for row in exported.rows)
    assert "<s>[INST] q3 [/INST] a3 </s>" in exported.rows or unit == "conversation"
    forget(tree, c)
    assert export(tree.root, output, rating=ALL, examples={"unit": unit}).rows == []


@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_what_a_model_was_asked_is_forgotten_with_what_it_was_taken_from(
    tree: Tree, c: str, output: Path, unit: str
):
    engine = StorageEngine(tree.root)
    asked = [Message("user", "q1"), Message("assistant", "a1"), Message("user", "q2")]
    rate_generated(engine, asked, "mine", Judgement(5), c)
    rate_generated(engine, [Message("user", "else")], "other", Judgement(5), "un2/default/x/d")
    rows = ["<s>[INST] q1 [/INST] a1 </s>[INST] q2 [/INST] mine </s>",
            "<s>[INST] else [/INST] other </s>"]  # fmt: skip
    options = {"unit": unit}
    assert sorted(export(tree.root, output, examples=options).rows) == sorted(rows)
    forget(tree, f"{c}#1")  # stands in the context of one, and is no answer of it
    exported = export(tree.root, output, examples=options)
    assert rows[0] not in exported.rows
    assert rows[1] in exported.rows
    forget(tree, c)
    assert export(tree.root, output, examples=options).rows == rows[1:]


def test_a_rating_stands_for_its_answer(tree: Tree, c: str, output: Path):
    engine = StorageEngine(tree.root)
    rate(engine, c, 3, Judgement(5))
    (copy,) = [
        record for record, fate in export(tree.root, output).fates.items() if fate == "exported"
    ]
    assert copy.startswith("un2/finetune/feedback/")
    assert entry_of(engine, copy) == entry_of(engine, f"{c}#3")
    forget(tree, copy)
    exported = export(tree.root, output)
    assert exported.rows == []
    assert exported.fates[f"{c}#3"] == exported.fates[copy] == "forgotten"


def test_an_answer_stays_forgotten_when_the_chat_slides(tree: Tree, output: Path):
    tree.put("chats/s.json", {"history": list(TURNS)})
    forget(tree, "chats/s#3")
    tree.put("chats/s.json", {"history": list(TURNS[2:])})
    exported = export(tree.root, output, rating=ALL)
    assert exported.rows == ["<s>[INST] q3 [/INST] a3 </s>"]
    assert exported.fates == {"chats/s#1": "forgotten", "chats/s#3": "exported"}


def test_what_is_taken_back_is_exported_again(tree: Tree, c: str, output: Path):
    entry = forget(tree, c)
    before = export(tree.root, output, rating=ALL)
    assert before.rows == []
    hash_before = read_manifest(output).input_hash
    engine = StorageEngine(tree.root)
    assert take_back(engine, entry)
    assert not take_back(engine, entry)
    assert export(tree.root, output, rating=ALL).rows == [ROW_1, ROW_2, ROW_3]
    assert read_manifest(output).input_hash != hash_before


def test_the_list_is_no_document_of_the_domain(tree: Tree, c: str, output: Path):
    forget(tree, c)
    exported = export(tree.root, output, rating=ALL)
    assert exported.report.documents_read == 1
    summary = inspect_domain(StorageEngine(tree.root), ExportRecipe())
    assert [folder.name for folder in summary.folders] == ["un2/default/conversations"]


def test_an_entry_holds_no_text(tree: Tree, c: str):
    entry = forget(tree, f"{c}#3")
    (path,) = (tree.root / "un2/finetune/collections/forgotten").glob("[!_]*.json")
    assert path.stem == entry.document_id
    assert b"a2" not in path.read_bytes()
    assert load_forgotten(StorageEngine(tree.root)).hashes == {c: {entry.answer_hash}}


def test_a_damaged_list_stops_the_export(tree: Tree, c: str, output: Path):
    forget(tree, c)
    tree.put("un2/finetune/collections/forgotten/x.json", b"{")
    with pytest.raises(BadInputError) as caught:
        export(tree.root, output, rating=ALL)
    assert caught.value.code == "forgotten_unreadable"
    assert caught.value.params["path"] == f"{FORGOTTEN}/x.json"
    assert not output.exists()


@pytest.mark.parametrize("name", ["REQ#2", "c#9", "c#x", "#", "c#1#1", "n° 2"])
def test_a_file_whose_name_looks_like_an_answers(tree: Tree, c: str, name: str, output: Path):
    record = tree.document(f"un2/default/notes #1/{name}", reqId="R", statement="the statement")
    assert forget(tree, record) == Forgotten(target=record)
    exported = export(tree.root, output, rating=ALL)
    assert exported.rows == [ROW_1, ROW_2, ROW_3]
    assert (exported.fates[record], exported.fates[f"{c}#3"]) == ("forgotten", "exported")


def test_an_answer_of_a_conversation_whose_name_looks_like_an_answers(tree: Tree, output: Path):
    record = tree.conversation("c#2", *TURNS)
    entry = forget(tree, f"{record}#3")
    assert entry.target == record
    assert export(tree.root, output, rating=ALL).fates == {
        f"{record}#1": "exported",
        f"{record}#3": "forgotten",
        f"{record}#5": "exported",
    }
    engine = StorageEngine(tree.root)
    assert list_forgotten(engine) == [(entry.document_id, f"{record}#3")]


def test_a_name_that_a_file_and_an_answer_have_is_refused(tree: Tree, c: str):
    tree.conversation("c#3", *exchange("q", "a"))
    with pytest.raises(BadInputError) as caught:
        entry_of(StorageEngine(tree.root), f"{c}#3")
    assert str(caught.value.message("en")).splitlines()[0] == (
        f"“{c}#3” names both a file and answer 3 of “{c}”."
    )


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("un2/default/conversations/c#0", "not_an_answer"),
        ("un2/default/conversations/c#9", "not_an_answer"),
        ("un2/default/conversations/c#x", "not_an_answer"),
        ("un2/default/conversations/none#1", "target_missing"),
        ("un2/finetune/feedback/none", "target_missing"),
        ("nonsense#1", "target_malformed"),
    ],
)
def test_an_answer_that_is_not_there_is_refused(tree: Tree, c: str, record: str, code: str):
    assert c
    with pytest.raises(BadInputError) as caught:
        entry_of(StorageEngine(tree.root), record)
    assert caught.value.code == code
