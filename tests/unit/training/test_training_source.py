"""What a training reads of a dataset: the recipe's own rows, whatever their format and files."""

from pathlib import Path

import orjson
import pytest

from domains.tree import Json, Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.manifest import MANIFEST_FILE
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.training.config import DataSection
from raise_finetune.training.rows import EncodedRow, encode_rows
from raise_finetune.training.source import open_dataset


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"formats": ["jsonl.zst"]},
        {"formats": ["parquet", "jsonl"]},
        {"also_profiles": ["messages", "chatml"]},
        {"shard_megabytes": 1},
    ],
)
def test_the_rows_are_those_of_the_recipes_profile(tmp_path: Path, options: Json):
    tree = Tree(tmp_path / "domain")
    for number in range(30):
        answer = f"{number:02} " + chr(97 + number % 26) * 100_000
        tree.conversation(f"c{number}", *exchange(f"q{number}", answer, rating=5))
    plain = {"output": {"val_fraction": 0.3}}
    export_dataset(ExportRecipe.model_validate(plain), tmp_path / "plain", root=tree.root)
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0.3, **options}})
    export_dataset(recipe, tmp_path / "set", root=tree.root)
    data = open_dataset(DataSection(dataset=str(tmp_path / "set")))
    for split in ("train", "val"):
        lines = (tmp_path / f"plain/data/{split}.jsonl").read_bytes().splitlines()
        assert list(data.rows(split)) == [orjson.loads(line) for line in lines]
        assert data.place(split) is not None
    assert list(data.rows("test")) == []
    assert data.place("test") is None


@pytest.mark.parametrize(
    ("unit", "verify", "learned"),
    [
        ("answer", True, [[" b </s>"], [" d </s>"]]),
        ("conversation", True, [[" b </s>", " d </s>"]]),
        ("answer", False, [[" b </s>"], [" b </s>", " d </s>"]]),  # nothing tells the unit
    ],
)
def test_a_row_is_learned_from_for_the_answer_that_it_was_exported_for(
    tmp_path: Path, tiny_mistral: Path, unit: str, verify: bool, learned: list[list[str]]
):
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("a", "b", rating=5), *exchange("c", "d", rating=5))
    recipe = ExportRecipe.model_validate({"examples": {"unit": unit}})
    export_dataset(recipe, tmp_path / "set", root=tree.root)
    if not verify:
        (tmp_path / "set" / MANIFEST_FILE).unlink()
    section = DataSection(
        dataset=str(tmp_path / "set"), profile="" if verify else "inst", verify=verify
    )
    tokenizer = load_tokenizer(str(tiny_mistral))

    def said(row: EncodedRow, start: int, end: int) -> str:
        return "".join(map(tokenizer.piece, row.ids[start:end])).replace("▁", " ")

    rows = encode_rows(open_dataset(section), "train", tokenizer)
    assert [[said(row, *span) for span in row.answers] for row in rows] == learned


def test_a_relative_name_is_sought_where_exports_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "datasets"))
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    export_dataset(ExportRecipe(), "set", root=tree.root)
    assert open_dataset(DataSection(dataset="set")).folder == tmp_path / "datasets/training/set"
    with pytest.raises(BadInputError) as caught:
        open_dataset(DataSection(dataset="sets"))
    assert (caught.value.code, caught.value.params["path"]) == ("training_dataset_missing", "sets")
