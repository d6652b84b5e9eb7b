"""Killed at random moments, an export leaves the old target or the whole new one.

``RAISE_KILLS=200 pytest tests/contract/test_export_kill.py -s`` kills each kind 200 times and says
at which moments; without it there are a few kills of each kind.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from domains import export_server
from domains.tree import Tree, exchange, snapshot

KILLS = int(os.environ.get("RAISE_KILLS", "15"))
CONVERSATIONS = 1500


class Server:
    """Exports in child processes; see ``export_server``."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process = subprocess.Popen(
            [sys.executable, export_server.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def export(self, target: Path, minimum: float, kill_after: float | None = None) -> int:
        """Export, killed after so many seconds, and return the exit status."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([str(self._root), str(target), minimum]) + "\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    tree = Tree(tmp_path_factory.mktemp("kill") / "domain")
    for number in range(CONVERSATIONS):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a" * 500, rating=4 + number % 2))
    server = Server(tree.root)
    yield server
    server.close()


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_the_target_is_always_whole(server: Server, tmp_path: Path, name: str):
    target = tmp_path / "out" / name
    target.parent.mkdir()
    whole: dict[int, object] = {}
    duration = 0.0
    for minimum in (4, 5):
        began = time.monotonic()
        assert server.export(target, minimum) == 0
        duration = time.monotonic() - began
        whole[minimum] = snapshot(target)
    assert whole[4] != whole[5]

    seed = int.from_bytes(os.urandom(4))
    moments = random.Random(seed)  # noqa: S311
    standing = 5
    seen: Counter[str] = Counter()
    while seen.total() - seen["finished before the kill"] < KILLS:
        minimum = 9 - standing
        # Half of the kills anywhere, half near the end, where the target is replaced.
        after = moments.uniform(moments.choice([0.0, 0.8]), 1.05) * duration
        status = server.export(target, minimum, kill_after=after)
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
    print(f"\n{name}, {KILLS} kills (seed {seed}): {dict(seen)}")  # noqa: T201

    assert server.export(target, 9 - standing) == 0
    assert snapshot(target) == whole[9 - standing]
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_killed_before_there_was_a_target_there_is_none(server: Server, tmp_path: Path, name: str):
    for number in range(KILLS // 3):
        target = tmp_path / str(number) / name
        target.parent.mkdir()
        server.export(target, 4, kill_after=0.002 * number)
        found = snapshot(target)
        assert server.export(target, 4) == 0
        assert found in (None, snapshot(target))
        assert list(target.parent.iterdir()) == [target]
