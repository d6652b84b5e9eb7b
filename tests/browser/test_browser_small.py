"""A window of 620 by 420: what one of 1240 by 840 has at a zoom of 200 %."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from raise_finetune.commands.settings import AppSettings, write_settings

WIDTH, HEIGHT = 620, 420
RAIL = 60


@pytest.fixture
def small(small_demo: Path, training: Path, page: Page) -> Page:
    assert small_demo.is_dir()
    assert training.is_dir()
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    return page


def size(part: Locator) -> tuple[float, float]:
    """Return the width and height of a part that can be seen."""
    expect(part).to_be_visible()
    box = part.bounding_box()
    assert box is not None
    return box["width"], box["height"]


def test_a_report_has_the_whole_width_below_the_list_of_exports(small: Page) -> None:
    small.get_by_role("link", name="Export").click()
    expect(small.get_by_role("region", name="What becomes of the data")).to_be_visible()
    field = small.get_by_label("Save as")
    assert size(field)[0] > 150
    field.fill("mine")
    field.press("Control+Enter")
    assert size(small.get_by_role("article", name="mine", exact=True))[0] == WIDTH - RAIL
    exports = small.get_by_role("navigation", name="Past exports")
    assert size(exports)[0] == WIDTH - RAIL
    assert small.evaluate("document.documentElement.scrollWidth") == WIDTH


def test_what_an_export_is_called_leaves_a_low_window_to_its_form(small: Page) -> None:
    small.get_by_role("link", name="Export").click()
    expect(small.get_by_text(re.compile(r"\d+ examples from"))).to_be_visible()
    said = small.get_by_text("A dataset folder", exact=True)
    for part in (said, small.get_by_label("Save as"), small.get_by_text("Export dataset")):
        expect(part).to_be_in_viewport(ratio=1)
    box = said.bounding_box()
    assert box is not None
    assert box["y"] > HEIGHT * 0.7
    assert small.evaluate("document.documentElement.scrollWidth") == WIDTH


@pytest.mark.parametrize("width", [760, 900, 1000, 1240])
def test_what_stands_below_the_columns_of_a_chart_does_not_run_together(
    small: Page, width: int
) -> None:
    small.set_viewport_size({"width": width, "height": 700})
    small.get_by_role("link", name="Export").click()
    chart = small.get_by_role("figure", name="Examples by length")
    expect(chart.get_by_text("≥ 250")).to_be_visible()
    assert chart.get_by_role("listitem").evaluate_all(
        "columns => columns.every((column) => column.scrollWidth <= column.clientWidth)"
    )


def test_the_types_of_sensitive_data_stay_in_sight_above_their_values(small: Page) -> None:
    small.get_by_role("link", name="Privacy").click()
    types = small.get_by_role("navigation", name="Types of sensitive data")
    width, height = size(types)
    assert width == WIDTH - RAIL
    assert height > 3 * size(types.get_by_role("listitem").first)[1]
    value = small.get_by_role("button", name="Ignore").first
    value.scroll_into_view_if_needed()
    expect(value).to_be_in_viewport(ratio=1)
    assert small.evaluate("document.documentElement.scrollWidth") == WIDTH


def test_what_to_train_stays_in_sight_with_an_error_beside_it(small: Page, home: Path) -> None:
    write_settings(AppSettings(language="fr"))
    small.set_viewport_size({"width": 683, "height": 427})  # 1024 by 640 at 150 %
    small.reload()
    small.locator("nav a[href='#/training']").click()
    small.get_by_role("combobox", name="Jeu de données").fill(str(home / "nowhere"))
    base = small.get_by_role("textbox", name="Modèle de base")
    base.fill(str(home / "nowhere"))
    expect(base).to_have_attribute("aria-invalid", "true")
    for part in (small.get_by_text("Indiquez le dossier d’un modèle de base"), base):
        expect(part).to_be_in_viewport(ratio=1)
