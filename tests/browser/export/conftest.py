"""The export screen over the demo, which these tests only read."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.export import settled
from raise_finetune.demo.domain import write_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "domain"
    write_demo(folder, 120)
    return folder


@pytest.fixture
def training(training: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which datasets are saved; the demo is the data folder."""
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(demo))
    return training


@pytest.fixture
def screen(training: Path, page: Page) -> Page:
    """The export screen, with its first preview."""
    assert training.is_dir()
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("region", name="What becomes of the data")).to_be_visible()
    settled(page)
    return page
