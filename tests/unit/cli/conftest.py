from pathlib import Path

import pytest

from domains.home import use_home
from domains.tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "domain")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    use_home(tmp_path_factory.mktemp("home"), monkeypatch)
    monkeypatch.setenv("COLUMNS", "100")
