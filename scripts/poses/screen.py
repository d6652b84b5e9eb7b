"""The page of which pictures are taken, and the poses that it is brought to.

A pose is a function that brings a freshly opened page to what its picture shows.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page, expect

WIDTH, HEIGHT = 1280, 800


class Screen(NamedTuple):
    """The page in one language, its words by their keys in the catalogue, and its size."""

    page: Page
    words: dict[str, Any]
    width: int
    height: int

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

    def part(self, key: str) -> Locator:
        """Return the region whose title is the words of a key."""
        return self.page.get_by_role("region", name=self.say(key), exact=True)

    def lengthen(self, heights: int) -> None:
        """Make the window as high as several, for what is longer than one."""
        self.page.set_viewport_size({"width": self.width, "height": heights * self.height})

    def settle(self) -> None:
        """Wait until nothing moves or loads any more, with the pointer out of the way."""
        self.page.mouse.move(self.width - 2, self.height - 2)
        expect(self.page.locator("[data-old]")).to_have_count(0)
        self.page.wait_for_timeout(350)


Pose = Callable[[Screen], None]
POSES: dict[str, Pose] = {}
WITH_TRAINING: set[str] = set()


def pose(name: str, *, needs_training: bool = False) -> Callable[[Pose], Pose]:
    """Register a function that brings the page to what a picture shows.

    ``needs_training``: the user has finished a training, whose dataset is a past export, too.
    """

    def register(function: Pose) -> Pose:
        POSES[name] = function
        if needs_training:
            WITH_TRAINING.add(name)
        return function

    return register
