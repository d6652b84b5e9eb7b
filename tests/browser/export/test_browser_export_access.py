"""The export screen by keyboard, in a small window, in both languages and themes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.axe import axe_violations
from pages.export import save_as, settled
from pages.gate import Gate
from pages.keyboard import tab_to
from raise_finetune.commands.settings import AppSettings, write_settings


def test_by_keyboard_alone(screen: Page, training: Path) -> None:
    screen.get_by_role("link", name="Export", exact=True).focus()
    tab_to(screen, screen.get_by_role("radio", name="4 stars"))
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_role("radio", name="5 stars")).to_be_checked()
    expect(screen.get_by_text("5 only")).to_be_visible()
    tab_to(screen, screen.get_by_role("button", name=re.compile("^Filters")))
    screen.keyboard.press("Enter")
    tab_to(screen, screen.get_by_role("textbox", name="From"))
    screen.keyboard.type("2001-01-01")
    settled(screen)  # what is known of the lines below holds as long as they are the same lines
    tab_to(screen, screen.get_by_role("tab", name="Overview"))
    screen.keyboard.press("ArrowRight")
    line = screen.locator("[data-line]")
    tab_to(screen, line.first)
    screen.keyboard.press("ArrowDown")
    expect(line.nth(1)).to_be_focused()
    screen.keyboard.press("Enter")
    expect(line.nth(1)).to_have_attribute("aria-expanded", "true")
    tab_to(screen, save_as(screen))
    screen.keyboard.press("Control+A")
    screen.keyboard.type("keys")
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_role("heading", name="keys")).to_be_focused()
    assert (training / "keys" / "data" / "train.jsonl").is_file()
    screen.keyboard.press("Tab")
    expect(screen.get_by_role("button", name="Train a model")).to_be_focused()


def test_the_focus_stays_in_the_switch_between_the_views(screen: Page) -> None:
    views = screen.get_by_role("radiogroup", name="New export or past exports")
    views.get_by_role("radio", name="New export").focus()
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_text("No dataset has been exported on this machine yet.")).to_be_visible()
    expect(views.get_by_role("radio", name="Past exports")).to_be_focused()
    screen.keyboard.press("ArrowLeft")
    expect(screen.get_by_role("region", name="What becomes of the data")).to_be_visible()
    expect(views.get_by_role("radio", name="New export")).to_be_focused()


def test_the_focus_outlives_the_line_that_had_it(screen: Page, gate: Gate) -> None:
    screen.get_by_role("tab", name="Rows").click()
    heads = screen.locator("[data-line]")
    expect(heads.first).to_be_visible()
    rated_four = heads.all_inner_texts()
    screen.get_by_role("radio", name="5 stars").press("Space")
    settled(screen)
    rated_five = set(heads.all_inner_texts())
    screen.get_by_role("radio", name="4 stars").press("Space")
    settled(screen)
    place = next(n for n, text in enumerate(rated_four) if text not in rated_five)

    gate.is_closed = True
    screen.get_by_role("radio", name="5 stars").press("Space")
    heads.nth(place).focus()
    gate.is_closed = False
    settled(screen)
    expect(heads.nth(place)).to_be_focused()
    screen.keyboard.press("ArrowUp")
    expect(heads.nth(place - 1)).to_be_focused()


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
def test_nothing_is_cut_off_or_inaccessible(
    training: Path, page: Page, language: str, theme: str
) -> None:
    write_settings(AppSettings.model_validate({"language": language, "theme": theme}))
    page.set_viewport_size({"width": 1000, "height": 700})
    page.reload()
    page.locator("nav a[href='#/export']").click()
    page.locator("[data-group=kept]").first.wait_for()
    settled(page)
    tabs, groups = page.get_by_role("tab"), page.locator("main h2 button")
    check(page)
    for group in groups.all():
        if group.get_attribute("aria-expanded") == "false":
            group.click()
    for advanced in page.get_by_role("button", name=re.compile("^(Advanced|Avancé)$")).all():
        advanced.click()
    tabs.nth(1).click()
    page.locator("[data-line]").first.click()
    check(page)
    tabs.nth(2).click()
    page.get_by_role("button", name=re.compile("^(Recipe|Recette)")).click()
    page.get_by_role("dialog").wait_for()
    check(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.get_by_role("article").wait_for()
    check(page)
    assert any(training.iterdir())


def check(page: Page) -> None:
    page.wait_for_timeout(400)  # colours in transition have no contrast to judge
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    assert axe_violations(page) == []
