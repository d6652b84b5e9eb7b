"""Damaged recipes, manifests and datasets: refused with a reason, or found to be damaged."""

import hashlib
import shutil
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from domains.fuzzing import damaged, encoded, files_like, only_bad_input, tries, wrong
from domains.golden import NOBODY
from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.comparison import compare_datasets
from raise_finetune.dataset.exports.explanation import explain_row
from raise_finetune.dataset.exports.forgetting import plan_forgetting
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe, parse_recipe, read_recipe, recipe_from
from raise_finetune.dataset.verification.existing import lines_of, open_dataset
from raise_finetune.dataset.verification.verify import verify_dataset
from raise_finetune.dataset.writing.remembered import datasets_made_of
from raise_finetune.inference.held_out import held_out_rows
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.training.answers import training_text
from raise_finetune.training.config import DataSection, TrainingConfig
from raise_finetune.training.config_file import (
    config_from,
    format_config,
    parse_config,
    read_config,
)
from raise_finetune.training.source import open_dataset as open_for_training

RECIPE = format_recipe(ExportRecipe(), "en")
CONFIG = format_config(TrainingConfig(), "en")
PLAIN_RECIPE: Any = ExportRecipe().model_dump(mode="json", by_alias=False)
PLAIN_CONFIG: Any = TrainingConfig().model_dump(mode="json", by_alias=False)


def texts_like(good: str) -> st.SearchStrategy[str]:
    of_lines = st.lists(st.sampled_from(good.splitlines()), max_size=12).map("\n".join)
    nested = st.sampled_from(["[" * 5000, "a = " + "[" * 5000, "a." * 5000 + "b = 1", "{" * 999])
    return (
        damaged(good.encode()).map(lambda content: content.decode("utf-8", "replace"))
        | of_lines
        | nested
        | st.text(max_size=64)
    )


@tries(100)
@given(content=texts_like(RECIPE))
def test_recipes(content: str):
    with only_bad_input():
        parse_recipe(content, "r.toml")


@tries(30)
@given(content=damaged(RECIPE.encode()) | st.binary(max_size=64))
def test_files_of_recipes(tmp_path: Path, content: bytes):
    (tmp_path / "r.toml").write_bytes(content)
    with only_bad_input(naming=tmp_path / "r.toml"):
        read_recipe(tmp_path / "r.toml")
    with only_bad_input(naming=tmp_path / "r.toml"):
        read_config(tmp_path / "r.toml")


@tries(100)
@given(values=wrong(PLAIN_RECIPE))
def test_recipes_of_wrong_values(values: Any):
    with only_bad_input():
        recipe_from(values, "r.toml")


@tries(100)
@given(content=texts_like(CONFIG))
def test_training_configurations(content: str):
    with only_bad_input():
        parse_config(content, "training.toml")


@tries(100)
@given(values=wrong(PLAIN_CONFIG))
def test_training_configurations_of_wrong_values(values: Any):
    with only_bad_input():
        config_from(values, "training.toml")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzzed")
    tree = Tree(folder / "domain")
    for number in range(4):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a", rating=5))
    recipe = ExportRecipe.model_validate(
        {"output": {"val_fraction": 0.3, "formats": ["jsonl", "jsonl.zst", "parquet"]}}
    )
    export_dataset(recipe, folder / "good", root=tree.root, known=NOBODY)
    shutil.copytree(folder / "good", folder / "bad")
    return folder


RECORD = "un2/default/conversations/c0"


def use(folder: Path) -> None:
    """Do with a dataset all that the program can do with one."""
    root = folder.parent / "domain"
    with only_bad_input():
        explain_row(open_dataset(folder), "1", root)
    with only_bad_input():
        plan_forgetting(StorageEngine(root), RECORD, datasets_made_of(root, [folder]))
    with only_bad_input():
        verify_dataset(open_dataset(folder), known=NOBODY)
    with only_bad_input():
        compare_datasets(open_dataset(folder), open_dataset(folder))
    with only_bad_input():
        data = open_for_training(DataSection(dataset=str(folder), verify=False))
        for split in data.files:
            for row in data.rows(split):
                training_text(row, data.profile)
    with only_bad_input():
        held_out_rows(folder, get_text_profile(ExportRecipe().output.profile))


