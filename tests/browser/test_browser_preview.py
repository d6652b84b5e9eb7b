"""The preview of much data: estimated at once, and then exact."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.axe import axe_violations
from pages.gate import Gate
from raise_finetune.dataset.browsing.preview import preview_export
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.demo.domain import write_demo
from raise_finetune.storage.engine import StorageEngine


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "domain"
    write_demo(folder, 2500)
    return folder


@pytest.fixture
def home(home: Path, large: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The large demo is the data folder."""
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(large))
    return home


def exported(page: Page) -> Locator:
    """The number of records that will be exported, as the overview has it."""
    picture = page.get_by_role("region", name="What becomes of the data")
    return picture.get_by_role("listitem").filter(has_text="Exported")


def test_an_estimate_stands_until_all_is_counted(page: Page, gate: Gate, large: Path) -> None:
    gate.stage = "comparing"  # which the exact preview does, and the first look does not
    gate.is_closed = True
    page.get_by_role("link", name="Export").click()
    expect(exported(page)).to_contain_text("≈")
    pane = page.get_by_role("region", name="Preview")
    expect(pane).to_contain_text(re.compile("estimated from [89][0-9][0-9] of them"))
    expect(pane).to_contain_text("Duplicates are left out once all files are read")
    expect(pane.get_by_text("counting all…")).to_be_visible()
    expect(page.locator("header")).to_contain_text("examples from ≈")
    expect(page.locator("[data-old]")).to_have_count(0)
    assert axe_violations(page) == []
    page.get_by_role("tab", name="Rows").click()
    expect(page.locator("[data-line]").first).to_contain_text("[INST]")
    expect(pane).to_contain_text("train.jsonl · ≈")

    # Another recipe is estimated at once, although the exact preview of the first still waits.
    page.get_by_role("tab", name="Overview").click()
    before = exported(page).text_content() or ""
    page.get_by_label("Unrated answers too").click()
    expect(exported(page)).not_to_have_text(before)
    expect(exported(page)).to_contain_text("≈")
    page.get_by_label("Unrated answers too").click()
    expect(exported(page)).to_have_text(before)

    gate.is_closed = False
    known = preview_export(StorageEngine(large), ExportRecipe(), 0, Pulse())
    expect(exported(page)).to_contain_text(f"Exported{known.rows:,}", timeout=60_000)
    expect(pane).not_to_contain_text("≈")
    expect(pane).not_to_contain_text("counting all…")
    expect(pane).to_contain_text("Near-duplicates")
    expect(page.locator("header")).to_contain_text(f"{known.rows:,} examples from")
