"""``explain``: from a row back to its record, and why it is there."""

from pathlib import Path

import pytest

from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.explanation import Explanation, explain_row
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

DAY = "2026-01-05T08:00:00Z"


@pytest.fixture
def target(tree: Tree, tmp_path: Path) -> Path:
    tree.conversation(
        "c",
        *exchange("Mon adresse : jean.dupont@exemple.fr", "C’est noté.", rating=5),
        title={"fr": "Adresse"},
        tags=["a"],
        updatedAt=DAY,
    )
    tree.conversation("d", *exchange("q", "a </s>", rating=4))
    tree.conversation("e", *exchange("q", "a </s>", rating=4))
    return tmp_path / "x"


def explain(tree: Tree, target: Path, row: str, **sections: object) -> Explanation:
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0.0}, **sections})
    export_dataset(recipe, target, root=tree.root)
    return explain_row(open_dataset(target), row, tree.root)


def test_a_row_names_its_record_and_what_was_done_to_it(tree: Tree, target: Path):
    row = explain(tree, target, "train:1")
    assert (row.record, row.origin) == (
        "un2/default/conversations/c#1",
        "un2/default/conversations/c",
    )
    assert (row.split, row.row_index, row.rating) == ("train", 0, 5.0)
    assert row.masked == {"email": 1}
    assert row.rules
    assert [message.content for message in row.messages] == [
        "Mon adresse : <EMAIL_1>",
        "C’est noté.",
    ]
    assert row.source is not None
    assert (row.source.title, row.source.date[:10], row.source.tags) == (
        "Adresse",
        DAY[:10],
        ("a",),
    )
    assert [(reason.code, reason.params) for reason in row.reasons] == [
        ("rating_high_enough", {"rating": "5", "minimum": "4"}),
        ("side", {"split": "train", "group": "un2/default/conversations/c"}),
    ]
    assert b"jean.dupont" not in row.to_json()


def test_a_row_names_its_duplicates_and_repairs(tree: Tree, target: Path):
    row = explain(tree, target, "2")
    assert row.record == "un2/default/conversations/d#1"
    assert row.same == ("un2/default/conversations/e#1",)
    assert row.near == ()
    assert row.repairs == ("control_tokens_neutralised",)


def test_each_filter_that_was_asked_for_is_named(tree: Tree, target: Path):
    filters = {"tags": ["a"], "exclude_tags": ["b"], "since": "2026-01-01", "languages": ["fr"]}
    row = explain(tree, target, "1", filter=filters)
    assert [reason.code for reason in row.reasons] == [
        "rating_high_enough",
        "tags",
        "no_tags",
        "dates",
        "languages",
        "side",
    ]


def test_a_rating_given_here_leads_to_its_conversation(tree: Tree, target: Path):
    engine = StorageEngine(tree.root)
    rate(engine, "un2/default/conversations/c", 1, Judgement(5))
    row = explain(tree, target, "2")
    assert row.record.startswith("un2/finetune/feedback/")
    assert row.origin == "un2/default/conversations/c"
    assert row.reasons[0].code == "rated_here"
    assert row.source is not None
    assert row.source.title == "Adresse"


def test_without_the_data_folder_the_ledger_still_tells(tree: Tree, target: Path, tmp_path: Path):
    with_folder = explain(tree, target, "1")
    dataset = open_dataset(target)
    assert explain_row(dataset, "1") == with_folder.model_copy(update={"source": None})
    assert explain_row(dataset, "1", tmp_path / "none").source is None


def test_a_row_of_one_file_and_of_another_format(tree: Tree, target: Path):
    tmp_path = target.parent
    assert explain(tree, tmp_path / "x.jsonl", "2").record == "un2/default/conversations/d#1"
    packed = explain(
        tree, tmp_path / "packed", "2", output={"val_fraction": 0.0, "formats": ["parquet"]}
    )
    assert packed.record == "un2/default/conversations/d#1"
    assert [message.content for message in packed.messages] == ["q", "a <\\/s>"]


def test_documentation_and_unrated_answers(tree: Tree, target: Path):
    tree.conversation("a", *exchange("q0", "a0"))
    row = explain(tree, target, "1", rating={"include_unrated": True})
    assert (row.rating, row.reasons[0].code) == (None, "unrated_wanted")
    unrated, whole = {"include_unrated": True}, {"unit": "conversation"}
    row = explain(tree, target, "1", rating=unrated, examples=whole)
    assert (row.rating, row.reasons[0].code) == (None, "no_rating_needed")
    tree.document(
        "un2/default/articles/a", id="a", title="T", summary={"fr": "S"}, slug="t",
        handle="t", displayName="T", status="published", tags=[],
        publishedAt="2026-01-05T08:00:00+00:00",
    )  # fmt: skip
    row = explain(tree, target, "1")
    assert (row.record, row.reasons[0].code) == ("un2/default/articles/a", "documentation")


def test_documentation_whose_name_looks_like_an_answers(tree: Tree, target: Path):
    record = tree.document("un2/sa/requirements #1/REQ#3", name="N", statement="Le lien")
    row = explain(tree, target, "3", examples={"context_exchanges": 0})
    assert (row.record, row.origin, row.reasons[0].code) == (record, record, "documentation")


@pytest.mark.parametrize("row", ["0", "3", "train:0", "train:3", "val:1", "x", "-1", "", "train:"])
def test_a_row_that_is_not_there(tree: Tree, target: Path, row: str):
    with pytest.raises(BadInputError) as caught:
        explain(tree, target, row)
    assert caught.value.code == "row_missing"
    assert caught.value.params["known"] == "train:1–2"


def test_a_row_that_the_ledger_does_not_know(tree: Tree, target: Path):
    explain(tree, target, "1")
    ledger = target / ".raise/ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(line for line in lines if b'"row":0' not in line))
    with pytest.raises(BadInputError) as caught:
        explain_row(open_dataset(target), "1")
    assert caught.value.code == "row_unknown"
