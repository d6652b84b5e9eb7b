"""Every way of writing a dataset: loaded by ``datasets``, and replaced only if it is ours."""

import hashlib
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any, cast

import pytest
from datasets import (  # pyright: ignore[reportUnknownVariableType]
    Features,
    List,
    Value,
    get_dataset_config_names,  # pyright: ignore[reportUnknownVariableType]
    load_dataset,  # pyright: ignore[reportUnknownVariableType]
)

from domains.tree import Json, Tree, exchange, snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.formats import read_rows
from raise_finetune.dataset.manifest import read_manifest
from raise_finetune.dataset.prompts.profile import Feature
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.writing.streams import streams_of
from raise_finetune.errors import BadInputError

SPLITS = {"train": "train", "val": "validation", "test": "test"}


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answers that look like dates, twice to each question: a good one and a bad one."""
    tree = Tree(tmp_path_factory.mktemp("formats") / "domain")
    for number in range(60):
        day = f"20{number % 30:02}-01-05"
        tree.conversation(f"a{number}", *exchange(day, f"{day}T10:00:00", rating=5))
        tree.conversation(f"b{number}", *exchange(day, f"{day} é\u2028", rating=1))
    return tree.root


def export(domain: Path, output: Path, **options: object) -> tuple[ExportRecipe, ExportReport]:
    sides = {"val_fraction": 0.2, "test_fraction": 0.2}
    recipe = ExportRecipe.model_validate({"output": {**sides, **options}})
    return recipe, export_dataset(recipe, output, root=domain)


def load(folder: Path, config: str) -> Mapping[str, Any]:
    return cast("Any", load_dataset(str(folder), config, cache_dir=str(folder.parent / "cache")))


def features(columns: Mapping[str, Feature]) -> Features:
    return Features(
        {
            name: Value(feature)
            if isinstance(feature, str)
            else List({key: Value(dtype) for one in feature for key, dtype in one.items()})
            for name, feature in columns.items()
        }
    )


def values(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(cast("Json", value).values())
    if isinstance(value, list):
        for each in cast("list[object]", value):
            yield from values(each)
    else:
        yield value


def check(output: Path, recipe: ExportRecipe, report: ExportReport) -> None:
    """Load each configuration of each format and compare it with what the files hold."""
    for stream in streams_of(recipe.output):
        folder = output / stream.root
        assert stream.config in get_dataset_config_names(str(folder))
        loaded = load(folder, stream.config)
        assert {name: len(rows) for name, rows in loaded.items()} == {
            SPLITS[split]: rows for split, rows in report.splits.items()
        }
        for split, rows in loaded.items():
            assert rows.features == features(stream.columns)
            written = [
                row
                for file in report.files
                if (file.config, file.format) == (stream.config, stream.format)
                if SPLITS[file.split] == split
                for row in read_rows(output / file.path)
            ]
            assert None not in set(values(written))
            if stream.format == "parquet" or set(stream.columns) == {"text"}:
                assert list(rows) == written  # the loader's JSON reader rewrites dates alone


@pytest.mark.parametrize("task", ["sft", "dpo", "kto"])
@pytest.mark.parametrize("profile", ["inst", "messages"])
def test_each_task_loads_in_each_format(domain: Path, tmp_path: Path, task: str, profile: str):
    formats = ["jsonl", "parquet", "jsonl.zst"]
    recipe, report = export(domain, tmp_path / "set", task=task, profile=profile, formats=formats)
    assert set(report.splits) == {"train", "val", "test"}
    check(tmp_path / "set", recipe, report)


@pytest.mark.parametrize("formats", [["jsonl.zst"], ["parquet"], ["parquet", "jsonl"]])
def test_several_profiles_and_shards(domain: Path, tmp_path: Path, formats: Sequence[str]):
    recipe, report = export(
        domain,
        tmp_path / "set",
        formats=formats,
        also_profiles=["messages", "llama3.1", "alpaca"],
        shard_megabytes=1,
    )
    check(tmp_path / "set", recipe, report)
    names = [file.path for file in report.files if file.split == "train"]
    assert names[:2] == [
        f"data/train-00001.{formats[0]}",
        f"data/messages/train-00001.{formats[0]}",
    ]


def test_many_shards_are_one_side(tmp_path: Path):
    tree = Tree(tmp_path / "domain")
    for number in range(40):
        tree.conversation(f"c{number}", *exchange("q", f"{number:02}" + "x" * 100_000, rating=5))
    recipe, report = export(tree.root, tmp_path / "set", shard_megabytes=1)
    assert [file.path for file in report.files if file.split == "train"] == [
        f"data/train-0000{number}.jsonl" for number in (1, 2, 3)
    ]
    check(tmp_path / "set", recipe, report)


def test_every_file_is_listed_with_its_hash(domain: Path, tmp_path: Path):
    _, report = export(
        domain, tmp_path / "set", formats=["jsonl", "parquet"], also_profiles=["chatml"]
    )
    assert read_manifest(tmp_path / "set").files == report.files
    for file in report.files:
        data = (tmp_path / "set" / file.path).read_bytes()
        assert (file.bytes, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    found = {
        path.relative_to(tmp_path / "set").as_posix()
        for path in (tmp_path / "set").rglob("*")
        if path.is_file() and ".raise" not in path.parts and path.name != "README.md"
    }
    assert found == {file.path for file in report.files}


def test_a_dataset_of_every_kind_is_replaced_and_leaves_nothing(domain: Path, tmp_path: Path):
    several = {"formats": ["jsonl", "parquet", "jsonl.zst"], "also_profiles": ["gemma"]}
    first = snapshot(export(domain, tmp_path / "set", **several) and tmp_path / "set")
    export(domain, tmp_path / "set", shard_megabytes=1)
    assert not (tmp_path / "set/parquet").exists()
    export(domain, tmp_path / "set", **several)
    assert snapshot(tmp_path / "set") == first


@pytest.mark.parametrize(
    "name", ["data/notes.txt", "parquet/notes.md", "data/gemma/x.jsonl", "parquet/data/train.csv"]
)
def test_what_somebody_added_is_never_replaced(domain: Path, tmp_path: Path, name: str):
    export(domain, tmp_path / "set", formats=["jsonl", "parquet"], also_profiles=["gemma"])
    (tmp_path / "set" / name).write_text("mine")
    with pytest.raises(BadInputError) as caught:
        export(domain, tmp_path / "set")
    assert caught.value.code == "output_has_other_files"
    assert caught.value.params["name"] == name


@pytest.mark.parametrize(
    "options", [{"formats": ["parquet"]}, {"also_profiles": ["gemma"]}, {"shard_megabytes": 1}]
)
def test_one_file_holds_one_kind(domain: Path, tmp_path: Path, options: Json):
    with pytest.raises(BadInputError) as caught:
        export(domain, tmp_path / "x.jsonl", **options)
    assert caught.value.code == "one_file_holds_one_kind"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("parquet", "pyarrow", "parquet"), ("jsonl.zst", "zstandard", "zstd")],
)
def test_a_missing_library_is_named_before_anything_is_written(
    domain: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: str,
    extra: str,
):
    find_spec = importlib.util.find_spec

    def without_it(sought: str) -> ModuleSpec | None:
        return None if sought == module else find_spec(sought)

    monkeypatch.setattr(importlib.util, "find_spec", without_it)
    with pytest.raises(BadInputError) as caught:
        export(domain, tmp_path / "set", formats=["jsonl", name])
    assert caught.value.code == "format_not_installed"
    assert caught.value.params == {"format": name, "package": module, "extra": extra}
    assert not (tmp_path / "set").exists()
