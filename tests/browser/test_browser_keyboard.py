"""Whole jobs by the keys alone: everything is reached, and no press loses the place."""

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from domains.tree import Tree, exchange
from pages.conversations import answer, feedback, rows, small_domain, the_list, wait_for_ratings
from pages.gate import Gate
from pages.keyboard import expect_focus_kept, go_to, press, tab_to
from raise_finetune.commands.comparison_session import close_comparison
from raise_finetune.demo.domain import write_demo

if TYPE_CHECKING:
    from raise_finetune.training.runs import Run


def button(within: Page | Locator, name: str) -> Locator:
    return within.get_by_role("button", name=name, exact=True)


def heading(page: Page, name: str, level: int = 2) -> Locator:
    return page.get_by_role("heading", name=name, exact=True, level=level)


def test_from_choosing_the_folder_to_reading_the_report(
    page: Page, tmp_path: Path, training: Path, gate: Gate
) -> None:
    write_demo(tmp_path / "mine", 40)
    press(page, button(page, "Choose the data folder…"))
    expect(page.get_by_label("Data folder", exact=True)).to_be_focused()
    page.keyboard.type(str(tmp_path / "mine"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Data folder", exact=True)).to_have_value(str(tmp_path / "mine"))

    go_to(page, "Export")
    tab_to(page, page.get_by_role("radio", name="4 stars"))
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="3 stars")).to_be_checked()
    press(page, page.get_by_role("button", name=re.compile("^Output")))
    tab_to(page, page.get_by_role("slider", name="Kept for validation"))
    page.keyboard.press("ArrowRight")
    tab_to(page, page.get_by_role("tab", name="Overview"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Rows")).to_be_focused()
    lines = page.locator("[data-line]")
    tab_to(page, lines.first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(lines.nth(1)).to_have_attribute("aria-expanded", "true")
    tab_to(page, page.get_by_label("Save as"))
    page.keyboard.press("Control+A")
    page.keyboard.type("keys")

    gate.is_closed = True
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Export")).to_be_focused()
    page.keyboard.press("Escape")
    gate.is_closed = False
    expect(page.get_by_label("Save as")).to_be_focused()
    assert list(training.iterdir()) == []
    page.keyboard.press("Control+Enter")
    report = page.get_by_role("article", name="keys", exact=True)
    expect(heading(page, "keys")).to_be_focused()

    press(page, button(report, "Verify the dataset"))
    expect(report.get_by_text("All is as it was exported.")).to_be_visible()
    expect_focus_kept(page)
    row = report.get_by_label(re.compile("^Row, from 1"))
    tab_to(page, row)
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(report.get_by_role("region", name="Row 2 of train")).to_be_visible()
    press(page, button(report, "Next"))
    expect(report.get_by_role("region", name="Row 3 of train")).to_be_visible()
    expect(button(report, "Next")).to_be_focused()
    go_to(page, "Settings")
    go_to(page, "Export")
    expect(report.get_by_role("region", name="Row 3 of train")).to_be_visible()

    opener = button(report, "Forget this record…")
    press(page, opener)
    dialog = page.get_by_role("dialog", name="Forget a record")
    expect(button(dialog, "Keep it")).to_be_focused()
    press(page, button(dialog, "Forget it"))
    expect(dialog.get_by_role("status")).to_contain_text("Forgotten")
    expect(dialog.get_by_role("button", name="Close").last).to_be_focused()
    tab_to(page, button(dialog, "Undo forgetting"), backwards=True)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("The next exports may hold it again.")
    expect_focus_kept(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect_focus_kept(page)


def test_an_answer_is_rated_corrected_and_forgotten(page: Page, home: Path) -> None:
    domain = small_domain(home / "raise_domain")
    page.reload()
    expect(rows(page).first).to_be_visible()
    tab_to(page, the_list(page))
    page.keyboard.press("Enter")
    expect(answer(page, 3)).to_be_focused()
    page.keyboard.press("2")
    expect(page.get_by_text("Rated 2 stars.")).to_be_visible()
    tab_to(page, button(answer(page, 3), "1 star"))
    page.keyboard.press("End")
    expect(button(answer(page, 3), "Remove")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Correct the answer")
    expect(dialog.get_by_label("Better answer")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("With pleasure.")
    press(page, dialog.get_by_role("button", name="Save"))
    expect(dialog).to_have_count(0)
    expect(answer(page, 3)).to_be_focused()
    (written,) = wait_for_ratings(domain, 2.0)
    assert written["correction"] == "With pleasure."
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    wait_for_ratings(domain)
    assert feedback(domain) == []

    opener = button(page, "Forget this record…")
    tab_to(page, opener, backwards=True)
    page.keyboard.press("Enter")
    forgetting = page.get_by_role("dialog", name="Forget a record")
    press(page, button(forgetting, "Forget it"))
    expect(forgetting.get_by_role("button", name="Close").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(forgetting).to_have_count(0)
    title = heading(page, "Analyse de sécurité")
    expect(title).to_be_focused()
    press(page, button(page.get_by_role("region", name="Reader"), "Undo forgetting"))
    expect(opener).to_be_visible()
    expect(title).to_be_focused()


def test_what_is_sensitive_is_looked_at_and_decided_about(page: Page, home: Path) -> None:
    domain = Tree(home / "raise_domain")
    people = [f"person{number:02}@example.net" for number in range(60)]
    domain.conversation("mail", *exchange("Who?", ", ".join(people), rating=5))
    domain.conversation("bank", *exchange("IBAN?", "FR76 3000 6000 0112 3456 7890 189", rating=5))
    page.reload()
    go_to(page, "Privacy")
    types = page.get_by_role("navigation", name="Types of sensitive data").get_by_role("button")
    expect(types.first).to_contain_text("E-mail addresses")
    # Two controls of one value, not of sixty.
    tab_to(page, types.first)
    page.keyboard.press("ArrowDown")
    expect(types.nth(1)).to_be_focused()
    page.keyboard.press("Home")
    tab_to(page, page.get_by_role("radio", name="Mask", exact=True))
    values = page.get_by_role("main").get_by_role("button", name=re.compile("^Ignore person"))
    expect(values.first).to_be_visible()
    assert tab_to(page, values.first) == 1
    page.keyboard.press("ArrowDown")
    name = f"Ignore {people[1]}: it stays as it is"
    expect(button(page, name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(page, f"Mask again {people[1]}")).to_be_focused()
    page.keyboard.press("End")
    expect(values.last).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(button(page, "Show more: 10 are left")).to_be_focused()
    page.keyboard.press("Enter")
    expect(values).to_have_count(59)
    expect_focus_kept(page)

    tab_to(page, page.get_by_role("radio", name="Mask", exact=True), backwards=True, most=60)
    page.keyboard.press("ArrowRight")
    expect(types.first).to_contain_text("Leave")
    views = page.get_by_role("radio", name="Findings", exact=True)
    tab_to(page, views, backwards=True)
    page.keyboard.press("ArrowRight")
    own = page.get_by_label("Values to mask")
    tab_to(page, own)
    page.keyboard.type("Lunar Works")
    press(page, button(page, "Save"))
    expect(page.get_by_text("1 value · saved")).to_be_visible()
    expect(own).to_be_focused()
    # Who comes back finds what was looked at.
    go_to(page, "Settings")
    go_to(page, "Privacy")
    expect(own).to_be_visible()


def test_a_training_is_started_paused_resumed_and_stopped(
    page: Page,
    home: Path,
    tiny_dataset: Path,
    tiny_mistral: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH_RAISE_DATASET", str(home / "datasets"))
    page.reload()
    go_to(page, "Training")
    tab_to(page, page.get_by_role("combobox", name="Dataset"))
    page.keyboard.type(str(tiny_dataset))
    tab_to(page, page.get_by_role("textbox", name="Base model"))
    page.keyboard.type(str(tiny_mistral))
    expect(page.get_by_text("The estimate waits")).to_have_count(0)
    press(page, page.get_by_role("button", name="Learning", exact=False))
    tab_to(page, page.get_by_label("Steps at most"))
    page.keyboard.type("4000")
    press(page, page.get_by_role("button", name=re.compile("^Start training")))
    report = page.get_by_role("article")
    title = report.get_by_role("heading", level=2)
    expect(title).to_be_focused()
    progress = report.get_by_role("progressbar")
    expect(progress).to_have_attribute(
        "aria-valuetext", re.compile(r"^[1-9]\d* of 4,000$"), timeout=60_000
    )
    press(page, button(report, "Pause"))
    resume = button(report, "Resume")
    expect(resume).to_be_visible()
    expect(title).to_be_focused()
    press(page, resume)
    expect(button(report, "Pause")).to_be_enabled(timeout=60_000)
    expect(title).to_be_focused()
    press(page, button(report, "Stop"))
    expect(report.get_by_text("stopped", exact=True)).to_be_visible(timeout=60_000)
    expect(title).to_be_focused()
    press(page, button(report, "Losses as numbers"))
    table = report.get_by_role("region", name="Losses as numbers")
    expect(table).to_be_visible()
    tab_to(page, table)

    delete = button(report, "Delete…")
    tab_to(page, delete, backwards=True)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(button(dialog, "Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(delete).to_be_focused()
    page.keyboard.press("Enter")
    press(page, button(dialog, "Delete for good"))
    expect(page.get_by_text("Nothing has been trained here yet.")).to_be_visible()
    expect_focus_kept(page)


def test_a_model_is_converted_and_compared(
    page: Page, home: Path, trained_mistral: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH_RAISE_DATASET", str(home / "datasets"))
    shutil.copytree(trained_mistral.folder, home / "datasets/runs/one")
    (home / "domain").mkdir()
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(home / "domain"))
    page.reload()
    go_to(page, "Models")
    card = page.get_by_role("article")
    press(page, button(card, "Convert to GGUF"))
    again = button(card, "Convert again")
    expect(again).to_be_visible(timeout=60_000)
    expect_focus_kept(page)
    opener = button(card, "Modelfile…")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(button(dialog, "Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()

    tab_to(page, button(card, "Compare"), backwards=True)
    page.keyboard.press("Enter")
    try:
        press(page, button(page, "Load both"))
        questions = page.get_by_role("list", name="Questions kept out of the training")
        expect(questions).to_be_visible(timeout=90_000)
        expect_focus_kept(page)
        asked = questions.get_by_role("button")
        tab_to(page, asked.first)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(asked.nth(1)).to_have_attribute("aria-current", "true")
        expect(asked.nth(1)).to_be_focused()
        better = button(page, "The adapter’s")
        expect(better).to_be_visible(timeout=60_000)
        # The questions are one stop of the Tab key, however many they are.
        assert tab_to(page, button(page, "How to answer"), most=2) == 1
        press(page, better)
        expect(page.get_by_text("Stored: 5 stars for the adapter’s answer")).to_be_visible()
        expect(better).to_be_focused()
    finally:
        close_comparison()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_has_the_focus_is_seen(
    page: Page, small_demo: Path, theme: Literal["light", "dark"]
) -> None:
    """Every stop of the Tab key is drawn otherwise, by a contrast of 3 to 1 in the outline."""
    assert small_demo.is_dir()
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    accent = {"light": "rgb(14, 115, 108)", "dark": "rgb(111, 189, 182)"}[theme]
    complete = {
        "Export": page.get_by_role("tab", name="Overview"),
        # It rests while the program looks, and the button that stops it goes away afterwards.
        "Privacy": page.locator("button:enabled", has_text="Look again"),
    }
    for screen in ("Conversations", "Privacy", "Export", "Training", "Settings"):
        go_to(page, screen)
        if screen in complete:
            complete[screen].wait_for()
        seen: set[str] = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            page.wait_for_timeout(120)  # a field's border changes in a moment
            stop, outlines = page.evaluate(_OUTLINES)
            if stop in seen or stop.startswith("BODY"):
                break
            seen.add(stop)
            assert accent in outlines, (screen, stop, outlines)
        assert len(seen) > 5, screen


# The stop's name, and the colours of the outlines of all that may show that it has the focus.
_OUTLINES = """() => {
  const focused = document.activeElement;
  const around = [focused, focused.nextElementSibling, focused.parentElement,
    ...(focused.parentElement?.querySelectorAll('*') ?? []),
    focused.closest('.mantine-Input-input')];
  const name = focused.ariaLabel ?? focused.labels?.[0]?.innerText ?? focused.innerText;
  return [
    `${focused.tagName} ${name} ${focused.getBoundingClientRect().y}`,
    around.filter(Boolean).map((each) => getComputedStyle(each))
      .filter(({ outlineStyle }) => outlineStyle !== 'none')
      .map(({ outlineColor }) => outlineColor),
  ];
}"""


def test_the_keys_are_listed_on_every_screen(page: Page, small_demo: Path) -> None:
    assert small_demo.is_dir()
    page.reload()
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    for screen in ("Privacy", "Export", "Training", "Models", "Compare", "Settings"):
        go_to(page, screen)
        page.keyboard.press("?")
        expect(button(dialog, "Close")).to_be_focused()
        page.keyboard.press("Tab")
        expect(button(dialog, "Close")).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(heading(page, screen, level=1)).to_be_focused()
    tab_to(page, page.get_by_label("Kept for validation"))
    page.keyboard.press("?")
    expect(dialog).to_have_count(0)
    opener = page.get_by_role("navigation").get_by_role("button", name="Shortcuts")
    tab_to(page, opener, most=60)
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
