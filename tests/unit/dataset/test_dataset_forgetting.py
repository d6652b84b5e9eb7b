"""``forget``: which datasets hold a record, and the same datasets without it."""

import shutil
from pathlib import Path

import pytest

from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.explanation import explain_row
from raise_finetune.dataset.exports.forgetting import (
    ForgetPlan,
    Forgetting,
    Holder,
    Remade,
    forget,
    plan_forgetting,
)
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.sources.forgotten import list_forgotten
from raise_finetune.dataset.sources.judgements import Judgement, rate, rate_generated
from raise_finetune.dataset.verification import verify_dataset
from raise_finetune.dataset.verification.existing import lines_of, open_dataset
from raise_finetune.dataset.writing.remembered import datasets_made_of
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine


@pytest.fixture
def c(tree: Tree) -> str:
    tree.conversation("a", *exchange("other", "answer", rating=5))
    return tree.conversation(
        "c",
        *exchange("q1", "a1", rating=5),
        *exchange("q2", "secret", rating=5),
        *exchange("q3", "a3", rating=5),
    )


def make(tree: Tree, path: Path, **sections: object) -> Path:
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0.0}, **sections})
    export_dataset(recipe, path, root=tree.root)
    return path


def plan_of(tree: Tree, record: str, *further: Path) -> ForgetPlan:
    engine = StorageEngine(tree.root)
    return plan_forgetting(engine, record, datasets_made_of(engine.root, further))


def do(tree: Tree, record: str) -> Forgetting:
    return forget(StorageEngine(tree.root), plan_of(tree, record))


def texts(path: Path) -> str:
    dataset = open_dataset(path)
    files = [dataset.path_of(file) for file in dataset.manifest.files]
    return b"".join(line for file in files for line in lines_of(file)).decode()


def holder(tree: Tree, path: Path, rows: int, contexts: int) -> Holder:
    return Holder(path=str(path), root=str(tree.root), rows=rows, contexts=contexts)


def test_every_dataset_that_holds_it_is_named_and_made_again(tree: Tree, tmp_path: Path, c: str):
    file = make(tree, tmp_path / "x.jsonl")
    several = {"formats": ["parquet", "jsonl"], "also_profiles": ["messages"]}
    folder = make(tree, tmp_path / "y", output={"val_fraction": 0.0, **several})
    plan = plan_of(tree, f"{c}#3")
    assert plan == ForgetPlan(
        record=f"{c}#3",
        records=(f"{c}#3",),
        holders=(holder(tree, file, 1, 2), holder(tree, folder, 1, 2)),
        unreadable=(),
    )
    assert "secret" in texts(file)
    assert "secret" in texts(folder)
    done = forget(StorageEngine(tree.root), plan)
    assert done == Forgetting(
        plan=plan,
        done=True,
        remade=(
            Remade(path=str(file), rows_before=4, rows=3),
            Remade(path=str(folder), rows_before=4, rows=3),
        ),
        failed={},
    )
    for path in (file, folder):
        assert "secret" not in texts(path)
        assert verify_dataset(open_dataset(path), rebuild_from=tree.root).passed
    assert plan_of(tree, f"{c}#3").holders == (
        holder(tree, file, 0, 2),
        holder(tree, folder, 0, 2),
    )


def test_a_whole_conversation(tree: Tree, tmp_path: Path, c: str):
    path = make(tree, tmp_path / "x", examples={"unit": "conversation"})
    plan = plan_of(tree, c)
    assert plan.holders == (holder(tree, path, 1, 0),)
    assert do(tree, c).remade == (Remade(path=str(path), rows_before=2, rows=1),)
    # A conversation taken as one example holds each of its answers.
    again = make(tree, tmp_path / "y")
    assert "secret" not in texts(again)


def test_a_file_whose_name_looks_like_an_answers(tree: Tree, tmp_path: Path, c: str):
    record = tree.document("un2/sa/r #1/REQ#3", name="N", statement="the secret statement")
    other = tree.document("un2/sa/r #1/REQ#4", name="M", statement="another statement")
    path = make(tree, tmp_path / "x")
    plan = plan_of(tree, record)
    assert (plan.records, plan.holders) == ((record,), (holder(tree, path, 1, 0),))
    do(tree, record)
    assert "secret statement" not in texts(path)
    assert "another statement" in texts(path)
    assert plan_of(tree, other).holders == (holder(tree, path, 1, 0),)
    assert plan_of(tree, c).holders == (holder(tree, path, 3, 0),)


