"""``diff``: each row that was added, removed, changed or moved, and why."""

from pathlib import Path

import pytest

from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.comparison import ChangedRow, Comparison, compare_datasets
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.forgotten import entry_of, keep_forgotten
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine


@pytest.fixture
def c(tree: Tree) -> str:
    return tree.conversation("c", *exchange("q1", "a1", rating=5), *exchange("q2", "a2", rating=4))


class Exports:
    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder

    def make(self, name: str, **sections: object) -> None:
        sections["output"] = {"val_fraction": 0.0, **dict(sections.get("output", {}))}  # pyright: ignore
        recipe = ExportRecipe.model_validate(sections)
        export_dataset(recipe, self._folder / name, root=self._root, allow_empty=True)

    def compare(self, old: str = "old", new: str = "new") -> Comparison:
        return compare_datasets(open_dataset(self._folder / old), open_dataset(self._folder / new))


@pytest.fixture
def exports(tree: Tree, tmp_path: Path) -> Exports:
    return Exports(tree.root, tmp_path)


def row(record: str, place: str, why: str, detail: str = "") -> ChangedRow:
    return ChangedRow(record=record, place=place, why=why, detail=detail)


def test_the_same_data_and_recipe(exports: Exports, c: str):
    assert c
    exports.make("old")
    exports.make("new.jsonl")
    exports.make("new")
    comparison = exports.compare()
    assert (comparison.same, comparison.unchanged, comparison.recipe) == (True, 2, ())
    assert not comparison.input_changed
    assert comparison.sides_compared


def test_one_file_has_no_sides(exports: Exports, tree: Tree, c: str):
    for number in range(20):
        tree.conversation(f"more-{number}", *exchange(f"Q {number}", f"A {number}", rating=5))
    exports.make("old", output={"val_fraction": 0.2})
    exports.make("new.jsonl", output={"val_fraction": 0.2})
    for pair in (("old", "new.jsonl"), ("new.jsonl", "old")):
        comparison = exports.compare(*pair)
        assert (comparison.same, comparison.unchanged, comparison.sides_compared) == (
            True,
            22,
            False,
        )
    tree.conversation("c", *exchange("q1", "A1", rating=5), *exchange("q2", "a2", rating=1))
    exports.make("newer.jsonl", output={"val_fraction": 0.2})
    comparison = exports.compare("old", "newer.jsonl")
    assert comparison.changed.rows[0].record == f"{c}#1"
    assert comparison.changed.rows[0].place.startswith("all:")
    assert (comparison.changed.count, comparison.removed.count, comparison.moved.count) == (1, 1, 0)
    assert exports.compare("new.jsonl", "newer.jsonl").sides_compared


def test_a_key_of_the_recipe(exports: Exports, c: str):
    exports.make("old")
    exports.make("new", rating={"minimum": 5}, output={"seed": 7})
    comparison = exports.compare()
    assert [(each.key, each.old, each.new) for each in comparison.recipe] == [
        ("output.seed", "42", "7"),
        ("rating.minimum", "4.0", "5.0"),
    ]
    assert comparison.removed.rows == (row(f"{c}#3", "train:2", "rated_too_low"),)
    assert (comparison.unchanged, comparison.added.count) == (1, 0)
    back = exports.compare("new", "old")
    assert back.added.rows == (row(f"{c}#3", "train:2", "rated_too_low"),)


def test_another_profile_changes_every_row(exports: Exports, c: str):
    exports.make("old")
    exports.make("new", output={"profile": "chatml"})
    comparison = exports.compare()
    assert comparison.changed.rows == (
        row(f"{c}#1", "train:1", "recipe"),
        row(f"{c}#3", "train:2", "recipe"),
    )


def test_what_changed_in_the_data(exports: Exports, tree: Tree, c: str):
    exports.make("old")
    tree.conversation("c", *exchange("q1", "A1", rating=5), *exchange("q2", "a2", rating=1))
    new = tree.conversation("d", *exchange("q", "a", rating=5))
    exports.make("new")
    comparison = exports.compare()
    assert comparison.input_changed
    assert comparison.changed.rows == (row(f"{c}#1", "train:1", "data"),)
    assert comparison.removed.rows == (row(f"{c}#3", "train:2", "rated_too_low"),)
    assert comparison.added.rows == (row(f"{new}#1", "train:2", "not_there_before"),)
    (tree.root / "un2/default/collections/conversations/c.json").unlink()
    exports.make("newer")
    gone = exports.compare("new", "newer")
    assert gone.removed.rows == (row(f"{c}#1", "train:1", "not_read_any_more"),)


def test_a_rating_given_here_is_a_change_of_its_answer(exports: Exports, tree: Tree, c: str):
    exports.make("old")
    engine = StorageEngine(tree.root)
    rate(engine, c, 1, Judgement(5, correction="better"))
    exports.make("new")
    comparison = exports.compare()
    (changed, context) = sorted(comparison.changed.rows, key=lambda each: each.why == "data")
    assert changed.record.startswith("un2/finetune/feedback/")
    assert (changed.why, changed.detail) == ("superseded", f"{c}#1")
    assert context == row(f"{c}#3", context.place, "data")
    assert comparison.added.count == comparison.removed.count == 0


def test_a_duplicate_and_what_was_forgotten(exports: Exports, tree: Tree, c: str):
    other = tree.conversation("d", *exchange("q1", "a1", rating=4))
    exports.make("old", rating={"minimum": 4.5})
    engine = StorageEngine(tree.root)
    keep_forgotten(engine, [entry_of(engine, f"{c}#1")])
    exports.make("new")
    comparison = exports.compare()
    assert comparison.removed.rows == (row(f"{c}#1", "train:1", "forgotten"),)
    assert [each.record for each in comparison.added.rows] == [f"{c}#3", f"{other}#1"]
    assert comparison.added.why == {"rated_too_low": 2}


def test_another_side(exports: Exports, tree: Tree):
    for number in range(8):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a", rating=5))
    exports.make("old")
    exports.make("new", output={"val_fraction": 0.5})
    comparison = exports.compare()
    assert comparison.moved.count > 0
    assert comparison.moved.count + comparison.unchanged == 8
    assert {each.detail for each in comparison.moved.rows} == {"train"}
    assert all(each.place.startswith("val:") for each in comparison.moved.rows)


def test_a_damaged_ledger_is_named(exports: Exports, tmp_path: Path, c: str):
    assert c
    exports.make("old")
    (tmp_path / "old/.raise/ledger.jsonl").write_bytes(b'{"record":"a","fate":"unrated"}\n{\n')
    with pytest.raises(BadInputError) as caught:
        exports.compare(new="old")
    assert (caught.value.code, caught.value.params["line"]) == ("ledger_damaged", 2)
