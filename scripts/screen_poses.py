"""What the pictures of the documentation show, and how the page gets there.

A pose is a function that brings a freshly opened page to what its picture shows.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page, expect

WIDTH, HEIGHT = 1280, 800


class Screen(NamedTuple):
    """The page in one language, and its words by their keys in the catalogue."""

    page: Page
    words: dict[str, Any]

    def say(self, key: str) -> str:
        """Return the words of a key without placeholders."""
        found: Any = self.words
        for name in key.split("."):
            found = found[name]
        return str(found)

    def go_to(self, name: str) -> None:
        """Open one of the screens."""
        self.page.locator(f"nav a[href='#/{name}']").click()

    def button(self, key: str) -> Locator:
        """Return the button that says the words of a key."""
        return self.page.get_by_role("button", name=self.say(key), exact=True)

    def settle(self) -> None:
        """Wait until nothing moves or loads any more, with the pointer out of the way."""
        self.page.mouse.move(WIDTH - 2, HEIGHT - 2)
        expect(self.page.locator("[data-old]")).to_have_count(0)
        self.page.wait_for_timeout(350)


Pose = Callable[[Screen], None]
POSES: dict[str, Pose] = {}
WITH_TRAINING = ("training", "training-run", "models", "compare")
TRAINED_ON = "raise_dataset/training/brake-and-door-answers"


def pose(name: str) -> Callable[[Pose], Pose]:
    """Register a function that brings the page to what a picture shows."""

    def register(function: Pose) -> Pose:
        POSES[name] = function
        return function

    return register


@pose("welcome")
def welcome(screen: Screen) -> None:
    """Show what a newcomer sees."""
    screen.go_to("conversations")


@pose("conversations")
def _conversations(screen: Screen) -> None:
    screen.go_to("conversations")
    screen.page.locator("[role=option][aria-posinset]").nth(2).click()
    screen.page.get_by_role("article").first.wait_for()


@pose("filters")
def _filters(screen: Screen) -> None:
    _conversations(screen)
    screen.button("conversations.filter.toggle").click()
    screen.page.get_by_text(screen.say("conversations.state.unrated"), exact=True).click()


@pose("folders")
def _folders(screen: Screen) -> None:
    _conversations(screen)
    screen.button("conversations.folder.all").click()


@pose("correction")
def _correction(screen: Screen) -> None:
    _conversations(screen)
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.press("c")
    screen.page.get_by_role("dialog").wait_for()


@pose("keys")
def _keys(screen: Screen) -> None:
    _conversations(screen)
    screen.page.keyboard.press("?")
    screen.page.get_by_role("dialog").wait_for()


@pose("documentation")
def _documentation(screen: Screen) -> None:
    screen.go_to("conversations")
    screen.button("conversations.filter.toggle").click()
    kind = screen.say("conversations.kind.article")
    screen.page.locator("label").filter(has_text=kind).first.click()
    screen.page.locator("[role=option][aria-posinset]").first.click()


@pose("unreadable")
def _unreadable(screen: Screen) -> None:
    screen.go_to("conversations")
    label = screen.say("conversations.unusable.count_one").rpartition(" ")[2]
    screen.page.get_by_role("button", name=label).click()
    screen.page.get_by_role("dialog").wait_for()


@pose("privacy")
def _privacy(screen: Screen) -> None:
    screen.go_to("privacy")
    screen.page.get_by_role("heading", level=2).first.wait_for()
    screen.page.locator("li dl").first.wait_for()


@pose("privacy-list")
def _privacy_list(screen: Screen) -> None:
    screen.go_to("privacy")
    screen.page.get_by_text(screen.say("privacy.view.own"), exact=True).click()


@pose("privacy-coverage")
def _privacy_coverage(screen: Screen) -> None:
    screen.go_to("privacy")
    screen.page.get_by_text(screen.say("privacy.view.coverage"), exact=True).click()


@pose("export")
def _export(screen: Screen) -> None:
    screen.go_to("export")
    screen.page.get_by_role("region", name=screen.say("export.fates.title")).wait_for()


@pose("export-lines")
def _export_lines(screen: Screen) -> None:
    _export(screen)
    screen.page.get_by_role("tab").nth(1).click()
    screen.page.locator("[data-line]").first.click()


@pose("export-problems")
def _export_problems(screen: Screen) -> None:
    _export(screen)
    screen.page.get_by_role("tab").nth(2).click()


@pose("export-form")
def _export_form(screen: Screen) -> None:
    """Every group of the form is open, on a page as long as it needs."""
    _export(screen)
    for group in screen.page.locator("main h2 button").all():
        if group.get_attribute("aria-expanded") == "false":
            group.click()
    for advanced in screen.button("export.advanced").all():
        advanced.click()
    screen.page.set_viewport_size({"width": WIDTH, "height": 3 * HEIGHT})


@pose("recipe-text")
def _recipe_text(screen: Screen) -> None:
    _export(screen)
    screen.button("export.text.open").click()
    screen.page.get_by_role("dialog").wait_for()


@pose("nothing-matches")
def _nothing_matches(screen: Screen) -> None:
    _export(screen)
    screen.page.locator("main h2 button").nth(2).click()
    screen.page.get_by_label(screen.say("export.filter.since"), exact=True).fill("2199-01-01")
    screen.page.get_by_role("note").wait_for()


@pose("report")
def _report(screen: Screen) -> None:
    _export(screen)
    screen.page.get_by_label(screen.say("export.target.label")).fill("my_dataset")
    screen.page.keyboard.press("Control+Enter")
    screen.page.get_by_role("article").wait_for()


@pose("training")
def _training(screen: Screen) -> None:
    screen.go_to("training")
    form = screen.page.get_by_role("main").get_by_role("region").first
    form.get_by_role("combobox").first.fill(str(Path.home() / TRAINED_ON))
    form.get_by_role("textbox").last.fill(str(Path.home() / "models/mistral-tiny"))
    screen.page.get_by_role("table").wait_for()


@pose("training-run")
def _training_run(screen: Screen) -> None:
    screen.go_to("training")
    screen.page.get_by_role("main").get_by_role("radiogroup").first.locator("label").nth(1).click()
    screen.page.get_by_role("article").wait_for()


@pose("models")
def _models(screen: Screen) -> None:
    screen.go_to("models")
    card = screen.page.get_by_role("article")
    card.get_by_role("button").nth(1).click()
    card.get_by_text("adapter.gguf").wait_for()


@pose("compare")
def _compare(screen: Screen) -> None:
    screen.go_to("models")
    screen.button("models.compare").click()
    screen.button("compare.open").click()
    screen.page.get_by_role("main").locator("li button").first.click(timeout=90_000)
    screen.button("compare.mark.neither").wait_for(timeout=90_000)


@pose("settings")
def _settings(screen: Screen) -> None:
    screen.go_to("settings")