def test_a_twin_that_has_a_name_of_two_stops_it_before_anything_is_done(
    tree: Tree, tmp_path: Path, c: str
):
    twin = tree.conversation("d", *exchange("q1", "a1", rating=5))
    tree.document("un2/default/conversations/d#1", statement="a statement")
    path = make(tree, tmp_path / "x")
    plan = plan_of(tree, f"{c}#1")
    assert plan.records == (f"{c}#1", f"{twin}#1")
    with pytest.raises(BadInputError) as caught:
        forget(StorageEngine(tree.root), plan)
    assert caught.value.code == "record_ambiguous"
    assert list_forgotten(StorageEngine(tree.root)) == []
    assert "q1" in texts(path)


def test_a_twin_that_cannot_be_read_stops_it_before_anything_is_done(
    tree: Tree, tmp_path: Path, c: str
):
    """Once it is repaired, it would bring back the very text."""
    twin = tree.conversation("d", *exchange("q1", "a1", rating=5))
    path = make(tree, tmp_path / "x")
    plan = plan_of(tree, f"{c}#1")
    tree.put("un2/default/collections/conversations/d.json", "{")
    with pytest.raises(BadInputError) as caught:
        forget(StorageEngine(tree.root), plan)
    assert (caught.value.code, caught.value.params["path"]) == (
        "document_unreadable",
        f"{twin}.json",
    )
    assert list_forgotten(StorageEngine(tree.root)) == []
    assert "q1" in texts(path)


def test_a_whole_conversation_that_cannot_be_read(tree: Tree, c: str):
    tree.put("un2/default/collections/conversations/c.json", "{")
    assert plan_of(tree, c).records == (c,)
    do(tree, c)
    assert [record for _, record in list_forgotten(StorageEngine(tree.root))] == [c]


def test_copies_of_ratings_and_the_answers_they_speak_of(tree: Tree, tmp_path: Path, c: str):
    rate(StorageEngine(tree.root), c, 3, Judgement(5, correction="better secret"))
    path = make(tree, tmp_path / "x")
    assert plan_of(tree, f"{c}#3").holders == (holder(tree, path, 1, 2),)
    assert plan_of(tree, c).holders == (holder(tree, path, 3, 0),)
    do(tree, f"{c}#3")
    assert "secret" not in texts(path)


def test_answers_of_models_that_were_asked_the_same(tree: Tree, tmp_path: Path, c: str):
    asked = [Message("user", "q2"), Message("assistant", "secret"), Message("user", "q3")]
    rate_generated(StorageEngine(tree.root), asked, "of a model", Judgement(5), c)
    path = make(tree, tmp_path / "x")
    assert "of a model" in texts(path)
    assert plan_of(tree, f"{c}#3").holders == (holder(tree, path, 1, 3),)
    assert plan_of(tree, c).holders == (holder(tree, path, 4, 0),)
    do(tree, f"{c}#3")
    assert "secret" not in texts(path)
    assert "of a model" in texts(path)
    do(tree, c)
    assert "of a model" not in texts(path)


def test_a_row_that_would_take_its_place_goes_too(tree: Tree, tmp_path: Path, c: str):
    first = tree.conversation("b", *exchange("q1", "a1", rating=4))
    second = tree.conversation("d", *exchange("q1", "a1", rating=4))
    path = make(tree, tmp_path / "x")
    expected = (f"{first}#1", f"{c}#1", f"{second}#1")
    for record in expected:
        assert plan_of(tree, record).records == tuple(sorted(expected))
    done = do(tree, f"{second}#1")
    assert done.remade == (Remade(path=str(path), rows_before=4, rows=3),)
    assert '[INST] q1 [/INST] a1 </s>"' not in texts(path)


