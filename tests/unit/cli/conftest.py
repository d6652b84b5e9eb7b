from pathlib import Path

import pytest

from domains.tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "domain")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep locks and relative outputs out of the real home."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("PATH_RAISE_DATASET", str(home / "datasets"))
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
