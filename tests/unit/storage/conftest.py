import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from domains.disk_calls import record_disk_calls
from domains.limits import NOBODY, without_root


@pytest.fixture(autouse=True)
def own_lock_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def domain(tmp_path: Path) -> Path:
    root = tmp_path / "domain"
    root.mkdir()
    return root


@pytest.fixture
def put(domain: Path) -> Callable[[str, str], Path]:
    """Write a file of the domain as the application or a person left it."""

    def write(path: str, content: str = "{}") -> Path:
        target = domain / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        return target

    return write


@pytest.fixture
def ordinary_user() -> Callable[[], AbstractContextManager[None]]:
    return without_root


@pytest.fixture
def users_domain(monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A domain that ``ordinary_user`` owns and can reach."""
    home = Path(tempfile.mkdtemp())
    try:
        home.chmod(0o755)
        for folder in (home / "domain", home / "state"):
            folder.mkdir()
            if os.geteuid() == 0:
                os.chown(folder, NOBODY, NOBODY)
        monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
        yield home / "domain"
    finally:
        shutil.rmtree(home)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the disk is asked to do, in order."""
    return record_disk_calls(monkeypatch)
