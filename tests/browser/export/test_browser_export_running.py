"""A running export: seen from every screen, cancelled, found again after a reload."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from domains.tree import files_of
from pages.export import report, save_as, settled
from pages.gate import Gate


def test_cancelling_leaves_nothing_and_keeps_the_old_file(
    screen: Page, training: Path, gate: Gate
) -> None:
    old = training / "mine.jsonl"
    old.write_text("old\n")
    gate.is_closed = True
    save_as(screen).fill("mine.jsonl")
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_text(re.compile(r"^Reading · \d+ of \d+ files"))).to_be_visible()
    assert len(list(training.iterdir())) == 2  # the old file, and the hidden one in the making
    expect(screen.get_by_role("region", name="Export", exact=True)).to_be_focused()
    screen.keyboard.press("Escape")
    expect(screen.get_by_role("status").filter(has_text="Export cancelled")).to_be_visible()
    expect(save_as(screen)).to_be_focused()
    assert files_of(training) == {"mine.jsonl": b"old\n"}
    assert list(training.iterdir()) == [old]


def test_a_running_export_is_seen_from_every_screen_and_nothing_is_forgotten(
    screen: Page, training: Path, gate: Gate
) -> None:
    screen.get_by_role("radio", name="5 stars").press("Space")
    save_as(screen).fill("mine")
    settled(screen)
    gate.is_closed = True
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_role("button", name="Cancel")).to_be_visible()
    expect(screen.get_by_role("button", name="Export dataset")).to_have_count(0)
    screen.get_by_role("link", name="Settings").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Settings")
    screen.keyboard.press("Escape")  # cancels on the export screen alone
    expect(screen.get_by_role("link", name="Exporting…")).to_be_visible()
    screen.get_by_role("link", name="Export", exact=True).click()
    expect(screen.get_by_role("radio", name="5 stars")).to_be_checked()
    expect(screen.get_by_role("progressbar")).to_have_attribute(
        "aria-valuetext", re.compile("^Reading")
    )
    screen.get_by_role("link", name="Settings").click()
    gate.is_closed = False
    screen.get_by_role("link", name="Export finished").click()
    report(screen, "mine")
    expect(screen.get_by_role("link", name="Export finished")).to_have_count(0)
    assert (training / "mine" / "data" / "train.jsonl").is_file()
    screen.get_by_text("New export").click()
    expect(screen.get_by_role("radio", name="5 stars")).to_be_checked()
    expect(save_as(screen)).to_have_value("mine")
    expect(screen.get_by_text("Replaces the export of")).to_be_visible()


def test_a_reloaded_page_takes_up_its_export(screen: Page, training: Path, gate: Gate) -> None:
    screen.get_by_role("radio", name="5 stars").press("Space")
    gate.is_closed = True
    save_as(screen).fill("mine.jsonl")
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_text(re.compile("^Reading · "))).to_be_visible()
    screen.reload()
    expect(screen.get_by_text(re.compile("^Reading · "))).to_be_visible()
    expect(screen.get_by_role("radio", name="5 stars")).to_be_checked()
    screen.keyboard.press("Escape")
    expect(screen.get_by_role("status").filter(has_text="Export cancelled")).to_be_visible()
    assert list(training.iterdir()) == []

    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_text(re.compile("^Reading · "))).to_be_visible()
    screen.reload()
    expect(screen.get_by_text(re.compile("^Reading · "))).to_be_visible()
    gate.is_closed = False
    report(screen, "mine.jsonl")
    assert (training / "mine.jsonl").is_file()
    screen.reload()
    expect(screen.get_by_role("button", name="Export dataset")).to_be_visible()
    expect(screen.get_by_role("link", name="Export failed")).to_have_count(0)


def test_two_exports_at_once_to_one_place(screen: Page, training: Path, gate: Gate) -> None:
    other = screen.context.new_page()
    token = screen.evaluate("sessionStorage.getItem('raise-finetune-token')")
    other.goto(f"{screen.url.split('#')[0]}#token={token}")
    other.get_by_role("link", name="Export").click()
    expect(other.get_by_role("region", name="What becomes of the data")).to_be_visible()
    settled(other)

    gate.is_closed = True
    save_as(screen).fill("mine.jsonl")
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_text(re.compile("^Reading · "))).to_be_visible()
    save_as(other).fill("mine.jsonl")
    other.keyboard.press("Control+Enter")
    expect(save_as(other)).to_have_attribute("aria-invalid", "true")
    expect(
        other.get_by_text(f"Another export to {training}/mine.jsonl is running.")
    ).to_be_visible()
    gate.is_closed = False
    report(screen, "mine.jsonl")
    other.keyboard.press("Control+Enter")
    report(other, "mine.jsonl")
    other.close()
