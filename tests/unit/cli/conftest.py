from pathlib import Path

import pytest

from domains.home import use_home
from domains.tree import Tree, exchange


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "domain")


@pytest.fixture
def root(tree: Tree) -> Path:
    tree.conversation("c", *exchange("q", "a", rating=5), updatedAt="2026-01-01T00:00:00Z")
    return tree.root


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    use_home(tmp_path_factory.mktemp("home"), monkeypatch)
    monkeypatch.setenv("COLUMNS", "100")
