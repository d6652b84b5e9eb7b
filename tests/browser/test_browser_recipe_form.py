"""The export form offers the whole recipe, and the preview says what the recipe asks to know."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pydantic import BaseModel

from pages.axe import axe_violations
from pages.keyboard import choose_by_keyboard
from raise_finetune.dataset.recipe import ExportRecipe, TemplatesSection

WORDS = json.loads(
    (Path(__file__).parents[2] / "frontend/src/i18n/en.json").read_text(encoding="utf-8")
)

ELSEWHERE = {
    "sanitize.actions": "decided by type on the privacy screen, beside what was found",
    "sanitize.allow": "decided by value on the privacy screen, beside what was found",
    **{
        f"templates.{kind}": "long texts by kind and language: changed in “Recipe as text”"
        for kind in TemplatesSection.model_fields
    },
}
# Fields whose label stands elsewhere in the catalogue than under the name of their key.
LABELS = {
    "dedup.near": "export.quality.near",
    "dedup.threshold": "export.quality.threshold",
    "sanitize.enabled": "privacy.enabled",
    "sanitize.numbering": "privacy.numbering",
    "sanitize.surrogates": "privacy.surrogates",
    "sanitize.ner_model": "privacy.nerModel",
    "sanitize.ner_kinds": "privacy.nerKinds",
}


def keys() -> list[str]:
    """Return ``section.key`` of all that a recipe holds, besides the version of its format."""
    found: list[str] = []
    for section, field in ExportRecipe.model_fields.items():
        if section != "version":
            assert isinstance(field.annotation, type)
            assert issubclass(field.annotation, BaseModel)
            found += [f"{section}.{key}" for key in field.annotation.model_fields]
    return found


def label(key: str) -> str:
    section, name = key.split(".")
    camel = re.sub("_([a-z])", lambda letter: letter[1].upper(), name)
    words: Any = WORDS
    for part in LABELS.get(key, f"export.{section}.{camel}").split("."):
        words = words[part]
    return str(words)


@pytest.fixture
def form(small_demo: Path, training: Path, page: Page) -> Locator:
    """The form with every group open."""
    assert small_demo.is_dir()
    assert training.is_dir()
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("region", name="What becomes of the data")).to_be_visible()
    main = page.get_by_role("main")
    while (folded := main.locator("h2 button[aria-expanded=false]")).count():
        folded.first.click()
    while (folded := main.get_by_role("button", name="Advanced", expanded=False)).count():
        folded.first.click()
    return main


def settled(page: Page) -> None:
    """Wait until the preview speaks of the recipe as it is now."""
    expect(page.locator("[data-old]")).to_have_count(0)


def name_tokenizer(form: Locator) -> None:
    form.get_by_role("combobox", name="Tokenizer").fill("mistral-v3")
    form.get_by_role("combobox", name="Tokenizer").press("Tab")


def test_each_key_of_the_recipe_is_in_the_form_or_has_a_place_of_its_own(form: Locator) -> None:
    form.get_by_text("Judged", exact=True).click()  # with bad answers, as only KTO has them
    name_tokenizer(form)
    form.get_by_label("Folder of a named-entity model").fill("/models/ner")
    form.get_by_label("Folder of a named-entity model").press("Enter")
    expect(form.get_by_text(label("sanitize.ner_kinds"), exact=True)).to_be_visible()
    expect(form.get_by_text(label("tokens.counting"), exact=True)).to_be_visible()
    offered = set(form.locator("label, [class*=label]").all_inner_texts())
    sliders = form.get_by_role("slider").all()
    offered |= {slider.get_attribute("aria-label") or "" for slider in sliders}
    assert ELSEWHERE.keys() <= set(keys())
    missing = [key for key in keys() if key not in ELSEWHERE and label(key) not in offered]
    assert missing == []


def test_what_the_form_says_of_files_is_what_is_written(
    form: Locator, page: Page, training: Path
) -> None:
    choose_by_keyboard(form.get_by_role("combobox", name="Further profiles"), "chatml")
    form.get_by_label("Megabytes per file").fill("1")
    form.get_by_text("Space", exact=True).click()
    expect(form.get_by_text("A whole space is on one side of the split")).to_be_visible()
    settled(page)
    assert axe_violations(page) == []
    page.get_by_label("Save as").fill("mine.jsonl")
    page.keyboard.press("Control+Enter")
    expect(form.get_by_text("it can hold the rows of one profile")).to_be_visible()
    page.get_by_label("Save as").fill("mine")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="mine", exact=True)).to_be_visible()
    recipe = json.loads((training / "mine/.raise/manifest.json").read_bytes())["recipe"]
    output = recipe["output"]
    assert output["also_profiles"] == ["chatml"]
    assert (output["split_by"], output["shard_megabytes"]) == ("space", 1)
    assert sorted(path.name for path in (training / "mine/data").iterdir()) == [
        "chatml",
        "train-00001.jsonl",
    ]


def test_the_preview_and_the_report_say_how_long_the_rows_are_in_tokens(
    form: Locator, page: Page
) -> None:
    name_tokenizer(form)
    form.get_by_text("Every row", exact=True).click()
    form.get_by_label("Tokens read of a row").fill("64")
    page.get_by_role("tab", name="Overview").click()
    settled(page)
    part = page.get_by_role("region", name="Tokens, by mistral-v3")
    expect(part).to_contain_text(re.compile(r"[\d,]+ tokens in \d+ rows, counted as inst\."))
    expect(part).not_to_contain_text("estimated")
    expect(part).to_contain_text(re.compile("rows are longer than 64 tokens"))
    preview = part.inner_text()
    page.get_by_label("Save as").fill("mine")
    page.keyboard.press("Control+Enter")
    report = page.get_by_role("article", name="mine", exact=True)
    expect(report).to_be_visible()
    written = report.get_by_role("region", name="Tokens, by mistral-v3").inner_text()
    assert written.splitlines()[1:] == preview.splitlines()[1:]
    assert axe_violations(page) == []
