"""The same data gives the same bytes: twice, elsewhere, and written in another order."""

import os
import shutil
from pathlib import Path

import pytest

from domains.tree import snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.demo.domain import write_demo
from raise_finetune.storage.engine import StorageEngine

RATED = "un2/default/conversations"


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same") / "domain"
    write_demo(folder, 40, seed=3)
    engine = StorageEngine(folder)
    (path, *_) = sorted((folder / "un2/default/collections/conversations").glob("[!_]*.json"))
    rate(engine, f"{RATED}/{path.stem}", 1, Judgement(5, correction="Mieux."))
    return folder


def copied_backwards(domain: Path, target: Path) -> Path:
    """Copy a data folder file by file in the opposite order, with other times."""
    files = sorted((path for path in domain.rglob("*") if path.is_file()), reverse=True)
    for number, path in enumerate(files):
        copy = target / path.relative_to(domain)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (number, number))
    return target


@pytest.mark.parametrize(
    "sections",
    [
        {},
        {"output": {"task": "dpo"}, "rating": {"include_unrated": True}},
        {"output": {"formats": ["parquet", "jsonl.zst"], "also_profiles": ["messages"]}},
        {"examples": {"unit": "conversation"}, "rating": {"include_unrated": True}},
        {"output": {"stratify": ["language", "source"], "test_fraction": 0.1}},
    ],
    ids=["default", "dpo", "formats", "conversations", "strata"],
)
def test_a_dataset_folder_is_the_same_to_the_last_byte(
    domain: Path, tmp_path: Path, sections: dict[str, object]
):
    """Card, report, recipe, ledger and manifest included: nothing tells where it was made."""
    recipe = ExportRecipe.model_validate(sections)
    elsewhere = copied_backwards(domain, tmp_path / "another/deep/place")
    made: list[dict[str, bytes] | bytes | None] = []
    for number, root in enumerate((domain, domain, elsewhere)):
        target = tmp_path / f"{number}/dataset"
        target.parent.mkdir()
        export_dataset(recipe, target, root=root)
        made.append(snapshot(target))
    first, again, of_copy = made
    assert first == again == of_copy
    assert isinstance(first, dict)
    assert {".raise/manifest.json", ".raise/ledger.jsonl", ".raise/report.json"} < set(first)
