import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from domains.home import use_home
from domains.limits import without_root
from domains.tree import Tree
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer
from raise_finetune.messages import LANGUAGES, catalogue


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "domain")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "dataset"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    use_home(tmp_path_factory.mktemp("home"), monkeypatch)


@pytest.fixture
def public_folder() -> Generator[Path]:
    """A folder that an ordinary user reaches, too."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def ordinary_user(
    public_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], AbstractContextManager[None]]:
    # A home of root's is closed to others, and with it the settings.
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(public_folder / "settings"))

    # What is loaded on first use may lie where only root can read.
    ExportRecipe()
    Sanitizer(SanitizeOptions(), KnownValues())
    for language in LANGUAGES:
        catalogue(language)
    return without_root


Mount = Callable[[str], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Generator[Mount]:
    """Mount a small file system with the given options; a clear skip where we may not."""
    mounted: list[Path] = []

    def make(options: str) -> Path:
        folder = tmp_path / f"mounted{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode != 0:
            pytest.skip("mounting a small file system needs root; the size limit test stands in")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)
