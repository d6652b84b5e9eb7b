"""A past export in the page: its rows explained, records forgotten, two exports compared."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.axe import axe_violations
from pages.keyboard import choose_by_keyboard
from pages.scrolling import centre


@pytest.fixture
def export(small_demo: Path, training: Path, page: Page) -> Callable[[str], Locator]:
    """What exports under a name and returns the report."""
    assert small_demo.is_dir()
    assert training.is_dir()
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("region", name="What becomes of the data")).to_be_visible()

    def run(name: str) -> Locator:
        page.get_by_label("Save as").fill(name)
        page.keyboard.press("Control+Enter")
        shown = page.get_by_role("article", name=name, exact=True)
        expect(shown).to_be_visible()
        return shown

    return run


def ledger(dataset: Path) -> list[dict[str, Any]]:
    (path,) = (dataset / ".raise").glob("ledger*")
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line) for line in text.splitlines()]


def rows_of(dataset: Path, split: str) -> dict[int, dict[str, Any]]:
    return {entry["row"]: entry for entry in ledger(dataset) if entry.get("split") == split}


def check(page: Page) -> None:
    expect(page.locator("[data-old]")).to_have_count(0)
    page.wait_for_timeout(300)  # colours in transition have no contrast to judge
    assert axe_violations(page) == []


def test_a_row_is_explained_and_its_neighbours(
    export: Callable[[str], Locator], page: Page, training: Path
) -> None:
    part = export("mine").get_by_role("region", name="Explain a row")
    rows = rows_of(training / "mine", "train")
    number = part.get_by_role("textbox", name=f"Row, from 1 to {len(rows)}")
    number.fill(str(len(rows) + 1))
    expect(part.get_by_role("button", name="Explain")).to_be_disabled()
    number.fill("4")
    number.press("Enter")
    explained = part.get_by_role("region", name="Row 4 of train")
    expect(explained.get_by_text(rows[3]["record"], exact=True)).to_be_visible()
    part.get_by_role("button", name="Next").click()
    explained = part.get_by_role("region", name="Row 5 of train")
    expect(explained.get_by_text(rows[4]["record"], exact=True)).to_be_visible()
    part.get_by_role("button", name="Previous").click()
    part.get_by_role("button", name="Previous").click()
    expect(part.get_by_role("region", name="Row 3 of train")).to_contain_text(rows[2]["record"])
    part.get_by_label("Split").select_option("val")
    part.get_by_role("textbox").first.fill("1")
    part.get_by_role("button", name="Explain").click()
    held_out = part.get_by_role("region", name="Row 1 of val")
    expect(held_out).to_contain_text(rows_of(training / "mine", "val")[0]["record"])
    expect(held_out).to_contain_text("on the side “val”")
    check(page)


def test_a_record_leads_to_where_it_is_read_and_rated(
    export: Callable[[str], Locator], page: Page, training: Path
) -> None:
    part = export("mine").get_by_role("region", name="Explain a row")
    rows = rows_of(training / "mine", "train")
    row, record = next(
        (row, entry["record"])
        for row, entry in rows.items()
        if entry["record"].startswith("un2/default/conversations/")
        and not entry["record"].endswith("#1")
    )
    part.get_by_role("textbox").first.fill(str(row + 1))
    part.get_by_role("textbox").first.press("Enter")
    link = part.get_by_role("link", name=record, exact=True)
    expect(link).to_have_attribute("title", "Open in Conversations")
    link.press("Enter")
    document, _, index = record.partition("#")
    expect(page.get_by_role("region", name="Reader")).to_contain_text(document)
    expect(page.locator(f"#answer-{index}")).to_be_focused()
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("article", name="mine", exact=True)).to_be_visible()


def test_a_record_is_forgotten_by_a_plan_that_is_shown_first(
    export: Callable[[str], Locator], page: Page, training: Path
) -> None:
    part = export("mine").get_by_role("region", name="Explain a row")
    rows = rows_of(training / "mine", "train")
    row, entry = next((row, entry) for row, entry in rows.items() if "#" in entry["record"])
    before = {path.name: path.read_bytes() for path in (training / "mine" / "data").iterdir()}
    part.get_by_role("textbox").first.fill(str(row + 1))
    part.get_by_role("button", name="Explain").click()
    part.get_by_role("button", name="Forget this record…").click()
    dialog = page.get_by_role("dialog", name="Forget a record")
    expect(dialog.get_by_text(entry["record"], exact=True)).to_be_visible()
    expect(dialog.get_by_text(str(training / "mine"), exact=True)).to_be_visible()
    check(page)
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_have_count(0)
    now = {path.name: path.read_bytes() for path in (training / "mine" / "data").iterdir()}
    assert now == before

    part.get_by_role("button", name="Forget this record…").click()
    dialog.get_by_role("button", name="Forget it").click()
    expect(dialog.get_by_text("Forgotten: no later export will hold it.")).to_be_visible()
    expect(dialog.get_by_text(re.compile(r"^\d+ rows before, \d+ rows now$"))).to_be_visible()
    check(page)
    exported = [each["record"] for each in ledger(training / "mine") if "row" in each]
    assert entry["record"] not in exported
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog.get_by_text("The next exports may hold it again.")).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    items = page.get_by_role("navigation", name="Past exports").get_by_role("listitem")
    expect(items).to_have_count(2)
    expect(items.nth(0).get_by_role("button")).to_have_attribute("aria-current", "true")
    expect(items.nth(1)).to_contain_text("replaced")

    page.get_by_text("New export").click()
    export("again")
    again = {path.name: path.read_bytes() for path in (training / "again" / "data").iterdir()}
    assert again == before


def test_a_dataset_is_made_again_and_compared_byte_for_byte(
    export: Callable[[str], Locator],
) -> None:
    part = export("mine").get_by_role("region", name="Verify")
    rebuilt = part.get_by_role("listitem").filter(has_text="The same bytes when made again")
    start = part.get_by_role("button", name="Verify the dataset")
    start.click()
    expect(part.get_by_text("All is as it was exported.")).to_be_visible()
    expect(rebuilt).to_have_count(0)
    part.get_by_label("compare byte for byte").check()
    start.click()
    expect(rebuilt.get_by_role("img", name="Passed")).to_be_visible()


def test_two_exports_are_compared_and_what_differs_has_its_reason(
    export: Callable[[str], Locator], page: Page, training: Path
) -> None:
    part = export("first").get_by_role("region", name="Compare with another export")
    expect(part.get_by_text("There is no other export to compare with.")).to_be_visible()
    page.get_by_text("New export").click()
    page.get_by_role("radio", name="5 stars").press("Space")
    part = export("second").get_by_role("region", name="Compare with another export")
    old, new = (
        {entry["record"] for entry in ledger(training / name) if "row" in entry}
        for name in ("first", "second")
    )
    part.get_by_label("Compare with", exact=True).select_option(index=1)
    expect(part.get_by_text("first → second")).to_be_visible()
    expect(part.get_by_text("rating.minimum")).to_be_visible()
    expect(part.get_by_text("4.0 → 5.0")).to_be_visible()
    removed = part.get_by_role("heading", name=f"{len(old - new)} rows removed")
    expect(removed).to_be_visible()
    expect(part.get_by_role("listitem").filter(has_text="Rated too low")).to_be_visible()
    part.get_by_role("button", name="Rows").first.click()
    first = part.get_by_role("row").nth(1)
    expect(first).to_contain_text("Rated too low")
    split, row = next(
        (entry["split"], entry["row"])
        for entry in ledger(training / "first")
        if "row" in entry and entry["record"] == first.get_by_role("link").inner_text()
    )
    expect(first.get_by_role("cell").first).to_have_text(f"{split}, {row + 1}")
    check(page)


def test_a_record_is_marked_as_forgotten_where_it_is_read(
    export: Callable[[str], Locator], page: Page, training: Path
) -> None:
    part = export("mine").get_by_role("region", name="Explain a row")
    row, record = next(
        (row, entry["record"])
        for row, entry in rows_of(training / "mine", "train").items()
        if entry["record"].startswith("un2/default/conversations/")
    )
    part.get_by_role("textbox").first.fill(str(row + 1))
    part.get_by_role("textbox").first.press("Enter")
    part.get_by_role("link", name=record, exact=True).click()
    answer = page.locator(f"#answer-{record.partition('#')[2]}")
    expect(answer).to_be_visible()
    expect(answer.get_by_role("note")).to_have_count(0)

    page.get_by_role("link", name="Export").click()
    part.get_by_role("textbox").first.fill(str(row + 1))
    part.get_by_role("textbox").first.press("Enter")
    part.get_by_role("button", name="Forget this record…").click()
    dialog = page.get_by_role("dialog", name="Forget a record")
    dialog.get_by_role("button", name="Forget it").click()
    expect(dialog.get_by_text("Forgotten: no later export will hold it.")).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    page.get_by_role("link", name="Conversations", exact=True).click()
    mark = answer.get_by_role("note")
    expect(mark).to_contain_text("Forgotten: no export will hold this answer.")
    check(page)
    mark.get_by_role("button", name="Undo forgetting").press("Enter")
    expect(mark).to_have_count(0)
    expect(answer).to_be_focused()

    page.get_by_role("button", name="Forget this record…").click()
    dialog.get_by_role("button", name="Forget it").click()
    dialog.get_by_role("button", name="Close").last.click()
    mark = page.get_by_role("region", name="Reader").get_by_role("note")
    expect(mark).to_contain_text("Forgotten: no export will hold it.")
    expect(page.get_by_role("button", name="Forget this record…")).to_have_count(0)
    title = page.get_by_role("region", name="Reader").get_by_role("heading", level=2)
    expect(title).to_be_focused()
    check(page)
    mark.get_by_role("button", name="Undo forgetting").press("Enter")
    expect(mark).to_have_count(0)
    expect(title).to_be_focused()
    expect(page.get_by_role("button", name="Forget this record…")).to_be_visible()


def test_a_dataset_leads_to_a_training_on_it(
    export: Callable[[str], Locator], page: Page, training: Path
) -> None:
    expect(export("one.jsonl").get_by_role("button", name="Open folder")).to_be_visible()
    expect(page.get_by_role("button", name="Train a model")).to_have_count(0)
    page.get_by_text("New export").click()
    export("mine").get_by_role("button", name="Train a model").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Training")
    expect(page.get_by_role("combobox", name="Dataset")).to_have_value(str(training / "mine"))


def test_the_form_offers_what_the_rows_are_for_and_their_formats(
    export: Callable[[str], Locator], page: Page, training: Path
) -> None:
    page.get_by_role("button", name=re.compile("^Output")).click()
    output = page.get_by_role("region", name="Output")
    output.get_by_role("button", name="Advanced").click()
    page.get_by_text("Judged", exact=True).click()
    expect(page.get_by_text("KTO: answers, each judged good or bad.")).to_be_visible()
    choose_by_keyboard(page.get_by_role("combobox", name="Formats"), "parquet")
    page.get_by_role("combobox", name="Tokenizer").fill("mistral-v3")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Tokens read of a row")).to_have_value("1024")
    check(page)
    shown = export("judged")
    expect(shown.get_by_role("row").filter(has_text="parquet").first).to_be_visible()
    lines = (training / "judged/data/train.jsonl").read_bytes().splitlines()
    assert {json.loads(line)["label"] for line in lines} == {True, False}


@pytest.mark.parametrize("name", ["mine", "a_name_without_a_blank_" * 8])
def test_a_small_window_cuts_nothing_off(
    export: Callable[[str], Locator], page: Page, name: str
) -> None:
    page.set_viewport_size({"width": 900, "height": 600})
    copy = export(name).get_by_role("button", name="Copy the SHA-256 of data/train.jsonl")
    check(page)  # nothing moves any more
    expect(centre(copy)).to_be_in_viewport(ratio=1)
    report = page.get_by_role("article", name=name, exact=True)
    assert report.evaluate("report => report.scrollWidth - report.clientWidth") == 0
    page.get_by_role("link", name="Privacy").click()
    page.get_by_text("Your own list").click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)
