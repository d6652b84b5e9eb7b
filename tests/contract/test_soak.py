"""Exports and ratings without end in one process: descriptors, children and memory stay flat.

``RAISE_SOAK=1000 .venv/bin/pytest tests/contract/test_soak.py`` makes a thousand of each.
"""

import gc
import os
from pathlib import Path

import psutil

from domains.golden import NOBODY
from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.judgements import Judgement, rate, remove_rating
from raise_finetune.storage.engine import StorageEngine

ROUNDS = int(os.environ.get("RAISE_SOAK", "20"))
WARM_UP = 5
# What allocators and caches keep to themselves; a leak of a round's data would be far more.
_OBJECTS, _BYTES = 2000, 32 * 1024 * 1024


def test_nothing_grows(tree: Tree, tmp_path: Path):
    for number in range(20):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a" * 200, rating=5))
    record = "un2/default/conversations/c0"
    engine = StorageEngine(tree.root)
    process = psutil.Process()

    def one_round(number: int) -> None:
        rate(engine, record, 1, Judgement(1 + number % 5, correction="better"))
        for name in ("x.jsonl", "x"):
            export_dataset(
                ExportRecipe(), tmp_path / name, root=tree.root, known=NOBODY, state=tmp_path / "s"
            )
        remove_rating(engine, record, 1)

    def measure() -> tuple[int, int, int, int]:
        gc.collect()
        descriptors, children = process.num_fds(), len(process.children())
        return descriptors, children, len(gc.get_objects()), process.memory_info().rss

    for number in range(WARM_UP):
        one_round(number)
    before = measure()
    for number in range(ROUNDS):
        one_round(number)
    after = measure()
    assert after[0] - before[0] < ROUNDS // 2  # one kept by each round would be twice as many
    assert after[1] - before[1] < ROUNDS // 2
    assert after[2] - before[2] < _OBJECTS
    assert after[3] - before[3] < _BYTES
    print(f"\n{ROUNDS} rounds: {before} → {after}")  # noqa: T201
