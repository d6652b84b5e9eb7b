"""The training screen over real trainers: what it promises, and what becomes of a run."""

import dataclasses
import re
import shutil
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Locator, Page, expect

from models.training import trainer_of
from pages.axe import axe_violations
from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import COMMANDS
from raise_finetune.commands.settings import AppSettings, write_settings
from raise_finetune.commands.wire import Request, Response
from raise_finetune.training.config_file import read_config
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import Run
from raise_finetune.training.status import run_status


@pytest.fixture
def runs_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this user's runs, still empty."""
    monkeypatch.setenv("PATH_RAISE_DATASET", str(home / "datasets"))
    folder = home / "datasets/runs"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def screen(runs_folder: Path, page: Page) -> Page:
    """The training screen of somebody who has trained nothing."""
    assert runs_folder.is_dir()
    page.get_by_role("link", name="Training").click()
    return page


@pytest.fixture
def finished(runs_folder: Path, trained_mistral: Run, page: Page) -> Page:
    """The training screen with one finished run."""
    shutil.copytree(trained_mistral.folder, runs_folder / "one")
    page.get_by_role("link", name="Training").click()
    page.get_by_text("Trainings · 1").click()
    return page


def choose(page: Page, dataset: Path, base: Path) -> None:
    page.get_by_role("combobox", name="Dataset").fill(str(dataset))
    page.get_by_role("textbox", name="Base model").fill(str(base))


def fact(page: Page, name: str) -> Locator:
    return (
        page.locator("dl > div").filter(has=page.get_by_text(name, exact=True)).locator("dd").first
    )


def test_an_estimate_says_what_it_takes_before_anything_starts(
    screen: Page, runs_folder: Path, tiny_dataset: Path, tiny_mistral: Path
) -> None:
    expect(screen.get_by_role("heading", name="From a dataset to better answers")).to_be_visible()
    expect(screen.get_by_role("button", name="Start training")).to_be_disabled()
    expect(screen.get_by_text("Choose a dataset and a base model.")).to_be_visible()
    expect(screen.get_by_text("Export one to a folder first")).to_be_visible()
    expect(screen.get_by_role("link", name="To the export")).to_have_attribute("href", "#/export")
    screen.get_by_role("combobox", name="Dataset").fill(str(tiny_dataset))
    expect(screen.get_by_text("Choose a base model, too.")).to_be_visible()
    choose(screen, tiny_dataset, tiny_mistral)
    expect(fact(screen, "Trained parameters")).to_have_text("32.8K")
    rows = screen.get_by_role("row")
    train = len((tiny_dataset / "data/train.jsonl").read_bytes().splitlines())
    expect(rows.filter(has_text="Training").get_by_role("cell").first).to_have_text(str(train))
    steps = int(fact(screen, "Steps").inner_text())
    screen.get_by_label("Epochs").fill("6")
    expect(fact(screen, "Steps")).to_have_text(str(2 * steps))
    screen.get_by_label("Longest row").fill("64")
    expect(screen.get_by_role("note").first).to_contain_text(
        "rows are left out: the answer would lose its end at max_length."
    )
    assert list(runs_folder.iterdir()) == []


def test_what_is_wrong_stands_beside_its_field(
    screen: Page, tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
) -> None:
    base = screen.get_by_role("textbox", name="Base model")
    choose(screen, tiny_dataset, tmp_path / "nowhere")
    expect(base).to_have_attribute("aria-invalid", "true")
    expect(screen.get_by_text("The estimate waits")).to_be_visible()
    start = screen.get_by_role("button", name="Start training")
    expect(start).to_be_disabled()
    expect(screen.get_by_text("Put right the value marked in red first.")).to_be_visible()
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_role("radio", name="New training")).to_be_checked()
    base.fill(str(tiny_mistral))
    expect(base).not_to_have_attribute("aria-invalid", "true")
    expect(start).to_be_enabled()
    # A key in a folded group opens it.
    screen.get_by_role("button", name="Learning").click()
    screen.get_by_label("Warm-up").fill("10")
    screen.get_by_role("button", name="Learning").click()
    expect(screen.get_by_text("The estimate waits")).to_be_visible()


def test_a_double_click_starts_one_training(
    screen: Page, runs_folder: Path, tiny_dataset: Path, tiny_mistral: Path
) -> None:
    choose(screen, tiny_dataset, tiny_mistral)
    start = screen.get_by_role("button", name="Start training")
    expect(start).to_be_enabled()
    expect(screen.get_by_text("The estimate waits")).to_have_count(0)
    screen.get_by_label("Epochs").fill("1")
    start.dblclick()
    report = screen.get_by_role("article")
    expect(report.get_by_role("heading", level=2)).to_be_focused()
    expect(report.get_by_text("finished", exact=True)).to_be_visible(timeout=90_000)
    assert len(list(runs_folder.iterdir())) == 1


