"""Rating, correcting and undoing in the page: what is done there is on disk."""

from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Page, expect

from domains.tree import Tree, exchange, message
from pages.conversations import (
    answer,
    feedback,
    open_entry,
    rows,
    small_domain,
    the_list,
    wait_for_ratings,
)
from pages.keyboard import choose_by_keyboard
from raise_finetune.storage.layout import encode_document


@pytest.fixture
def domain(home: Path) -> Tree:
    return small_domain(home / "raise_domain")


def test_a_rating_by_key_is_a_document_on_disk_and_undo_removes_it(
    domain: Tree, page: Page
) -> None:
    document = domain.root / "un2/default/collections/conversations/pump.json"
    untouched = document.read_bytes()
    open_entry(page, "Pump")
    expect(answer(page, 1)).to_contain_text("Rating found in the data")
    page.keyboard.press("3")
    expect(answer(page, 1)).to_contain_text("Rated here · 4 ★ in the data")
    expect(page.get_by_role("status").filter(has_text="Rated 3 stars.")).to_be_visible()
    (stored,) = feedback(domain)
    written = orjson.loads(stored.read_bytes())
    assert written["rating"] == 3.0
    assert (written["target"], written["messageIndex"]) == ("un2/default/conversations/pump", 1)
    assert (written["correction"], written["tags"], written["note"]) == ("", [], "")
    assert written["conversation"]["messages"] == exchange("Why?", "Because.", rating=4)
    assert stored.name == f"{written['id']}.json"
    assert stored.read_bytes() == encode_document(written)
    assert document.read_bytes() == untouched
    expect(rows(page).filter(has_text="Pump")).to_contain_text("3")

    page.keyboard.press("1")
    expect(page.get_by_text("Rated 1 star.")).to_be_visible()
    assert orjson.loads(stored.read_bytes())["rating"] == 1.0
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Undone in “Pump”.")).to_be_visible()
    assert orjson.loads(stored.read_bytes())["rating"] == 3.0
    page.keyboard.press("Control+z")
    expect(answer(page, 1)).to_contain_text("Rating found in the data")
    wait_for_ratings(domain)
    page.keyboard.press("Control+z")
    expect(page.get_by_text("There is nothing to undo.")).to_be_visible()


def test_ratings_by_pointer_and_the_one_in_the_data_stays(domain: Tree, page: Page) -> None:
    open_entry(page, "Analyse de sécurité")
    first = answer(page, 1)
    first.get_by_role("button", name="Good answer").click()
    expect(first).to_contain_text("Rated here")
    expect(first.get_by_role("button", name="5 stars", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    wait_for_ratings(domain, 5.0)
    first.get_by_role("button", name="Remove").click()
    expect(first).to_contain_text("Rating found in the data")
    expect(first).to_be_focused()
    expect(page.get_by_text("Rating removed.")).to_be_visible()
    assert feedback(domain) == []
    page.keyboard.press("0")
    expect(page.get_by_text("This rating is in the data")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    first.get_by_role("button", name="4 stars", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(first).to_contain_text("Rating found in the data")
    wait_for_ratings(domain)


def test_a_correction_is_stored_and_no_key_loses_it(domain: Tree, page: Page) -> None:
    open_entry(page, "Analyse de sécurité")
    expect(answer(page, 3)).to_be_focused()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="Correct the answer")
    text = dialog.get_by_label("Better answer")
    expect(text).to_be_focused()
    expect(text).to_have_value("You are welcome.")
    text.fill("You are *most* welcome.")
    page.keyboard.press("Escape")
    expect(dialog.get_by_text("Your changes are not saved.")).to_be_visible()
    dialog.get_by_role("button", name="Keep editing").click()
    expect(text).to_have_value("You are *most* welcome.")
    dialog.get_by_label("Tags").first.fill("tone")
    page.keyboard.press("Enter")
    dialog.get_by_label("Note").fill("Warmer.")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(answer(page, 3)).to_be_focused()
    expect(answer(page, 3).get_by_role("region", name="Your correction")).to_contain_text("most")
    (written,) = wait_for_ratings(domain, 2.0)
    said = {key: written[key] for key in ("correction", "rating", "tags", "note")}
    assert said == {
        "correction": "You are *most* welcome.",
        "rating": 2.0,
        "tags": ["tone"],
        "note": "Warmer.",
    }
    page.keyboard.press("5")
    expect(page.get_by_text("Correction kept, rated 5 stars.")).to_be_visible()
    assert orjson.loads(feedback(domain)[0].read_bytes())["correction"] == said["correction"]
    page.keyboard.press("c")
    expect(text).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_tags_and_notes_that_were_given_here_are_found(domain: Tree, page: Page) -> None:
    open_entry(page, "Analyse de sécurité")
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="Correct the answer")
    dialog.get_by_label("Tags").first.fill("tone")
    page.keyboard.press("Enter")
    dialog.get_by_label("Note").fill("Ask Ana about it.")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    wait_for_ratings(domain, 2.0)
    page.get_by_role("button", name="Filters", exact=True).click()
    choose_by_keyboard(page.get_by_role("combobox", name="Tags"), "tone 1")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("button", name="Clear all filters").first.click()
    page.get_by_label("Search the conversations").fill("ask ana")
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Analyse de sécurité")


def test_an_answer_that_slid_away_cannot_be_rated(domain: Tree, page: Page) -> None:
    rows(page).filter(has_text="Hi").click()
    page.keyboard.press("Enter")
    expect(answer(page, 1)).to_be_focused()
    domain.put("chats/main.json", {"id": "main", "history": [message("User", "Bye")]})
    page.keyboard.press("1")
    failure = page.get_by_role("status").filter(has_text="chats/main")
    expect(failure).to_be_visible()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("Bye")
    expect(answer(page, 1)).to_have_count(0)
    failure.get_by_role("button", name="Close").click()
    expect(failure).to_have_count(0)
    assert feedback(domain) == []


def test_a_journey_by_keyboard_alone(domain: Tree, page: Page) -> None:
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("un2")
    expect(page.get_by_text("4 entries")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(the_list(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", level=2, name="Drone range")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.get_by_role("heading", level=2, name="Analyse de sécurité")).to_be_visible()
    page.keyboard.press("Enter")
    expect(answer(page, 3)).to_be_focused()
    page.keyboard.press("k")
    expect(answer(page, 2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("4")
    expect(answer(page, 1)).to_contain_text("Rated here")
    page.keyboard.press("Tab")
    expect(answer(page, 1).get_by_role("button", name="1 star", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rated 2 stars.")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=2, name="Drone range")).to_be_visible()
    expect(answer(page, 1)).to_be_focused()
    page.keyboard.press("Digit2")
    expect(page.get_by_text("4/6 answers rated")).to_be_visible()
    page.keyboard.press("Escape")
    expect(the_list(page)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(the_list(page)).to_be_focused()
    wait_for_ratings(domain, 2.0, 2.0)
