"""The export screen in a browser: what a test does there, and what it waits for."""

import re

from playwright.sync_api import Locator, Page, expect


def settled(page: Page) -> None:
    """Wait until the preview speaks of the recipe as it is now."""
    expect(page.locator("[data-old]")).to_have_count(0)


def save_as(page: Page) -> Locator:
    return page.get_by_label("Save as")


def open_group(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{name}")).click()


def report(page: Page, name: str) -> Locator:
    shown = page.get_by_role("article", name=name, exact=True)
    expect(shown).to_be_visible()
    return shown
