"""Browsing on real folders: what the screen shows is there, whoever looks and however."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from domains.tree import Tree, exchange
from pages.axe import axe_violations
from pages.conversations import HTML, answer, feedback, open_entry, rows, small_domain, titles
from pages.gate import Gate
from pages.keyboard import choose_by_keyboard
from raise_finetune.bridge.conversation import BrowserFace
from raise_finetune.commands.context import CancelToken, Context, Requests
from raise_finetune.commands.library import ListRequest, library_list
from raise_finetune.commands.settings import AppSettings, read_settings, write_settings


@pytest.fixture
def domain(home: Path) -> Tree:
    return small_domain(home / "raise_domain")


def of_the_program(**wanted: Any) -> list[str]:
    """Return what the command itself lists, a chat without a title by its first question."""
    context = Context(BrowserFace(), Requests(), CancelToken(), lambda: "en")
    found = library_list(ListRequest(**wanted), context).entries
    return [entry.snippet if entry.title == "main" else entry.title for entry in found]


@pytest.mark.usefixtures("domain")
def test_search_filters_and_order_show_what_the_program_finds(page: Page) -> None:
    status = page.get_by_text("5 entries")
    expect(status).to_be_visible()
    expect(titles(page)).to_have_text(of_the_program())
    search = page.get_by_role("searchbox")

    search.fill("securite")
    expect(page.get_by_text("1 entry")).to_be_visible()
    expect(titles(page)).to_have_text(["Analyse de sécurité"])
    assert of_the_program(text="securite") == ["Analyse de sécurité"]
    page.get_by_role("button", name="Remove the filter “securite”").click()
    expect(search).to_have_value("")

    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_text("To rate", exact=True).click()
    expect(page.get_by_text("3 entries")).to_be_visible()
    expect(titles(page)).to_have_text(of_the_program(state="unrated"))
    page.get_by_text("Rated", exact=True).click()
    expect(page.get_by_text("2 entries")).to_be_visible()
    for _ in range(8):
        page.get_by_role("slider", name="Lowest rating").press("ArrowRight")
    expect(page.get_by_text("1 entry")).to_be_visible()
    expect(titles(page)).to_have_text(["Analyse de sécurité"])
    assert of_the_program(state="rated", lowest=5) == ["Analyse de sécurité"]
    page.get_by_role("button", name="Clear all filters").click()
    expect(status).to_be_visible()

    tags = page.get_by_role("combobox", name="Tags")
    tags.fill("dro")
    choose_by_keyboard(tags, "drone 2")
    expect(page.get_by_text("2 entries")).to_be_visible()
    page.get_by_text("Conversation 4", exact=True).click()
    expect(page.get_by_text("1 entry")).to_be_visible()
    expect(titles(page)).to_have_text(["Drone range"])
    assert of_the_program(tags=("drone",), kinds=("conversation",)) == ["Drone range"]
    page.get_by_role("button", name="Clear all filters").click()

    page.get_by_label("From", exact=True).fill("yesterday")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.get_by_text("No such day.")).to_be_visible()
    page.get_by_label("From", exact=True).fill("2025")
    page.get_by_label("To", exact=True).fill("01/02/2025")
    page.get_by_label("To", exact=True).press("Enter")
    expect(page.get_by_label("From", exact=True)).to_have_value("2025-01-01")
    expect(page.get_by_text("2 entries")).to_be_visible()
    expect(titles(page)).to_have_text(of_the_program(since="2025-01-01", until="2025-02-01"))
    page.get_by_role("button", name="Clear all filters").click()
    expect(status).to_be_visible()

    for sort in ("oldest", "title", "best", "worst", "newest"):
        page.get_by_label("Order").select_option(sort)
        expect(titles(page)).to_have_text(of_the_program(sort=sort))


@pytest.mark.usefixtures("domain")
def test_a_search_reaches_the_texts_of_answers(page: Page, gate: Gate) -> None:
    expect(page.get_by_text("5 entries")).to_be_visible()
    gate.is_closed = True
    search = page.get_by_role("searchbox")
    search.fill("drone")
    status = page.get_by_role("status").filter(has_text="entr")
    expect(status).to_contain_text("2 entries · searching the texts…")
    status.get_by_role("button", name="Stop").click()
    expect(status).to_have_text("2 entries")
    search.fill("squeals wears")
    expect(status).to_contain_text("0 entries · searching the texts…")
    gate.is_closed = False
    expect(status).to_have_text("1 entry")
    expect(titles(page)).to_have_text(["Analyse de sécurité"])
    search.fill("squeals flies")
    expect(page.get_by_text("Nothing matches")).to_be_visible()


@pytest.mark.usefixtures("domain")
def test_nothing_found_offers_the_way_back(page: Page) -> None:
    page.get_by_role("searchbox").fill("nothing like it")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").last.click()
    expect(page.get_by_text("5 entries")).to_be_visible()


@pytest.mark.usefixtures("domain")
def test_folders_are_a_tree_walked_by_keyboard(page: Page) -> None:
    folders = page.get_by_role("button", name="All folders")
    folders.click()
    tree = page.get_by_role("tree")
    expect(tree.get_by_role("treeitem", name="All folders")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(tree.get_by_role("treeitem", name="default")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tree.get_by_role("treeitem", name="articles")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("treeitem", name="articles")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 entry")).to_be_visible()
    expect(titles(page)).to_have_text(["Guide"])
    assert of_the_program(folder="un2/default/articles") == ["Guide"]
    expect(page.get_by_role("button", name="un2/default/articles", exact=True)).to_be_focused()


def test_what_a_message_holds_does_nothing(domain: Tree, page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    open_entry(page, "Drone range")
    expect(answer(page, 1)).to_contain_text(HTML)
    reader = page.get_by_role("region", name="Messages")
    assert reader.locator("img, script, a").count() == 0
    assert page.evaluate("window.hit") is None
    expect(answer(page, 1)).to_contain_text("https://example.org/x")
    assert requests == []
    expect(reader.get_by_role("heading", name="Application")).to_have_count(2)
    expect(reader.get_by_role("article")).to_have_count(1)
    assert feedback(domain) == []


def test_documentation_is_read_in_each_language(domain: Tree, page: Page) -> None:
    domain.document("un2/default/articles/rated", displayName="Judged", body="Text", rating=4.5)
    page.get_by_role("button", name="Read the folder again").click()
    open_entry(page, "Judged")
    expect(page.get_by_role("region", name="Reader")).to_contain_text("4.5 ★ in the data")
    open_entry(page, "Guide")
    expect(page.get_by_role("region", name="Reader")).not_to_contain_text("★")
    texts = page.get_by_role("region", name="Text")
    expect(texts).to_be_focused()
    expect(texts.get_by_role("heading", name="French")).to_be_visible()
    expect(texts.get_by_text("Texte")).to_be_visible()
    page.keyboard.press("m")
    expect(texts.get_by_text("## Texte")).to_be_visible()


def test_what_was_looked_at_is_there_again_after_another_screen(domain: Tree, page: Page) -> None:
    page.get_by_role("searchbox").fill("un2")
    expect(page.get_by_text("4 entries")).to_be_visible()
    open_entry(page, "Pump")
    page.keyboard.press("2")
    expect(page.get_by_text("Rated 2 stars.")).to_be_visible()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    page.get_by_role("link", name="Conversations", exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value("un2")
    expect(page.get_by_role("heading", level=2, name="Pump")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Undone in “Pump”.")).to_be_visible()
    assert feedback(domain) == []


def test_a_document_that_is_gone_is_an_error_in_its_place(domain: Tree, page: Page) -> None:
    expect(rows(page)).to_have_count(5)
    file = domain.root / "un2/default/collections/conversations/pump.json"
    content = file.read_bytes()
    file.unlink()
    rows(page).filter(has_text="Pump").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("un2/default/conversations/pump")
    file.write_bytes(content)
    alert.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=2, name="Pump")).to_be_visible()


def test_what_could_not_be_read_is_named(domain: Tree, page: Page) -> None:
    page.get_by_role("button", name="1 unreadable").click()
    dialog = page.get_by_role("dialog", name="Unreadable files")
    expect(dialog).to_contain_text("un2/default/conversations/broken.json")
    expect(dialog).to_contain_text(re.compile(r"Damaged JSON\s*line 1, column \d+"))
    expect(dialog.get_by_role("listitem")).to_have_text(
        ["Damaged JSON Repair these files, or delete them."]
    )
    page.keyboard.press("Escape")
    domain.put(
        "un2/default/collections/conversations/broken.json", {"messages": exchange("a", "b")}
    )
    page.get_by_role("button", name="Read the folder again").click()
    expect(page.get_by_text("6 entries")).to_be_visible()
    expect(page.get_by_role("button", name="1 unreadable")).to_have_count(0)


def test_a_newcomer_makes_a_demo_in_one_click(home: Path, page: Page) -> None:
    page.get_by_role("button", name="Make a demo database").click()
    expect(rows(page).first).to_be_visible()
    assert read_settings().data_folder == str(home / "raise_demo")
    assert len(list((home / "raise_demo/un2/default/collections/conversations").iterdir())) > 300


def test_a_newcomer_is_led_to_the_field_for_the_data_folder(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="Choose the data folder…").press("Enter")
    field = page.get_by_label("Data folder", exact=True)
    expect(field).to_be_focused()
    Tree(tmp_path / "mine").conversation("one", *exchange("a", "b"), title="One")
    page.keyboard.type(str(tmp_path / "mine"))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Conversations", exact=True).click()
    expect(rows(page)).to_have_count(1)


def test_a_conversation_is_kept_out_of_all_exports_and_taken_back(domain: Tree, page: Page) -> None:
    open_entry(page, "Pump")
    page.get_by_role("button", name="Forget this record…").click()
    dialog = page.get_by_role("dialog", name="Forget a record")
    expect(dialog).to_contain_text("un2/default/conversations/pump")
    dialog.get_by_role("button", name="Forget it").click()
    expect(dialog.get_by_role("status")).to_contain_text("Forgotten")
    dialog.get_by_role("button", name="Close").last.click()
    page.get_by_role("link", name="Settings").click()
    section = page.get_by_role("region", name="Forgotten records")
    expect(section.get_by_role("listitem")).to_contain_text("un2/default/conversations/pump")
    assert axe_violations(page) == []
    section.get_by_role("button", name="Undo forgetting un2/default/conversations/pump").click()
    expect(section.get_by_role("status")).to_be_focused()
    expect(section.get_by_role("listitem")).to_have_count(0)
    kept = (domain.root / "un2/finetune/collections/forgotten").glob("[!_]*.json")
    assert list(kept) == []


def test_text_from_right_to_left_and_endless_titles(domain: Tree, page: Page) -> None:
    domain.conversation("arabic", *exchange("كيف تعمل المضخة؟", "- أولا"), title="سؤال " * 200)
    page.get_by_role("button", name="Read the folder again").click()
    rows(page).filter(has_text="سؤال").click()
    title = page.get_by_role("region", name="Reader").get_by_role("heading", level=2)
    expect(title).to_contain_text("سؤال")
    direction = "element => getComputedStyle(element).direction"
    assert title.evaluate(direction) == "rtl"
    assert page.get_by_text("كيف تعمل").last.evaluate(direction) == "rtl"
    assert title.evaluate("element => element.clientHeight") < 100


def test_an_empty_folder_shows_what_data_looks_like(home: Path, page: Page) -> None:
    (home / "raise_domain/chats").mkdir(parents=True)
    page.reload()
    expect(page.get_by_text("Nothing to read here yet")).to_be_visible()
    expect(page.get_by_role("list", name="Folders of RAISE data")).to_contain_text("un2/")
    assert axe_violations(page) == []
    Tree(home / "raise_domain").conversation("one", *exchange("a", "b"), title="One")
    page.get_by_role("button", name="Read the folder again").click()
    expect(rows(page)).to_have_count(1)


WORDS = {
    "en": {"filters": "Filters", "rate": "4 stars"},
    "fr": {"filters": "Filtres", "rate": "4 étoiles"},
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.usefixtures("domain")
def test_everyone_can_use_the_screen(page: Page, language: str, theme: str) -> None:
    words = WORDS[language]
    write_settings(AppSettings.model_validate({"language": language, "theme": theme}))
    page.reload()
    rows(page).filter(has_text="Analyse de sécurité").click()
    page.get_by_role("button", name=words["rate"], exact=True).first.click()
    page.get_by_role("button", name=words["filters"], exact=True).click()
    page.get_by_role("searchbox").fill("a")
    expect(page.get_by_role("status").filter(has_text="entr")).to_be_visible()
    page.mouse.move(600, 790)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("domain")
def test_everyone_can_use_its_dialogs(page: Page, theme: str) -> None:
    write_settings(AppSettings.model_validate({"theme": theme}))
    page.reload()
    page.emulate_media(reduced_motion="reduce")
    open_entry(page, "Analyse de sécurité")
    for key in ("c", "?"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert axe_violations(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(answer(page, 3)).to_be_focused()
    page.get_by_role("button", name="1 unreadable").click()
    expect(page.get_by_role("dialog")).to_contain_text("broken.json")
    assert axe_violations(page) == []


def test_rows_grow_with_the_letters(page: Page, home: Path) -> None:
    small_domain(home / "raise_domain")
    enlarge = "document.documentElement.style.fontSize = '200%'"
    page.add_init_script(f"document.addEventListener('readystatechange', () => {{{enlarge}}})")
    page.reload()
    row = rows(page).first
    expect(row).to_be_visible()
    assert row.evaluate("row => row.offsetHeight") == 112
    assert row.evaluate("row => row.scrollHeight <= row.clientHeight")