@pytest.mark.parametrize("names", [("x", "y"), ("y", "x")])
def test_rows_are_the_same_over_several_datasets(tree: Tree, tmp_path: Path, names: list[str]):
    """Whichever is looked at first: one dataset says what another's rows are the same as."""
    records = [
        tree.document(f"un2/default/{name}/r", messages=exchange("q", "secret", rating=4))
        for name in ("one", "two", "three")
    ]
    make(tree, tmp_path / names[0], source={"collections": ["one", "two"]})
    path = make(tree, tmp_path / names[1], source={"collections": ["two", "three"]})
    plan = plan_of(tree, f"{records[0]}#1")
    assert plan.records == tuple(sorted(f"{record}#1" for record in records))
    assert [holder.rows for holder in plan.holders] == [1, 1]
    do(tree, f"{records[0]}#1")
    assert "secret" not in texts(path)


def test_a_dataset_of_another_folder_or_that_was_changed(tree: Tree, tmp_path: Path, c: str):
    elsewhere = Tree(tmp_path / "elsewhere")
    elsewhere.conversation("c", *exchange("q", "a", rating=5))
    make(elsewhere, tmp_path / "theirs")
    changed = make(tree, tmp_path / "changed.jsonl")
    changed.write_bytes(changed.read_bytes() + b"\n")
    gone = make(tree, tmp_path / "gone")
    shutil.rmtree(gone)
    plan = plan_of(tree, c)
    assert (plan.holders, plan.unreadable) == ((), (str(changed),))


def test_a_dataset_that_was_moved_is_named_by_the_user(tree: Tree, tmp_path: Path, c: str):
    make(tree, tmp_path / "x").rename(tmp_path / "moved")
    assert plan_of(tree, c).holders == ()
    assert plan_of(tree, c, tmp_path / "moved").holders == (holder(tree, tmp_path / "moved", 3, 0),)


def test_one_that_cannot_be_made_again_is_left_and_named(tree: Tree, tmp_path: Path, c: str):
    path = make(tree, tmp_path / "x")
    other = make(tree, tmp_path / "y")
    (path / "mine.txt").write_bytes(b"")
    done = do(tree, f"{c}#3")
    assert [each.path for each in done.remade] == [str(other)]
    assert list(done.failed) == [str(path)]
    assert "mine.txt" in done.failed[str(path)]
    assert "secret" in texts(path)
    assert "secret" not in texts(other)


def test_what_nobody_knows_is_refused(tree: Tree, tmp_path: Path, c: str):
    assert c
    make(tree, tmp_path / "x")
    with pytest.raises(BadInputError) as caught:
        plan_of(tree, "un2/default/conversations/none")
    assert caught.value.code == "record_unknown"


def test_what_is_gone_from_the_data_but_in_a_dataset(tree: Tree, tmp_path: Path, c: str):
    path = make(tree, tmp_path / "x")
    (tree.root / "un2/default/collections/conversations/c.json").unlink()
    assert plan_of(tree, c).holders == (holder(tree, path, 3, 0),)
    assert do(tree, c).remade == (Remade(path=str(path), rows_before=4, rows=1),)


def test_a_pair_may_hold_it_in_the_context_of_either_answer(tree: Tree, tmp_path: Path):
    before = exchange("first ?", "the same", rating=1)
    tree.conversation("good", *before, *exchange("which ?", "this one", rating=5))
    worse = tree.conversation("worse", *before, *exchange("which ?", "that one", rating=2))
    path = make(
        tree,
        tmp_path / "x",
        output={"val_fraction": 0.0, "task": "dpo"},
        examples={"context_exchanges": 0},
    )
    assert plan_of(tree, f"{worse}#1").holders == (holder(tree, path, 0, 1),)


def test_a_pair_holds_the_answer_that_it_rejects(tree: Tree, tmp_path: Path):
    good = tree.conversation("good", *exchange("which ?", "this one", rating=5))
    bad = tree.conversation("bad", *exchange("which ?", "that one", rating=1))
    tree.conversation("third", *exchange("which ?", "no idea", rating=2))
    path = make(tree, tmp_path / "x", output={"val_fraction": 0.0, "task": "dpo"})
    row = explain_row(open_dataset(path), "1")
    assert (row.record, row.rejected) == (f"{good}#1", (f"{bad}#1",))
    assert "that one" in texts(path)
    assert plan_of(tree, f"{bad}#1").holders == (holder(tree, path, 1, 0),)
    do(tree, f"{bad}#1")
    assert "that one" not in texts(path)
    assert "no idea" in texts(path)
