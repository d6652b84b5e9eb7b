"""What a user does in the real window, from the first rating to the dataset on disk."""

import time
from pathlib import Path
from typing import Any

import orjson
import pytest
from selenium.webdriver.common.keys import Keys

from domains.tree import Tree, exchange
from pages.waiting import wait_until
from pages.window import element, field, go_to, wait_for_text

HELD_EXPORT_APP = str(Path(__file__).parent / "held_export_app.py")


@pytest.fixture
def domain(environment: dict[str, str], tmp_path: Path) -> Tree:
    """Two conversations, of which one is rated; what is exported goes to ``datasets/training``."""
    tree = Tree(tmp_path / "domain")
    tree.conversation("brake", *exchange("How does a brake fail?", "It wears."), title="Brake")
    tree.conversation("pump", *exchange("Why?", "Because.", rating=5), title="Pump")
    environment["PATH_RAISE_DOMAIN"] = str(tree.root)
    environment["PATH_RAISE_DATASET"] = str(tmp_path / "datasets")
    (tmp_path / "datasets/training").mkdir(parents=True)
    return tree


@pytest.fixture
def training(tmp_path: Path) -> Path:
    """The folder in which the datasets are."""
    return tmp_path / "datasets/training"


@pytest.fixture
def window_on_domain(open_window: Any, domain: Tree) -> Any:
    assert domain.root.is_dir()
    return open_window()


def answers(dataset: Path) -> list[str]:
    """Return the answers of a dataset that is one file, in order."""
    rows = [orjson.loads(line)["text"] for line in dataset.read_bytes().splitlines()]
    return [row.rpartition("[/INST] ")[2].removesuffix(" </s>") for row in rows]


def press(window: Any, *keys: str) -> None:
    window.driver.switch_to.active_element.send_keys(*keys)


def save_as(window: Any, name: str) -> None:
    typed = field(window, "Save as")
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys(name)


def export(window: Any, name: str) -> None:
    """Export by the screen and wait for the report."""
    go_to(window, "Export")
    element(window, "//label[.='New export']").click()
    save_as(window, name)
    element(window, "//button[contains(., 'Export dataset')]").click()
    element(window, f"//article//h2[.='{name}']")


def test_a_rating_is_in_the_database_and_changes_the_next_export(
    window_on_domain: Any, domain: Tree, training: Path
) -> None:
    window = window_on_domain
    export(window, "before.jsonl")
    assert answers(training / "before.jsonl") == ["Because."]

    go_to(window, "Conversations")
    element(window, "//*[@role='option'][contains(., 'Brake')]").click()
    element(window, "//h2[.='Brake']")
    press(window, Keys.ENTER)
    press(window, "5")
    wait_for_text(window, "Rated 5 stars.")
    (stored,) = (domain.root / "un2/finetune/collections/feedback").glob("[!_]*.json")
    written = orjson.loads(stored.read_bytes())
    assert (written["target"], written["messageIndex"], written["rating"]) == (
        "un2/default/conversations/brake",
        1,
        5.0,
    )
    export(window, "after.jsonl")
    assert sorted(answers(training / "after.jsonl")) == ["Because.", "It wears."]


@pytest.mark.usefixtures("domain")
def test_progress_is_seen_and_cancelling_leaves_nothing_behind(
    open_window: Any, training: Path, tmp_path: Path
) -> None:
    old = training / "mine.jsonl"
    old.write_text("old\n")
    (tmp_path / "hold").touch()
    window = open_window(HELD_EXPORT_APP)
    go_to(window, "Export")
    save_as(window, "mine.jsonl")
    element(window, "//button[contains(., 'Export dataset')]").click()
    element(window, "//*[@role='progressbar'][starts-with(@aria-valuetext, 'Reading')]")
    assert len(list(training.iterdir())) == 2  # the old file, and the hidden one in the making
    window.driver.refresh()
    go_to(window, "Export")
    element(window, "//*[@role='progressbar'][starts-with(@aria-valuetext, 'Reading')]")
    element(window, "//button[contains(., 'Cancel')]").click()
    wait_for_text(window, "Export cancelled")
    assert list(training.iterdir()) == [old]
    assert old.read_text() == "old\n"
    (tmp_path / "hold").unlink()


def test_the_systems_dialog_says_where_to_save(window_on_domain: Any, tmp_path: Path) -> None:
    window, elsewhere = window_on_domain, tmp_path / "elsewhere"
    elsewhere.mkdir()
    go_to(window, "Export")
    save_as(window, "named.jsonl")
    element(window, "//button[.='Browse…']").click()
    window.from_outside("xdotool", "search", "--sync", "--name", "Save the dataset")
    time.sleep(0.5)
    window.from_outside("xdotool", "key", "ctrl+a")
    window.from_outside("xdotool", "type", "--delay", "20", str(elsewhere / "chosen.jsonl"))
    time.sleep(0.5)
    window.from_outside("xdotool", "key", "Return")
    chosen = str(elsewhere / "chosen.jsonl")
    wait_until(lambda: field(window, "Save as").get_attribute("value") == chosen)
    element(window, "//button[contains(., 'Export dataset')]").click()
    # What was picked in the dialog is the user's choice: nothing is asked again.
    element(window, "//article//h2[.='chosen.jsonl']")
    assert answers(elsewhere / "chosen.jsonl") == ["Because."]
