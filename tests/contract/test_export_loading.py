"""HuggingFace ``datasets`` loads what an export wrote: the folder and the file, offline."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe

# A process of its own: ``datasets`` reads its environment when it is imported.
LOAD = """
import json, sys
from datasets import load_dataset
import datasets
datasets.disable_progress_bars()
loaded = {}
for path in sys.argv[1:]:
    if path.endswith(".jsonl"):
        found = load_dataset("json", data_files=path)
    else:
        found = load_dataset(path)
    loaded[path] = {
        split: {"features": {k: v.dtype for k, v in rows.features.items()}, "rows": rows["text"][:]}
        for split, rows in found.items()
    }
print(json.dumps(loaded))
"""


def load(home: Path, *paths: Path) -> dict[str, Any]:
    environment = {
        **os.environ,
        "HF_HOME": str(home),
        "HF_DATASETS_OFFLINE": "1",
        "HF_HUB_OFFLINE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOAD, *map(str, paths)],
        env=environment,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    return orjson.loads(done.stdout)


TEXTS = [
    "é « » 🙂 日本",
    "a\u2028b\u2029c\u0085d",
    "line\r\nline\n\n```json\n{}\n```",
    "tab\t\x0b\x0c\x1c\x1d\x1e\x7f",
    "2026-01-05",
    "null",
    "",
    "<s>[INST] [/INST] </s>",
    '"\\',
    "x" * 200_000,
]


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("loading") / "domain")
    for number in range(300):
        text = TEXTS[number % len(TEXTS)]
        tree.conversation(f"c{number}", *exchange(f"{number} {text}", f"{text} {number}", rating=5))
    return tree.root


def rows_of(path: Path) -> list[str]:
    return [orjson.loads(line)["text"] for line in path.read_bytes().split(b"\n")[:-1]]


def test_datasets_loads_folder_and_file(domain: Path, tmp_path: Path):
    two, three, small = tmp_path / "two", tmp_path / "three sides, é", tmp_path / "one side"
    one = tmp_path / "one file é.jsonl"
    for fractions, target in (
        ({}, two),
        ({"test_fraction": 0.2}, three),
        ({"val_fraction": 0}, small),
        ({}, one),
    ):
        # What is nearly the same, in question and answer or in two rows, is meant to stay here.
        values = {
            "output": fractions,
            "dedup": {"near": "off"},
            "quality": {"repeated_questions": "keep"},
        }
        report = export_dataset(ExportRecipe.model_validate(values), target, root=domain)
        assert report.rows == 300

    loaded = load(tmp_path / "hf", two, three, small, one)

    def expected(*paths: Path) -> dict[str, Any]:
        names = {"train": "train", "val": "validation", "test": "test"}
        return {
            names.get(path.stem, "train"): {"features": {"text": "string"}, "rows": rows_of(path)}
            for path in paths
        }

    assert loaded[str(two)] == expected(two / "data/train.jsonl", two / "data/val.jsonl")
    assert loaded[str(three)] == expected(
        three / "data/train.jsonl", three / "data/val.jsonl", three / "data/test.jsonl"
    )
    assert loaded[str(small)] == expected(small / "data/train.jsonl")
    assert loaded[str(one)] == expected(one)
    assert sorted(loaded[str(two)]) == ["train", "validation"]
    assert sorted(loaded[str(three)]) == ["test", "train", "validation"]
    assert len(loaded[str(one)]["train"]["rows"]) == 300


def test_one_row_is_enough(tmp_path: Path):
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("q", "2026-01-05", rating=5))
    recipe = ExportRecipe.model_validate({"output": {"val_fraction": 0}})
    export_dataset(recipe, tmp_path / "x", root=tree.root)
    loaded = load(tmp_path / "hf", tmp_path / "x")
    assert loaded[str(tmp_path / "x")]["train"]["rows"] == ["<s>[INST] q [/INST] 2026-01-05 </s>"]
