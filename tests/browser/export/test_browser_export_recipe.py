"""The recipe on the export screen, and what the preview says of it."""

import re

from playwright.sync_api import Page, expect

from pages.axe import axe_violations
from pages.export import open_group, save_as, settled
from pages.keyboard import choose_by_keyboard, open_choices
from raise_finetune.bridge.access import Access
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe


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
    choose_by_keyboard(screen.get_by_role("combobox", name="Databases"), "transverse")
    settled(screen)
    collections = open_choices(screen.get_by_role("combobox", name="Collections"))
    expect(collections).to_have_text(["requirements"])


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


def test_what_was_looked_at_in_the_preview_is_found_again(screen: Page) -> None:
    screen.get_by_role("tab", name="Rows").click()
    screen.get_by_text("val.jsonl").click()
    screen.get_by_text("As read", exact=True).click()
    screen.get_by_role("link", name="Settings").click()
    screen.get_by_role("link", name="Export").click()
    expect(screen.get_by_role("tab", name="Rows")).to_have_attribute("aria-selected", "true")
    expect(screen.get_by_role("radio", name="val.jsonl")).to_be_checked()
    expect(screen.get_by_role("radio", name="As read")).to_be_checked()


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
