"""Killed at random moments, an export leaves the old target or the whole new one.

``RAISE_KILLS=200 pytest tests/contract/test_export_kill.py -s`` kills each kind 200 times and says
at which moments; without it there are a few kills of each kind.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from domains.killing import Server
from domains.tree import Tree, exchange, snapshot

KILLS = int(os.environ.get("RAISE_KILLS", "15"))
CONVERSATIONS = 1500
# In several files of each format, by two profiles.
ALL_FORMATS = {
    "formats": ["jsonl", "jsonl.zst", "parquet"],
    "also_profiles": ["chatml"],
    "shard_megabytes": 1,
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("kill") / "domain")
    for number in range(CONVERSATIONS):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a" * 500, rating=4 + number % 2))
    return tree.root


@pytest.fixture(scope="module")
def server() -> Generator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.mark.parametrize(
    ("name", "output", "kills"),
    [("x.jsonl", {}, KILLS), ("x", {}, KILLS), ("x", ALL_FORMATS, KILLS // 3)],
    ids=["file", "folder", "all formats"],
)
def test_the_target_is_always_whole(
    root: Path, server: Server, tmp_path: Path, name: str, output: dict[str, Any], kills: int
):
    target = tmp_path / "out" / name
    target.parent.mkdir()
    whole: dict[int, object] = {}
    duration = 0.0
    for minimum in (4, 5):
        began = time.monotonic()
        assert server.do("export", root, target, minimum, output) == 0
        duration = time.monotonic() - began
        whole[minimum] = snapshot(target)
    assert whole[4] != whole[5]

    seed = int.from_bytes(os.urandom(4))
    moments = random.Random(seed)  # noqa: S311
    standing = 5
    seen: Counter[str] = Counter()
    while seen.total() - seen["finished before the kill"] < kills:
        minimum = 9 - standing
        # Half of the kills anywhere, half near the end, where the target is replaced.
        after = moments.uniform(moments.choice([0.0, 0.8]), 1.05) * duration
        status = server.do("export", root, target, minimum, output, kill_after=after)
        assert status in (0, -signal.SIGKILL)
        # How long an export takes changes with the machine's load, so follow it.
        duration *= 0.95 if status == 0 else 1.03
        found = snapshot(target)
        assert found in whole.values(), f"seed {seed}, {seen}, after {after:.4f} s"
        left = [path for path in target.parent.iterdir() if path != target]
        assert len(left) <= 1
        was_replaced = found == whole[minimum]
        standing = minimum if was_replaced else standing
        seen[
            "finished before the kill"
            if status == 0
            else "killed after the target was replaced"
            if was_replaced
            else "killed with files left beside the old target"
            if left
            else "killed before anything was written"
        ] += 1
    print(f"\n{name}, {kills} kills (seed {seed}): {dict(seen)}")  # noqa: T201

    assert server.do("export", root, target, 9 - standing, output) == 0
    assert snapshot(target) == whole[9 - standing]
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_killed_before_there_was_a_target_there_is_none(
    root: Path, server: Server, tmp_path: Path, name: str
):
    for number in range(KILLS // 3):
        target = tmp_path / str(number) / name
        target.parent.mkdir()
        server.do("export", root, target, 4, {}, kill_after=0.002 * number)
        found = snapshot(target)
        assert server.do("export", root, target, 4, {}) == 0
        assert found in (None, snapshot(target))
        assert list(target.parent.iterdir()) == [target]