ROWS = 60  # of losses as numbers, at most
STEPS = 400  # more than the test waits for: it pauses and stops the training


def progress(report: Locator) -> Locator:
    return report.get_by_role("progressbar")


def step_of(report: Locator) -> int:
    """Return the step that a run is at, as the page says it."""
    return int((progress(report).get_attribute("aria-valuetext") or "").split()[0])


def test_a_run_is_watched_paused_found_again_resumed_stopped_and_deleted(
    screen: Page, runs_folder: Path, tiny_dataset: Path, tiny_mistral: Path
) -> None:
    choose(screen, tiny_dataset, tiny_mistral)
    screen.get_by_role("button", name="Learning").click()
    screen.get_by_label("Steps at most").fill(str(STEPS))
    screen.get_by_label("Longest row").fill("160")
    rate = screen.get_by_label("Learning rate", exact=True)
    expect(rate).to_have_value("2e-4")
    rate.fill("2e")
    expect(screen.get_by_text("Write a number from 1e-7 to 1, such as 2e-4.")).to_be_visible()
    rate.fill("0.0005")
    rate.blur()
    expect(rate).to_have_value("5e-4")
    screen.get_by_role("button", name="Watching and saving").click()
    screen.get_by_label("Steps between checkpoints").fill("10")
    screen.get_by_label("Steps between validations").fill("10")
    screen.keyboard.press("Control+Enter")
    report = screen.get_by_role("article")
    expect(progress(report)).to_have_attribute(
        "aria-valuetext", re.compile(rf"^[1-9]\d* of {STEPS}$"), timeout=60_000
    )
    screen.get_by_role("link", name="Settings").click()
    sign = screen.get_by_role("link", name=re.compile(r"^Training… \d+%$"))
    expect(sign).to_be_visible()
    sign.click()
    report.get_by_role("button", name="Pause").click()
    resume = report.get_by_role("button", name="Resume")
    expect(resume).to_be_visible()
    (run,) = runs_folder.iterdir()
    assert read_config(run / "training.toml").training.max_steps == STEPS
    assert read_config(run / "training.toml").training.learning_rate == 5e-4

    screen.reload()
    screen.get_by_text("Trainings · 1").click()
    expect(report.get_by_role("img", name="Loss")).to_be_visible()
    expect(report.get_by_text("paused", exact=True)).to_be_visible()
    paused = step_of(report)
    resume.click()
    expect(progress(report)).not_to_have_attribute(
        "aria-valuetext", f"{paused} of {STEPS}", timeout=60_000
    )
    trainer = trainer_of(Run(run))
    trainer.suspend()  # until the screen is left, which would tell how it ended
    report.get_by_role("button", name="Stop").click()
    screen.get_by_role("link", name="Settings").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Settings")
    trainer.resume()
    ended = screen.get_by_role("link", name="Training stopped")
    expect(ended).to_be_visible()
    ended.click()
    expect(ended).to_have_count(0)
    expect(report.get_by_text("stopped", exact=True)).to_be_visible()
    expect(report.get_by_role("button", name="Use the adapter")).to_be_visible()
    stopped = run_status(Run(run)).step
    assert stopped > paused
    expect(progress(report)).to_have_attribute("aria-valuetext", f"{stopped} of {STEPS}")
    report.get_by_role("button", name="Losses as numbers").click()
    table = report.get_by_role("region", name="Losses as numbers")
    if stopped <= ROWS:  # more are drawn together
        expect(table.get_by_role("row")).to_have_count(1 + 1 + stopped)
    expect(table.get_by_role("row").last.get_by_role("cell").first).to_have_text(str(stopped))
    expect(table.get_by_role("row").nth(1).get_by_role("cell").first).to_have_text("0")

    report.get_by_role("button", name="Delete…").click()
    screen.get_by_role("button", name="Keep it").click()
    assert run.is_dir()
    report.get_by_role("button", name="Delete…").click()
    screen.get_by_role("button", name="Delete for good").click()
    expect(screen.get_by_text("Nothing has been trained here yet.")).to_be_visible()
    assert not run.exists()


def test_a_failed_run_says_what_to_do_next(finished: Page, runs_folder: Path) -> None:
    report = finished.get_by_role("article")
    events = EventWriter(Run(runs_folder / "one").events)

    def fail(code: str, **params: str) -> None:
        events.write("error", code=code, params=params)
        finished.reload()
        finished.get_by_text("Trainings · 1").click()

    fail("training_disk_full", path="/runs/one")
    expect(report.get_by_role("note")).to_have_text(
        "The disk is full: the training could not write to /runs/one."
        "Make room and resume the run: it goes on from its last whole checkpoint, if there is one."
    )
    resume = report.get_by_role("button", name="Resume")
    again = report.get_by_role("button", name="Train again with these values")
    expect(resume).to_have_attribute("data-variant", "filled")
    expect(again).to_have_attribute("data-variant", "default")
    fail("training_diverged", step="21")
    expect(report.get_by_role("note")).to_contain_text("Resumed, this one would diverge again.")
    expect(resume).to_have_attribute("data-variant", "default")
    expect(again).to_have_attribute("data-variant", "filled")
    again.click()
    expect(finished.get_by_label("Longest row")).to_have_value("160")


