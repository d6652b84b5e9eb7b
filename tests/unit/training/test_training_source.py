"""What a training reads of a dataset: the recipe's own rows, whatever their format and files."""

from pathlib import Path

import orjson
import pytest

from domains.tree import Json, Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.errors import BadInputError
from raise_finetune.training.config import DataSection
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
