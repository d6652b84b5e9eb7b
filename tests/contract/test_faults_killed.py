"""Ratings, documents and ``forget`` killed at any moment: whole, and done when done again."""

import signal
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from domains.changes import CHANGES, changeable
from domains.killing import Server
from domains.tree import Tree, exchange, files_of, snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.forgetting import forget, plan_forgetting
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.dataset.writing.remembered import KnownDataset, datasets_made_of
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

# Seconds after the child was made: a change takes about ten milliseconds.
MOMENTS = (0.001, 0.003, 0.006, 0.01)


@pytest.fixture(scope="module")
def server() -> Generator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change(change: Callable[[StorageEngine], None], server: Server, tmp_path: Path):
    for number, moment in enumerate(MOMENTS):
        engine = changeable(tmp_path / str(number))
        before = files_of(engine.root)
        status = server.do("change", engine.root, change.__name__, kill_after=moment)
        assert status in (0, -signal.SIGKILL)
        after = files_of(engine.root)
        for name, content in after.items():
            if name.endswith(".json"):
                orjson.loads(content)
        stayed = {name for name in before if before[name] == after.get(name)}
        assert len(before.keys() - stayed) <= 2  # the document, and the index that lists it
        with suppress(BadInputError):  # there already
            change(engine)
        left = [name for name in files_of(engine.root) if name.endswith(".tmp")]
        assert left == [] or status == -signal.SIGKILL


def test_forget_is_done_when_it_is_done_again(tmp_path: Path):
    """Killed after the first dataset was made again: both are whole, and the second one is next."""
    tree = Tree(tmp_path / "domain")
    for number in range(6):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a", rating=5))
    engine = StorageEngine(tree.root)
    targets = [tmp_path / "out" / name for name in ("first", "second")]
    targets[0].parent.mkdir()
    for target in targets:
        export_dataset(ExportRecipe(), target, root=tree.root)
    before = [snapshot(target) for target in targets]
    record = "un2/default/conversations/c0"

    server = Server()  # of its own, with this test's state
    assert server.do("forget", tree.root, record, 1) == -signal.SIGKILL
    server.close()
    held = [plan.path for plan in plan_forgetting(engine, record, known(engine)).holders]
    assert held == [str(targets[1])]
    assert snapshot(targets[0]) != before[0]
    assert snapshot(targets[1]) == before[1]

    forget(engine, plan_forgetting(engine, record, known(engine)))
    assert plan_forgetting(engine, record, known(engine)).holders == ()
    for target in targets:
        entries = {entry["record"]: entry["fate"] for entry in open_dataset(target).ledger()}
        assert entries["un2/default/conversations/c0#1"] == "forgotten"
    assert sorted(targets[0].parent.iterdir()) == targets


def known(engine: StorageEngine) -> list[KnownDataset]:
    return datasets_made_of(engine.root)
