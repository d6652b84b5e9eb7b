"""The page in a browser: every screen in both languages and themes, and by keyboard alone."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.axe import axe_violations
from pages.waiting import wait_until
from raise_finetune.bridge.access import Access
from raise_finetune.commands.settings import (
    AppSettings,
    ExportDefaults,
    read_settings,
    write_settings,
)

SCREENS = ("conversations", "privacy", "export", "training", "models", "compare", "settings")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_screen(page: Page, language: str, theme: str) -> None:
    write_settings(AppSettings.model_validate({"language": language, "theme": theme}))
    page.reload()
    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_attribute("data-mantine-color-scheme", theme)
    for screen in SCREENS:
        page.locator(f"nav a[href='#/{screen}']").click()
        page.mouse.move(600, 790)
        expect(page.locator(f"nav a[href='#/{screen}']")).to_have_attribute("aria-current", "page")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1200
        assert axe_violations(page) == []
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder, f"{screen}-{language}-{theme}.png"))


def test_the_system_decides_until_the_user_does(page: Page) -> None:
    html = page.locator("html")
    expect(html).to_have_attribute("data-mantine-color-scheme", "light")
    page.emulate_media(color_scheme="dark")
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("radiogroup", name="Theme").get_by_text("Light").click()
    expect(html).to_have_attribute("data-mantine-color-scheme", "light")
    page.get_by_role("radiogroup", name="Language").get_by_text("Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Réglages")
    expect(html).to_have_attribute("lang", "fr")
    wait_until(lambda: (read_settings().theme, read_settings().language) == ("light", "fr"))


def test_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("button", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.reload()
    page.get_by_role("main").wait_for()
    for _ in range(1 + len(SCREENS)):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Settings")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Settings")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Data folder", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_export_defaults_are_stored_as_they_are_changed(page: Page) -> None:
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("radio", name="3 stars").press("Space")
    expect(page.get_by_text("3 stars and up")).to_be_visible()
    page.get_by_label("Unrated answers too").click()
    expect(page.get_by_label("Unrated answers too")).to_be_checked()
    page.get_by_label("Documentation too").click()
    expect(page.get_by_label("Documentation too")).not_to_be_checked()
    page.get_by_label("Kept for validation").fill("25")
    page.get_by_label("Kept for validation").blur()
    expect(page.get_by_label("Kept for validation")).to_have_value("25%")
    wanted = ExportDefaults(
        minimum_rating=3.0, include_unrated=True, documentation=False, val_fraction=0.25
    )
    wait_until(lambda: read_settings().export_defaults == wanted)
    page.reload()
    expect(page.get_by_text("3 stars and up")).to_be_visible()


def test_two_tabs_keep_each_others_changes(page: Page, bridge: Access) -> None:
    other = page.context.new_page()
    other.goto(bridge.link)
    for tab in (page, other):
        tab.get_by_role("link", name="Settings").click()
        expect(tab.get_by_label("Documentation too")).to_be_checked()
    page.get_by_label("Documentation too").click()
    wait_until(lambda: not read_settings().export_defaults.documentation)
    other.get_by_label("Unrated answers too").click()
    other.get_by_role("radiogroup", name="Theme").get_by_text("Dark").click()
    wait_until(lambda: read_settings().theme == "dark")
    assert read_settings().export_defaults == ExportDefaults(
        include_unrated=True, documentation=False
    )
    # Once it has stored its own, a tab shows the others', too.
    expect(other.get_by_label("Documentation too")).not_to_be_checked()


def test_a_data_folder_that_is_gone_bars_no_other_setting(page: Page, home: Path) -> None:
    folder = home / "on-a-stick"
    folder.mkdir()
    write_settings(AppSettings(data_folder=str(folder)))
    folder.rmdir()
    page.reload()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("radiogroup", name="Language").get_by_text("Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Réglages")
    wait_until(lambda: read_settings() == AppSettings(data_folder=str(folder), language="fr"))


def test_a_change_is_stored_while_the_machine_has_no_network(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("radiogroup", name="Theme").get_by_text("Dark").click()
    wait_until(lambda: read_settings().theme == "dark")


def test_a_data_folder_that_does_not_exist_is_refused_beside_its_field(
    page: Page, home: Path
) -> None:
    page.get_by_role("link", name="Settings").click()
    field = page.get_by_label("Data folder", exact=True)
    expect(page.get_by_role("button", name="Browse…")).to_have_count(0)
    field.fill("~/nowhere")
    field.press("Enter")
    expect(page.get_by_text(f"There is no folder “{home}/nowhere”.")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    (home / "domain").mkdir()
    field.fill("~/domain")
    field.press("Enter")
    expect(field).to_have_value(f"{home}/domain")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_the_environment_fixes_the_data_folder(
    page: Page, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(home))
    page.reload()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_label("Data folder", exact=True)).to_have_value(str(home))
    expect(page.get_by_label("Data folder", exact=True)).not_to_be_editable()
    expect(page.get_by_text(re.compile("PATH_RAISE_DOMAIN"))).to_be_visible()


def test_the_token_leaves_the_address_and_survives_a_reload(page: Page) -> None:
    assert "token" not in page.url
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Conversations")
