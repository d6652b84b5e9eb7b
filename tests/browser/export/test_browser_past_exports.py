"""Past exports: their list, their recipes, and whether they are still what they were."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from pages.axe import axe_violations
from pages.export import report, save_as


def test_past_exports_are_listed_reused_and_taken_off_the_list(
    screen: Page, training: Path
) -> None:
    screen.get_by_role("radio", name="3 stars").press("Space")
    save_as(screen).fill("first")
    screen.keyboard.press("Control+Enter")
    report(screen, "first")
    screen.get_by_text("New export").click()
    screen.get_by_role("button", name="Back to the defaults").click()
    save_as(screen).fill("second.jsonl")
    screen.keyboard.press("Control+Enter")
    report(screen, "second.jsonl")

    items = screen.get_by_role("navigation", name="Past exports").get_by_role("listitem")
    expect(items).to_have_count(2)
    expect(items.nth(1)).to_contain_text(re.compile(r"first.*rows · train \d+ · val \d+ · inst"))
    shutil.rmtree(training / "first")
    screen.reload()
    screen.get_by_role("link", name="Export").click()
    screen.get_by_text("Past exports").click()
    expect(items.nth(1)).to_contain_text("gone")
    items.nth(1).get_by_role("button").click()
    gone = report(screen, "first")
    expect(gone.get_by_role("button", name="Open folder")).to_be_disabled()
    gone.get_by_role("button", name="Remove from the list").click()
    expect(items).to_have_count(1)
    screen.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(items).to_have_count(2)
    items.nth(1).get_by_role("button").click()
    gone.get_by_role("button", name="Use this recipe again").click()
    expect(screen.get_by_role("radio", name="3 stars")).to_be_checked()


def test_a_list_from_which_all_was_taken_off_does_not_say_that_nothing_was_exported(
    screen: Page,
) -> None:
    save_as(screen).fill("only.jsonl")
    screen.keyboard.press("Control+Enter")
    report(screen, "only.jsonl").get_by_role("button", name="Remove from the list").click()
    main = screen.get_by_role("main")
    expect(main).to_contain_text("only.jsonl is off the list; its files were left alone.")
    expect(main).to_contain_text("No export is left in the list.")
    main.get_by_role("button", name="New export").click()
    expect(save_as(screen)).to_have_value("only.jsonl")


def test_a_dataset_is_verified_and_a_changed_one_is_told(screen: Page, training: Path) -> None:
    save_as(screen).fill("mine")
    screen.keyboard.press("Control+Enter")
    shown = report(screen, "mine")
    expect(shown.get_by_text("Nothing stands on two sides of the split")).to_be_visible()
    part = shown.get_by_role("region", name="Verify")
    part.get_by_role("button", name="Verify the dataset").click()
    expect(part.get_by_text("All is as it was exported.")).to_be_visible()
    expect(part.get_by_role("listitem").filter(has_text="Files unchanged")).to_be_visible()
    train = training / "mine" / "data" / "train.jsonl"
    train.write_bytes(train.read_bytes() + b"{}\n")
    part.get_by_role("button", name="Verify the dataset").click()
    expect(part.get_by_text("Something is wrong with this dataset.")).to_be_visible()
    expect(part).to_contain_text("data/train.jsonl has other bytes than the manifest says")
    assert axe_violations(screen) == []
