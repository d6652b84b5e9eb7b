"""Odd and damaged documents of every era: each has one fate, and none stops an export."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.fuzzing import files_like, nothing_synced, only_bad_input, tries
from domains.golden import NOBODY
from domains.tree import Tree
from raise_finetune.dataset.browsing.inspection import inspect_domain
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.storage.engine import StorageEngine

MESSAGES: list[Any] = [
    {"role": "user", "content": "q"},
    {"role": "assistant", "content": [{"type": "text", "text": "a"}], "metadata": {"rating": 5}},
]
# One of each kind, where each era keeps it.
GOOD: dict[str, Any] = {
    "un2/default/collections/conversations/c.json": {"id": "c", "messages": MESSAGES},
    "un2/default/old/b.json": {"_id": "b", "history": MESSAGES, "x_rating": 4},
    "un2/sa/collections/functions/f.json": {
        "id": "f",
        "layer": "SA",
        "name": "N",
        "description": "D",
        "type": "SystemFunction",
        "createdAt": "2026-01-01T00:00:00Z",
    },
    "un2/default/collections/articles/a.json": {
        "title": "T",
        "content": "text",
        "status": "published",
        "tags": ["x"],
        "metadata": {"source": "s", "chunk_index": 1, "total_chunks": 2},
    },
    "chats/main.json": {"id": "main", "history": [{"role": "User", "content": "Hi"}]},
    "un2/default/_system.json": {"collections": {"articles": {"items": [{"file": "a.json"}]}}},
    "un2/default/wal/1.json": {"operations": [{"Insert": {"collection": "x", "id": "y"}}]},
}
RATED = "un2/default/conversations/c"
WHOLE = ExportRecipe.model_validate(
    {"rating": {"include_unrated": True}, "examples": {"unit": "conversation"}}
)


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("documents") / "domain")
    for path, document in GOOD.items():
        tree.put(path, document)
    rate(StorageEngine(tree.root), RATED, 1, Judgement(5, correction="better"))
    return tree.root


@pytest.fixture(autouse=True, scope="module")
def quick_disk() -> Generator[None]:
    with nothing_synced():
        yield


@tries(30)
@given(data=st.data())
def test_documents(domain: Path, data: st.DataObject):
    files = sorted(str(path.relative_to(domain)) for path in domain.rglob("*.json"))
    path = domain / data.draw(st.sampled_from(files))
    good = path.read_bytes()
    path.write_bytes(data.draw(files_like(orjson.loads(good))))
    try:
        use(domain)
    finally:
        path.write_bytes(good)


def use(domain: Path) -> None:
    for recipe in (ExportRecipe(), WHOLE):
        with only_bad_input():
            report = export_dataset(
                recipe,
                domain.parent / "out",
                root=domain,
                known=NOBODY,
                state=domain.parent / "state",
                allow_empty=True,
            )
            assert sum(report.fates.values()) == report.records_read
    with only_bad_input():
        inspect_domain(StorageEngine(domain), WHOLE)
    with only_bad_input():
        StorageEngine(domain).leftover_transactions("un2", "default")