@contextmanager
def replaced(path: Path, content: bytes) -> Generator[None]:
    good = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(good)


# What of a manifest is used, besides being shown.
USED = ("recipe", "files", "side_files", "profile", "fates", "tokenizer", "seed")


@tries(150)
@given(data=st.data())
def test_manifests(dataset: Path, data: st.DataObject):
    path = dataset / "bad/.raise/manifest.json"
    good: Any = orjson.loads(path.read_bytes())
    part = data.draw(st.sampled_from((*USED, "output")))
    if part == "output":
        output = data.draw(wrong(good["recipe"]["output"]))
        content = encoded({**good, "recipe": {**good["recipe"], "output": output}})
    else:
        content = encoded({**good, part: data.draw(wrong(good[part]))})
    with replaced(path, data.draw(st.just(content) | files_like(good))):
        use(dataset / "bad")


LINES = (".raise/ledger.jsonl", "data/train.jsonl", "jsonl.zst/data/train.jsonl.zst")


@tries(100)
@given(data=st.data())
def test_lines_of_wrong_values(dataset: Path, data: st.DataObject):
    path = dataset / "bad" / data.draw(st.sampled_from(LINES))
    lines = list(lines_of(path))
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = encoded(data.draw(wrong(orjson.loads(lines[number])))) + b"\n"
    content = b"".join(lines)
    if path.suffix == ".zst":
        content = zstandard.compress(content)
    with replaced(path, content), sealed_again(dataset / "bad", path, content):
        use(dataset / "bad")


@contextmanager
def sealed_again(folder: Path, path: Path, content: bytes) -> Generator[None]:
    """Let the manifest say that the file is right, so that it is read."""
    manifest = folder / ".raise/manifest.json"
    values: Any = orjson.loads(manifest.read_bytes())
    for file in (*values["files"], *values["side_files"]):
        if folder / file["path"] == path:
            file["sha256"] = hashlib.sha256(content).hexdigest()
    with replaced(manifest, orjson.dumps(values)):
        yield


@tries(8)
@given(data=st.data())
def test_datasets_that_are_made_again(dataset: Path, data: st.DataObject):
    path = dataset / "bad/.raise/manifest.json"
    good: Any = orjson.loads(path.read_bytes())
    content = encoded({**good, "recipe": data.draw(wrong(good["recipe"]))})
    with replaced(path, content), only_bad_input():
        verify_dataset(open_dataset(dataset / "bad"), rebuild_from=dataset / "domain", known=NOBODY)


TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


@pytest.fixture(scope="module")
def templated(dataset: Path) -> Path:
    """A dataset that was written by a template of the user's, which is kept with it."""
    model = dataset / "model"
    model.mkdir()
    config = {"bos_token": "<s>", "eos_token": "</s>", "chat_template": TEMPLATE}
    (model / "tokenizer_config.json").write_bytes(orjson.dumps(config))
    added = [{"id": 1, "content": "<s>", "special": True}]
    (model / "tokenizer.json").write_bytes(orjson.dumps({"added_tokens": added}))
    recipe = ExportRecipe.model_validate({"output": {"profile": f"template:{model}"}})
    export_dataset(recipe, dataset / "templated", root=dataset / "domain", known=NOBODY)
    return dataset / "templated"


@tries(5)
@given(data=st.data())
def test_templates_that_were_kept(templated: Path, data: st.DataObject):
    kept = sorted((templated / ".raise/templates").rglob("*.*"))
    path = data.draw(st.sampled_from([each for each in kept if each.is_file()]))
    content = data.draw(damaged(path.read_bytes()))
    with replaced(path, content), sealed_again(templated, path, content):
        use(templated)


@tries(80)
@given(data=st.data())
def test_files_of_a_dataset(dataset: Path, data: st.DataObject):
    names = sorted(
        str(path.relative_to(dataset / "good"))
        for path in (dataset / "good").rglob("*")
        if path.is_file() and path.name != "manifest.json"
    )
    path = dataset / "bad" / data.draw(st.sampled_from(names))
    content = data.draw(damaged(path.read_bytes()))
    sealing = sealed_again(dataset / "bad", path, content)
    with replaced(path, content), sealing if data.draw(st.booleans()) else nullcontext():
        use(dataset / "bad")
