"""Screens whose program fails them: what happened, what to do, and a way on."""

import dataclasses
import re
import shutil
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from domains.tree import Tree, exchange
from pages.axe import axe_violations
from pages.conversations import rows
from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import COMMANDS
from raise_finetune.commands.wire import Request, Response
from raise_finetune.demo.domain import write_demo
from raise_finetune.errors import FailedError


@pytest.mark.usefixtures("small_demo")
@pytest.mark.parametrize(
    ("command", "screen", "view", "shown"),
    [
        ("recipe_default", "export", "", "Recipe as text…"),
        ("recipe_default", "privacy", "", "Look again"),
        ("exports_list", "export", "Past exports", "Make the first export"),
        ("training_presets", "training", "", "Start training"),
        ("training_runs", "training", "Trainings", "Prepare a training"),
        ("models_list", "models", "", "Prepare a training"),
        ("models_list", "compare", "", "Prepare a training"),
    ],
)
def test_a_failed_screen_is_asked_for_again(
    page: Page, monkeypatch: pytest.MonkeyPatch, command: str, screen: str, view: str, shown: str
) -> None:
    def fail(_request: Request, _context: Context) -> Response:
        raise RuntimeError

    working = COMMANDS[command]
    monkeypatch.setitem(COMMANDS, command, dataclasses.replace(working, run=fail))
    page.reload()
    page.locator(f"nav a[href='#/{screen}']").click()
    if view:
        page.get_by_role("main").get_by_text(view, exact=True).click()
    failure = page.get_by_role("main").get_by_role("alert")
    expect(failure).to_contain_text("Something went wrong inside the application.")
    box = failure.bounding_box()
    assert box is not None
    assert box["height"] < 200
    assert axe_violations(page) == []
    monkeypatch.setitem(COMMANDS, command, working)
    failure.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("main").get_by_role("button", name=shown)).to_be_visible()
    expect(failure).to_have_count(0)


@pytest.mark.usefixtures("small_demo")
@pytest.mark.parametrize(
    ("command", "screen", "view"),
    [
        ("recipe_default", "export", ""),
        ("recipe_default", "privacy", ""),
        ("exports_list", "export", "Past exports"),
        ("training_presets", "training", ""),
        ("training_runs", "training", "Trainings"),
        ("models_list", "models", ""),
        ("models_list", "compare", ""),
    ],
)
def test_a_screen_says_that_it_waits_for_a_slow_program(
    page: Page, monkeypatch: pytest.MonkeyPatch, command: str, screen: str, view: str
) -> None:
    may_answer = Event()
    working = COMMANDS[command]

    def answer_late(request: Request, context: Context) -> Response:
        may_answer.wait(60)
        return working.run(request, context)

    monkeypatch.setitem(COMMANDS, command, dataclasses.replace(working, run=answer_late))
    page.reload()
    page.locator(f"nav a[href='#/{screen}']").click()
    if view:
        page.get_by_role("main").get_by_text(view, exact=True).click()
    waiting = page.get_by_role("main").get_by_text("Loading…", exact=True)
    expect(waiting).to_be_visible()
    assert axe_violations(page) == []
    may_answer.set()
    expect(waiting).to_have_count(0)


def test_a_reason_of_any_length_leaves_what_to_do_in_sight(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_request: Request, _context: Context) -> Response:
        raise FailedError("inference_failed", reason="ggml: " + "the tensor is not there. " * 100)

    page.set_viewport_size({"width": 760, "height": 560})
    failing = dataclasses.replace(COMMANDS["training_presets"], run=fail)
    monkeypatch.setitem(COMMANDS, "training_presets", failing)
    page.reload()
    page.locator("nav a[href='#/training']").click()
    failure = page.get_by_role("main").get_by_role("alert")
    expect(failure).to_contain_text("the tensor is not there.")
    expect(failure.get_by_role("button", name="Try again")).to_be_in_viewport(ratio=1)
    assert axe_violations(page) == []


def test_a_data_folder_that_vanishes_is_missed_and_found_again(page: Page, home: Path) -> None:
    folder = home / "raise_domain"
    write_demo(folder, 10)
    page.reload()
    expect(rows(page).first).to_be_visible()
    folder.rename(home / "away")
    rows(page).nth(1).click()
    expect(page.get_by_role("heading", name="Where are your conversations?")).to_be_visible()
    shutil.move(home / "away", folder)
    page.reload()
    expect(rows(page).first).to_be_visible()


def test_an_export_says_that_the_data_folder_is_gone(page: Page, small_demo: Path) -> None:
    page.locator("nav a[href='#/export']").click()
    expect(page.get_by_role("region", name="What becomes of the data")).to_be_visible()
    small_demo.rename(small_demo.with_name("away"))
    page.keyboard.press("Control+Enter")
    told = page.get_by_role("main").get_by_text(re.compile(f"^There is no folder {small_demo}"))
    expect(told).to_be_visible()


def test_a_failure_that_names_something_long_stays_within_the_window(
    page: Page, home: Path
) -> None:
    domain = Tree(home / "raise_domain")
    name = "c" * 180
    domain.conversation(name, *exchange("Why?", "Because."), tags=["t" * 200, "pump"])
    page.reload()
    expect(rows(page)).to_have_count(1)
    (domain.root / f"un2/default/collections/conversations/{name}.json").write_text("{")
    rows(page).first.click()
    failure = page.get_by_role("alert")
    expect(failure).to_contain_text(name)
    assert failure.evaluate("note => note.scrollWidth <= note.clientWidth")


def test_a_choice_of_any_length_is_shown_whole(page: Page, home: Path) -> None:
    domain = Tree(home / "raise_domain")
    domain.conversation("one", *exchange("Why?", "Because."), tags=["t" * 200, "pump"])
    page.reload()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Tags").click()
    choices = page.get_by_role("listbox", name="Tags")
    expect(choices.get_by_role("option")).to_have_count(2)
    assert choices.evaluate(
        """list => [list, ...list.querySelectorAll('*')].every(
          (part) => part.scrollWidth <= Math.max(part.clientWidth, part.offsetWidth))"""
    )