def test_a_double_click_resumes_once(
    finished: Page, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    EventWriter(Run(runs_folder / "one").events).write("exit", returncode=-9)
    finished.reload()
    finished.get_by_text("Trainings · 1").click()
    working = COMMANDS["training_resume"]
    may_answer = Event()
    asked: list[Request] = []

    def answer_late(request: Request, context: Context) -> Response:
        asked.append(request)
        may_answer.wait(60)
        return working.run(request, context)

    monkeypatch.setitem(COMMANDS, "training_resume", dataclasses.replace(working, run=answer_late))
    report = finished.get_by_role("article")
    resume = report.get_by_role("button", name="Resume")
    resume.dblclick()
    expect(resume).to_be_disabled()
    may_answer.set()
    expect(report.get_by_text("finished", exact=True)).to_be_visible(timeout=90_000)
    expect(finished.get_by_role("alert")).to_have_count(0)
    assert len(asked) == 1


def test_a_run_that_saved_nothing_starts_over(finished: Page, runs_folder: Path) -> None:
    run = Run(runs_folder / "one")
    kept = [line for line in run.events.read_bytes().splitlines() if b'"checkpoint"' not in line]
    run.events.write_bytes(b"\n".join([*kept, b""]))
    EventWriter(run.events).write("exit", returncode=-9)
    finished.reload()
    finished.get_by_text("Trainings · 1").click()
    report = finished.get_by_role("article")
    expect(report.get_by_role("button", name="Start over")).to_have_attribute(
        "title", "Starts again at the first step: there is no checkpoint yet."
    )
    expect(report.get_by_role("button", name="Resume")).to_have_count(0)


@pytest.mark.usefixtures("small_demo", "training")
def test_a_dataset_that_was_deleted_is_not_taken_for_chosen(page: Page, training: Path) -> None:
    page.get_by_role("link", name="Export").click()
    page.get_by_label("Save as").fill("short-lived")
    page.keyboard.press("Control+Enter")
    report = page.get_by_role("article", name="short-lived")
    expect(report).to_be_visible()
    shutil.rmtree(training / "short-lived")
    report.get_by_role("button", name="Train a model").click()
    dataset = page.get_by_role("combobox", name="Dataset")
    expect(dataset).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("It is no longer there: it was moved or deleted")).to_be_visible()
    first = page.get_by_role("listitem").filter(has_text="Choose a dataset")
    expect(first).not_to_have_attribute("data-done", "true")
    dataset.fill("/another")
    expect(dataset).not_to_have_attribute("aria-invalid", "true")
    expect(first).to_have_attribute("data-done", "true")


def test_without_the_trainer_the_commands_that_install_it_are_shown(
    screen: Page, tiny_dataset: Path, tiny_mistral: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raise_finetune.training.process._NEEDED", ("no_such_package",))
    choose(screen, tiny_dataset, tiny_mistral)
    screen.get_by_role("button", name="Start training").click()
    expect(screen.get_by_role("alert")).to_contain_text("no_such_package")
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.get_by_role("button", name="Copy the command").last.click()
    expect(screen.get_by_role("button", name="Copied")).to_be_visible()
    copied = screen.evaluate("navigator.clipboard.readText()")
    assert copied == 'pip install "raise-finetune[trainer]"'


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_view_in_both_languages_and_themes(
    finished: Page, tiny_dataset: Path, tiny_mistral: Path, language: str, theme: str
) -> None:
    write_settings(AppSettings.model_validate({"language": language, "theme": theme}))
    finished.reload()
    views = finished.get_by_role("main").get_by_role("radiogroup").first.locator("label")
    views.nth(1).click()
    expect(finished.get_by_role("article")).to_be_visible()
    check(finished)
    views.nth(0).click()
    form = finished.get_by_role("main").get_by_role("region").first
    form.get_by_role("combobox").first.fill(str(tiny_dataset))
    form.get_by_role("textbox").last.fill(str(tiny_mistral))
    expect(finished.get_by_role("table")).to_be_visible()
    check(finished)


def check(page: Page) -> None:
    page.mouse.move(600, 790)
    expect(page.locator("[data-old]")).to_have_count(0)
    page.wait_for_timeout(400)  # colours in transition have no contrast to judge
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200
    assert axe_violations(page) == []
