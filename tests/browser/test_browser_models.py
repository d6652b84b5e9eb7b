"""The screens *Models* and *Compare*, over a run that was really trained."""

import os
import re
import shutil
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import orjson
import pytest
from playwright.sync_api import Locator, Page, expect

from pages.axe import axe_violations
from raise_finetune.commands.comparison_session import close_comparison
from raise_finetune.commands.settings import AppSettings, write_settings
from raise_finetune.inference.messages import Finished, Piece
from raise_finetune.inference.process import Inference, Sampling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raise_finetune.training.runs import Run


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, trained_mistral: "Run") -> Path:
    """The folder of this user's only run, which is finished."""
    monkeypatch.setenv("PATH_RAISE_DATASET", str(home / "datasets"))
    folder = home / "datasets/runs/one"
    shutil.copytree(trained_mistral.folder, folder)
    return folder


@pytest.fixture
def domain(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, for the marks."""
    folder = home / "domain"
    folder.mkdir()
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(folder))
    return folder


@pytest.fixture
def models(run: Path, domain: Path, page: Page) -> "Iterator[Page]":
    assert run.is_dir()
    assert domain.is_dir()
    page.get_by_role("link", name="Models").click()
    yield page
    close_comparison()


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Event:
    """While it is not set, answers go on until they are stopped, however fast the model ends."""
    may_end = Event()
    generate = Inference.generate

    def generate_without_end(
        inference: Inference,
        ids: Sequence[int],
        sampling: Sampling,
        *,
        adapter: bool,
        stop_ids: Sequence[int],
    ) -> Generator[Piece, None, Finished]:
        asked = partial(generate, inference, ids, sampling, adapter=adapter, stop_ids=stop_ids)
        ended = yield from asked()
        while not may_end.is_set():
            ended = yield from asked()
        return ended

    monkeypatch.setattr(Inference, "generate", generate_without_end)
    return may_end


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def opened(page: Page) -> Locator:
    """Open the comparison of the only run; return the questions that are offered."""
    button(page.get_by_role("article"), "Compare").click()
    button(page, "Load both").click()
    questions = page.get_by_role("list", name="Questions kept out of the training")
    expect(questions).to_be_visible(timeout=90_000)
    return questions.get_by_role("button")


def stored(domain: Path) -> dict[str, float]:
    """Return the rating of each answer that was stored."""
    files = (domain / "un2/finetune/collections/feedback").glob("[!_]*.json")
    records = [orjson.loads(file.read_bytes()) for file in files]
    return {
        record["conversation"]["messages"][-1]["content"]: record["rating"] for record in records
    }


def test_a_model_tells_its_lineage_and_becomes_files(
    models: Page, run: Path, tiny_dataset: Path, tiny_mistral: Path
) -> None:
    card = models.get_by_role("article")
    for fact in (str(tiny_dataset), str(tiny_mistral), "inst", " steps · loss "):
        expect(card).to_contain_text(fact)
    assert card.get_by_role("listitem").all_inner_texts() == [
        "output.val_fraction 0.2",
        "rating.include_unrated true",
        "source.documentation false",
    ]
    button(card, "Convert to GGUF").click()
    expect(card).to_contain_text(str(run / "adapter.gguf"))
    assert (run / "adapter.gguf").read_bytes()[:4] == b"GGUF"
    button(card, "Modelfile…").click()
    dialog = models.get_by_role("dialog")
    expect(dialog).to_contain_text(f"ADAPTER {run / 'adapter.gguf'}")
    button(dialog, "Close").click()
    expect(card).to_contain_text(str(run / "Modelfile"))
    button(card, "Delete…").click()
    button(models.get_by_role("dialog"), "Delete for good").click()
    expect(models.get_by_text("No training has made an adapter yet.")).to_be_visible()
    assert not run.exists()


def test_in_a_narrow_window_the_answers_come_into_sight(models: Page) -> None:
    models.set_viewport_size({"width": 640, "height": 400})  # as 1280 × 800 at 200 %
    opened(models).first.click()
    answer = models.get_by_role("region", name="Base model", exact=True)
    expect(answer.get_by_role("heading")).to_be_in_viewport(ratio=1)
    expect(button(models, "Neither")).to_be_visible(timeout=60_000)


def test_both_sides_answer_and_the_better_one_becomes_a_rating(models: Page, domain: Path) -> None:
    questions = opened(models)
    losses = models.get_by_role("region", name="Loss on validation").get_by_role("definition")
    base, adapter = (float(losses.nth(place).inner_text()) for place in (0, 1))
    assert adapter < base
    questions.first.click()
    expect(button(models, "Neither")).to_be_visible(timeout=60_000)
    expect(button(models, "Neither")).to_be_in_viewport(ratio=1)  # however long the answers are
    answers = {
        side: models.get_by_role("region", name=name).locator("p").first.inner_text()
        for side, name in (("base", "Base model"), ("adapter", "Base + adapter"))
    }
    assert answers["base"] != answers["adapter"]
    button(models, "The adapter’s").click()
    expect(models.get_by_text("Stored: 5 stars for the adapter’s answer")).to_be_visible()
    assert sorted(stored(domain).values()) == [1.0, 5.0]
    # Pressed again, what was said is taken back.
    button(models, "The adapter’s").click()
    expect(models.get_by_text("What you say becomes a rating")).to_be_visible()
    assert stored(domain) == {}


def test_the_newest_adapter_is_chosen_from_the_start(models: Page) -> None:
    models.get_by_role("link", name="Compare").click()
    chosen = models.get_by_role("combobox", name="Adapter").or_(models.get_by_label("Adapter"))
    expect(chosen.first).to_have_value(re.compile("dataset · .*mistral"))
    expect(button(models, "Load both")).to_be_enabled()


def test_another_adapter_is_chosen_where_the_chosen_one_was_deleted(
    models: Page, run: Path
) -> None:
    shutil.copytree(run, run.with_name("two"))
    models.reload()
    expect(models.get_by_role("article")).to_have_count(2)
    models.get_by_role("link", name="Compare").click()
    chosen = models.get_by_role("combobox", name="Adapter").or_(models.get_by_label("Adapter"))
    expect(chosen.first).to_have_value(re.compile("dataset · .*mistral"))
    models.get_by_role("link", name="Models").click()
    button(models.get_by_role("article").first, "Delete…").click()
    button(models.get_by_role("dialog"), "Delete for good").click()
    expect(models.get_by_role("article")).to_have_count(1)
    models.get_by_role("link", name="Compare").click()
    expect(chosen.first).to_have_value(re.compile("dataset · .*mistral"))
    expect(button(models, "Load both")).to_be_enabled()


def test_an_answer_can_be_stopped_and_asked_in_ones_own_words(models: Page, endless: Event) -> None:
    opened(models)
    button(models, "How to answer").click()
    models.get_by_label("Longest answer, in tokens").fill("4096")
    models.get_by_label("A question of your own").fill("Why does a brake wear?")
    models.keyboard.press("Control+Enter")
    button(models, "Cancel").click()
    expect(models.get_by_text("Stopped.").first).to_be_visible()
    expect(button(models, "Neither")).to_have_count(0)
    endless.set()
    models.get_by_label("Longest answer, in tokens").fill("8")
    models.get_by_role("link", name="Settings").click()
    models.get_by_role("link", name="Compare").click()
    models.get_by_label("A question of your own").fill("Why does a brake wear?")
    button(models, "Ask both").click()
    expect(button(models, "Both are good")).to_be_visible(timeout=60_000)
    button(models, "Unload").click()
    expect(button(models, "Load both")).to_be_visible()


def test_a_reloaded_page_finds_the_open_comparison_and_what_was_typed(
    models: Page, domain: Path, endless: Event
) -> None:
    opened(models)
    own = models.get_by_label("A question of your own")
    own.fill("Why does a brake wear?")
    button(models, "Ask both").click()
    answer = models.get_by_role("region", name="Base model").locator("p")
    expect(answer).not_to_have_text("Reading the question…", timeout=60_000)
    models.reload()  # in the middle of an answer, which is lost
    endless.set()
    expect(button(models, "Unload")).to_be_visible()
    expect(models.get_by_role("region", name="Loss on validation")).to_be_visible()
    expect(own).to_have_value("Why does a brake wear?")
    expect(answer).to_have_count(0)

    button(models, "How to answer").click()
    models.get_by_label("Longest answer, in tokens").fill("8")
    button(models, "Ask both").click()
    button(models, "Neither").click(timeout=60_000)
    expect(button(models, "Neither")).to_have_attribute("aria-pressed", "true")
    shown = answer.inner_text()
    models.reload()
    expect(answer).to_have_text(shown)
    expect(button(models, "Neither")).to_have_attribute("aria-pressed", "true")
    button(models, "Neither").click()
    expect(button(models, "Neither")).to_have_attribute("aria-pressed", "false")
    assert stored(domain) == {}
    button(models, "How to answer").click()
    expect(models.get_by_label("Longest answer, in tokens")).to_have_value("8")

    button(models, "Unload").click()
    models.reload()
    expect(button(models, "Load both")).to_be_enabled()


def test_a_question_that_is_too_long_is_kept_and_tried_again_beside_the_loaded_models(
    models: Page,
) -> None:
    opened(models)
    question = models.get_by_label("A question of your own")
    question.fill("Why? " * 4000)
    button(models, "Ask both").click()
    failure = models.get_by_role("alert")
    expect(failure).to_contain_text("The prompt is longer than the context", timeout=60_000)
    button(failure, "Try again").click()
    expect(failure).to_be_visible(timeout=60_000)
    expect(button(models, "Unload")).to_be_visible()  # nothing was loaded anew
    models.get_by_role("link", name="Settings").click()
    models.get_by_role("link", name="Compare").click()
    expect(question).to_have_value("Why? " * 4000)
    button(models, "How to answer").click()
    models.get_by_label("Longest answer, in tokens").fill("8")
    question.fill("Why?")
    button(models, "Ask both").click()
    expect(button(models, "Neither")).to_be_visible(timeout=60_000)
    expect(failure).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_models_and_answers_in_both_languages_and_themes(
    models: Page, language: str, theme: str
) -> None:
    write_settings(AppSettings.model_validate({"language": language, "theme": theme}))
    models.reload()
    card = models.get_by_role("article")
    card.get_by_role("button").nth(2).click()
    expect(models.get_by_role("dialog").locator("pre")).to_be_visible()
    check(models, f"modelfile-{language}-{theme}")
    models.keyboard.press("Escape")
    check(models, f"models-{language}-{theme}")
    card.get_by_role("button").first.click()
    form = models.get_by_role("main")
    form.get_by_role("button").first.click()
    form.get_by_role("listitem").get_by_role("button").first.click(timeout=90_000)
    expect(form.locator("[aria-pressed]").first).to_be_visible(timeout=60_000)
    check(models, f"compare-{language}-{theme}")


def check(page: Page, picture: str) -> None:
    page.mouse.move(600, 790)
    page.wait_for_timeout(400)  # colours in transition have no contrast to judge
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200
    assert axe_violations(page) == []
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder, f"{picture}.png"))
