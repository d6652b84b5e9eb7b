"""The conversations screen in a browser: a data folder to show on it, and what stands there."""

from contextlib import suppress
from pathlib import Path

import orjson
from playwright.sync_api import Locator, Page, expect

from domains.tree import Json, Tree, exchange, message
from pages.waiting import wait_until

HTML = '<img src="http://127.0.0.1:9/x" onerror="window.hit=1"><script>window.hit=1</script>'
_FEEDBACK = "un2/finetune/collections/feedback"


def small_domain(root: Path) -> Tree:
    """Write what a list, a search, a filter and an order can tell apart; return it."""
    tree = Tree(root)
    tree.conversation(
        "brakes",
        *exchange("How does a brake fail?", "It **wears**.", rating=2),
        *exchange("And then?", "It squeals.", rating=5),
        *exchange("Thanks", "You are welcome."),
        title="Analyse de sécurité",
        tags=["safety", "train"],
        updatedAt="2025-03-01T10:00:00Z",
    )
    tree.conversation(
        "drone",
        message("system", "Be brief."),
        *exchange("How far does it fly?", f"Far.\n\n{HTML}\n\n[site](https://example.org/x)"),
        *exchange("[SYSTEM_FEEDBACK] The call failed.", "Trying again."),
        title="Drone range",
        tags=["drone"],
        updatedAt="2025-02-01T10:00:00Z",
    )
    tree.conversation(
        "pump", *exchange("Why?", "Because.", rating=4), title="Pump", updatedAt="2025-01-01"
    )
    tree.document(
        "un2/default/articles/guide",
        displayName={"fr": "Guide", "en": "Guide"},
        body={"fr": "## Texte", "en": "## Text"},
        tags=["drone"],
        publishedAt="2024-12-01",
    )
    tree.put("chats/main.json", {"id": "main", "history": exchange("Hi", "Hello")})
    tree.put("un2/default/collections/conversations/broken.json", b"{")
    return tree


def rows(page: Page) -> Locator:
    """Return the rows of the list; the choices of a field are options, too."""
    return page.locator("[role=option][aria-posinset]")


def the_list(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Conversations and documentation")


def titles(page: Page) -> Locator:
    """Return the first line of each row in sight: the title, else the first question."""
    return page.locator("[role=option][aria-posinset] > span:first-of-type")


def open_entry(page: Page, title: str) -> None:
    """Open an entry and put the focus on what is to be rated first."""
    rows(page).filter(has_text=title).click()
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
    page.keyboard.press("Enter")


def feedback(domain: Tree) -> list[Path]:
    """Return the files of the ratings given."""
    return sorted((domain.root / _FEEDBACK).glob("[!_]*.json"))


def wait_for_ratings(domain: Tree, *ratings: float) -> list[Json]:
    """Return the ratings on disk once they are these: the page shows them a moment earlier."""
    stored: list[Json] = []

    def are_stored() -> bool:
        with suppress(FileNotFoundError):  # one that was removed since they were listed
            stored[:] = [orjson.loads(file.read_bytes()) for file in feedback(domain)]
            return sorted(each["rating"] for each in stored) == sorted(ratings)
        return False

    wait_until(are_stored)
    return stored


def answer(page: Page, place: int) -> Locator:
    return page.get_by_role("article", name=f"Answer {place} of")
