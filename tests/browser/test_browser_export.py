"""The export screen, on real folders: what it promises is what the files hold."""

import hashlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.axe import axe_violations
from pages.gate import Gate
from raise_finetune.bridge.access import Access
from raise_finetune.commands.settings import AppSettings, write_settings
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe
from raise_finetune.demo.domain import write_demo

PROGRAM = str(Path(sys.executable).parent / "raise-finetune")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "domain"
    write_demo(folder, 120)
    return folder


@pytest.fixture
def training(training: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which datasets are saved; the demo is the data folder."""
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(demo))
    return training


@pytest.fixture
def screen(training: Path, page: Page) -> Page:
    """The export screen, with its first preview."""
    assert training.is_dir()
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("region", name="What becomes of the data")).to_be_visible()
    settled(page)
    return page


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


def command_line(*arguments: str) -> None:
    subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, timeout=60)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_default_export_has_the_bytes_of_the_command_lines(
    screen: Page, training: Path, demo: Path, tmp_path: Path
) -> None:
    save_as(screen).fill("mine")
    screen.get_by_role("button", name="Export dataset").click()
    shown = report(screen, "mine")
    command_line("export", str(tmp_path / "theirs"), "--root", str(demo))
    ours, theirs = contents(training / "mine" / "data"), contents(tmp_path / "theirs" / "data")
    assert list(ours) == ["train.jsonl", "val.jsonl"]
    assert ours == theirs
    for name, data in ours.items():
        row = shown.get_by_role("row").filter(has_text=f"data/{name}")
        expect(row).to_contain_text(f"{len(data.splitlines()):,}")
        expect(row.get_by_title(hashlib.sha256(data).hexdigest())).to_be_visible()


def test_the_copied_command_makes_the_same_dataset_again(
    screen: Page, training: Path, tmp_path: Path
) -> None:
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.get_by_role("radio", name="3 stars").press("Space")
    screen.get_by_label("Unrated answers too").check()
    save_as(screen).fill("mine.jsonl")
    screen.keyboard.press("Control+Enter")
    shown = report(screen, "mine.jsonl")
    shown.get_by_role("button", name="Copy the command").click()
    expect(shown.get_by_role("button", name="Copied")).to_be_visible()
    program, *words = shlex.split(screen.evaluate("navigator.clipboard.readText()"))
    assert program == "raise-finetune"
    assert words[:2] == ["export", str(training / "mine.jsonl")]
    command_line("export", str(tmp_path / "again.jsonl"), *words[2:])
    assert (tmp_path / "again.jsonl").read_bytes() == (training / "mine.jsonl").read_bytes()
    shown.get_by_role("button", name="Copy the code").click()
    code = screen.evaluate("navigator.clipboard.readText()")
    load = f'load_dataset("json", data_files="{training / "mine.jsonl"}")'
    assert code == f"from datasets import load_dataset\n\ndataset = {load}"


@pytest.mark.parametrize("name", ["mine", "mine.jsonl"])
def test_the_previewed_lines_are_the_first_lines_of_the_files(
    screen: Page, training: Path, name: str
) -> None:
    save_as(screen).fill(name)
    screen.get_by_role("tab", name="Rows").click()
    files = screen.get_by_role("radiogroup", name="File")
    previewed: dict[str, list[str]] = {}
    for label in files.locator("label").all():
        label.click()
        file = label.inner_text().split(" · ")[0]
        heads = screen.locator("[data-line]")
        for place in range(min(4, heads.count())):
            heads.nth(place).click()
        previewed[file] = screen.locator("main li pre").all_inner_texts()
    screen.keyboard.press("Control+Enter")
    report(screen, name)
    assert list(previewed) == (["All rows"] if "." in name else ["train.jsonl", "val.jsonl"])
    for file, lines in previewed.items():
        path = training / name if "." in name else training / name / "data" / file
        assert len(lines) == 4
        assert lines == path.read_text("utf-8").splitlines()[:4]


def test_the_sentence_and_the_picture_follow_the_recipe(screen: Page) -> None:
    sentence = screen.locator("header p")
    expect(sentence).to_have_text(
        re.compile(r"^\d+ examples from \d+ conversations rated 4 or more and \d+ pieces of docum")
    )
    before = sentence.inner_text()
    picture = screen.get_by_role("region", name="What becomes of the data")
    expect(picture.get_by_role("listitem").filter(has_text="Rated too low")).to_be_visible()
    screen.get_by_role("radio", name="1 star", exact=True).press("Space")
    expect(picture.get_by_role("listitem").filter(has_text="Rated too low")).to_have_count(0)
    expect(sentence).to_have_text(re.compile("rated 1 or more"))
    open_group(screen, "Sources")
    screen.get_by_label("Documentation").uncheck()
    expect(sentence).to_have_text(re.compile(r"^\d+ examples from \d+ conversations rated 1 or"))
    expect(picture.get_by_text("Documentation, not wanted")).to_be_visible()
    screen.get_by_role("button", name="Back to the defaults").click()
    expect(sentence).to_have_text(before)


def test_names_to_choose_come_from_the_data_folder(screen: Page) -> None:
    open_group(screen, "Sources")
    screen.get_by_role("combobox", name="Databases").click()
    screen.get_by_role("option", name="transverse").click()
    screen.keyboard.press("Escape")
    settled(screen)
    screen.get_by_role("combobox", name="Collections").click()
    expect(screen.get_by_role("option")).to_have_text(["requirements"])


def test_a_value_of_a_wrong_form_is_shown_at_its_field(screen: Page) -> None:
    open_group(screen, "Filters")
    since = screen.get_by_role("textbox", name="From")
    since.fill("2026-1-1")
    expect(since).to_have_attribute("aria-invalid", "true")
    expect(screen.get_by_text("Write a day as YYYY-MM-DD, for example 2026-01-31.")).to_be_visible()
    expect(screen.get_by_text("The preview waits until the value marked in red")).to_be_visible()
    since.fill("2020-01-01")
    expect(since).not_to_have_attribute("aria-invalid", "true")
    expect(screen.get_by_text("The preview waits")).to_have_count(0)

    open_group(screen, "Output")
    for label in ("Kept for validation", "Kept for the final test"):
        slider = screen.get_by_role("slider", name=label)
        slider.press("End")
        expect(slider).to_have_attribute("aria-valuetext", "90%")
    expect(screen.get_by_text("must leave something to train on")).to_be_visible()


def test_what_matches_nothing_says_which_filters_keep_it_out(screen: Page) -> None:
    open_group(screen, "Filters")
    screen.get_by_role("textbox", name="From").fill("2199-01-01")
    advice = screen.get_by_role("note")
    expect(advice).to_contain_text("Nothing matches this recipe")
    expect(advice.get_by_role("listitem").first).to_contain_text(
        re.compile(r"^Outside the dates \(\d+\) Choose a longer time\.$")
    )
    expect(advice).to_contain_text(re.compile(r"Unrated \(\d+\) Rate answers on the Conversations"))
    save_as(screen).fill("nothing")
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_role("alert")).to_contain_text("matches the recipe")


def test_an_output_in_the_data_folder_is_refused_at_its_field(
    screen: Page, training: Path, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = training / "domain"
    shutil.copytree(demo, inside)
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(inside))
    before = contents(training)
    save_as(screen).fill("domain/un2/mine.jsonl")
    screen.keyboard.press("Control+Enter")
    expect(save_as(screen)).to_have_attribute("aria-invalid", "true")
    expect(screen.get_by_text("lies inside the data folder")).to_be_visible()
    expect(screen.get_by_text("an export never writes there")).to_be_visible()
    assert contents(training) == before
    screen.get_by_role("link", name="Settings").click()
    screen.get_by_role("link", name="Export failed").click()
    expect(save_as(screen)).to_have_attribute("aria-invalid", "true")
    save_as(screen).fill("mine.jsonl")
    expect(save_as(screen)).not_to_have_attribute("aria-invalid", "true")


def test_a_browser_explains_why_it_cannot_browse_nor_write_elsewhere(
    screen: Page, training: Path, tmp_path: Path
) -> None:
    expect(screen.get_by_text(str(training))).to_be_visible()  # it knows what it runs in
    screen.get_by_role("button", name="Browse…").click()
    expect(screen.get_by_text(f"the dataset will be saved under {training}")).to_be_visible()
    screen.keyboard.press("Escape")
    save_as(screen).fill(str(tmp_path / "elsewhere.jsonl"))
    expect(screen.get_by_text("One file", exact=True)).to_be_visible()
    screen.get_by_role("button", name="Export dataset").click()
    expect(screen.get_by_text("you have not chosen that place")).to_be_visible()
    assert not (tmp_path / "elsewhere.jsonl").exists()


def test_what_was_looked_at_in_the_preview_is_found_again(screen: Page) -> None:
    screen.get_by_role("tab", name="Rows").click()
    screen.get_by_text("val.jsonl").click()
    screen.get_by_text("As read", exact=True).click()
    screen.get_by_role("link", name="Settings").click()
    screen.get_by_role("link", name="Export").click()
    expect(screen.get_by_role("tab", name="Rows")).to_have_attribute("aria-selected", "true")
    expect(screen.get_by_role("radio", name="val.jsonl")).to_be_checked()
    expect(screen.get_by_role("radio", name="As read")).to_be_checked()


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
    assert contents(training) == {"mine.jsonl": b"old\n"}
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


def test_a_reloaded_page_keeps_the_recipe_and_the_name_and_another_one_begins_afresh(
    screen: Page, bridge: Access
) -> None:
    proposed = save_as(screen).input_value()
    screen.get_by_role("radio", name="5 stars").press("Space")
    save_as(screen).fill("mine")
    screen.reload()
    expect(save_as(screen)).to_have_value("mine")
    expect(screen.get_by_role("radio", name="5 stars")).to_be_checked()
    screen.get_by_role("button", name="Back to the defaults").click()
    save_as(screen).fill("")
    screen.reload()
    expect(screen.get_by_role("radio", name="4 stars")).to_be_checked()
    expect(save_as(screen)).to_have_value(proposed)

    save_as(screen).fill("mine")
    other = screen.context.new_page()
    other.goto(bridge.link)
    other.get_by_role("link", name="Export", exact=True).click()
    expect(save_as(other)).to_have_value(proposed)


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


def test_near_duplicates_stand_side_by_side(screen: Page) -> None:
    count = screen.get_by_role("region", name="What becomes of the data").get_by_role("listitem")
    expect(count.filter(has_text="Near-duplicates")).to_be_visible()
    screen.get_by_role("button", name="Near-duplicates side by side…").click()
    dialog = screen.get_by_role("dialog", name="Near-duplicates")
    pair = dialog.get_by_role("listitem").first
    headings = pair.get_by_role("heading", level=3)
    expect(headings.nth(0)).to_contain_text("Stays")
    expect(headings.nth(1)).to_contain_text("Left out")
    expect(pair).to_contain_text("% alike")
    expect(headings.nth(0)).to_contain_text(re.compile(r"· \d{1,2} [A-Z][a-z]{2,3} \d{4}$"))
    screen.wait_for_timeout(300)  # colours in transition have no contrast to judge
    assert axe_violations(screen) == []
    links = dialog.get_by_role("link")
    assert links.count() > 4
    for link in (links.nth(0), links.nth(1)):
        screen.keyboard.press("Tab")
        expect(link).to_be_focused()
    screen.keyboard.press("ArrowDown")
    expect(links.nth(3)).to_be_focused()
    screen.keyboard.press("End")
    expect(links.last).to_be_focused()
    screen.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    screen.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


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


def test_a_recipe_survives_its_text(screen: Page) -> None:
    screen.get_by_role("radio", name="3 stars").press("Space")
    open_group(screen, "Filters")
    screen.get_by_role("textbox", name="From").fill("2020-02-29")
    screen.get_by_text("French", exact=True).click()
    screen.get_by_role("button", name="Recipe as text…").click()
    dialog = screen.get_by_role("dialog", name="Recipe as text")
    text = dialog.get_by_label("Recipe", exact=True)
    plain = ExportRecipe()
    expect(text).to_have_value(
        format_recipe(
            plain.model_copy(
                update={
                    "rating": plain.rating.model_copy(update={"minimum": 3.0}),
                    "filter": plain.filter.model_copy(
                        update={"since": "2020-02-29", "languages": ("fr",)}
                    ),
                }
            ),
            "en",
        )
    )
    written = text.input_value()
    dialog.get_by_role("button", name="Close", exact=True).click()
    screen.get_by_role("button", name="Back to the defaults").click()
    expect(screen.get_by_role("radio", name="4 stars")).to_be_checked()

    screen.get_by_role("button", name="Recipe as text…").click()
    text.fill(written.replace("minimum = 3.0", "minimum = 9.0"))
    dialog.get_by_role("button", name="Use this text").click()
    expect(dialog.get_by_role("alert")).to_contain_text(
        "“rating.minimum” in the recipe text is not valid"
    )
    text.fill(written)
    screen.keyboard.press("Escape")  # loses nothing that was typed
    screen.mouse.click(5, 5)
    expect(text).to_have_value(written)
    dialog.get_by_role("button", name="Use this text").click()
    expect(dialog).to_have_count(0)
    expect(screen.get_by_role("radio", name="3 stars")).to_be_checked()
    expect(screen.get_by_role("textbox", name="From")).to_have_value("2020-02-29")
    screen.get_by_role("button", name="Back to the recipe before").click()
    expect(screen.get_by_role("radio", name="4 stars")).to_be_checked()
    screen.get_by_role("button", name="Recipe as text…").click()
    expect(dialog).to_be_visible()
    screen.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


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


def test_by_keyboard_alone(screen: Page, training: Path) -> None:
    screen.get_by_role("link", name="Export", exact=True).focus()
    focus_by_tab(screen, screen.get_by_role("radio", name="4 stars"))
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_role("radio", name="5 stars")).to_be_checked()
    expect(screen.get_by_text("5 only")).to_be_visible()
    focus_by_tab(screen, screen.get_by_role("button", name=re.compile("^Filters")))
    screen.keyboard.press("Enter")
    focus_by_tab(screen, screen.get_by_role("textbox", name="From"))
    screen.keyboard.type("2001-01-01")
    settled(screen)  # what is known of the lines below holds as long as they are the same lines
    focus_by_tab(screen, screen.get_by_role("tab", name="Overview"))
    screen.keyboard.press("ArrowRight")
    line = screen.locator("[data-line]")
    focus_by_tab(screen, line.first)
    screen.keyboard.press("ArrowDown")
    expect(line.nth(1)).to_be_focused()
    screen.keyboard.press("Enter")
    expect(line.nth(1)).to_have_attribute("aria-expanded", "true")
    focus_by_tab(screen, save_as(screen))
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


def focus_by_tab(page: Page, target: Locator) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("target => target === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {target}")


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


def test_without_a_data_folder_there_is_the_welcome(page: Page) -> None:
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("heading", name="Where are your conversations?")).to_be_visible()
    expect(page.get_by_role("button", name="Export dataset")).to_have_count(0)


def test_a_line_is_shown_as_the_tokens_of_a_model(screen: Page):
    screen.get_by_role("tab", name="Rows").click()
    screen.get_by_role("radiogroup", name="How rows are shown").get_by_text("Tokens").click()
    expect(screen.get_by_role("tabpanel").get_by_label("Tokenizer")).to_have_value("mistral-v3")
    screen.locator("[data-line]").first.click()
    tokens = screen.locator("pre [data-state]")
    expect(tokens.first).to_have_text("<s>")
    expect(tokens.first).to_have_attribute("data-state", "masked")
    expect(tokens.nth(1)).to_have_text("[INST]")
    expect(screen.locator("pre [data-state=trained]").last).to_have_text("</s>")
    expect(screen.get_by_text(re.compile(r"tokens are learned$"))).to_be_visible()
    screen.get_by_role("tabpanel").get_by_label("Tokenizer").select_option("mistral-v1")
    expect(tokens.nth(1)).to_have_text("[")
    assert axe_violations(screen) == []
