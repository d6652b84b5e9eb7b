"""A data folder of 100,000 conversations: read, stopped, scrolled and searched."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson
import pytest
from playwright.sync_api import Page, expect

from domains.tree import exchange
from pages.conversations import rows, the_list

MANY = 100_000


@pytest.fixture
def many(home: Path) -> Iterator[Path]:
    """A data folder of 100,000 conversations: five files, each by many names, so made quickly."""
    root = home / "raise_domain"
    folder = root / "un2/default/collections/conversations"
    folder.mkdir(parents=True)
    content = orjson.dumps({"messages": exchange("A question", "An answer")})
    original = ""
    for number in range(MANY):
        path = f"{folder}/c{number:05}.json"
        if number % (MANY // 5) == 0:
            original = path
            Path(original).write_bytes(content)
        else:
            os.link(original, path)
    yield root
    shutil.rmtree(root)


@pytest.mark.usefixtures("many")
def test_a_hundred_thousand_conversations(page: Page) -> None:
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Reading was stopped")).to_be_visible()
    page.get_by_role("button", name="Read the folder").click()
    expect(page.get_by_text(re.compile("of 100,000 documents"))).to_be_visible()
    bar = page.get_by_role("progressbar")
    expect(bar).not_to_have_attribute("aria-valuenow", "0")
    expect(page.get_by_text("100,000 entries")).to_be_visible(timeout=60_000)

    the_list(page).focus()
    page.keyboard.press("End")
    expect(page.locator("#entry-99999")).to_contain_text("c00000")
    expect(page.locator("#entry-99999")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", level=2, name="c00000")).to_be_visible()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowUp")
    assert rows(page).count() < 60

    frames = cast("list[float]", page.evaluate(_SCROLL))
    assert rows(page).count() < 60
    # Milliseconds; a list that drew all its rows would need seconds.
    assert sorted(frames)[len(frames) // 2] < 200
    middle = int(rows(page).first.get_attribute("aria-posinset") or 0)
    row = page.locator(f"#entry-{middle - 1}")
    expect(row).to_contain_text(f"c{MANY - middle:05}")
    page.get_by_role("searchbox").fill("c54321")
    expect(page.get_by_text("1 entry")).to_be_visible()
    expect(rows(page)).to_contain_text("c54321")


_SCROLL = """
async () => {
  const list = document.querySelector('[role=listbox]');
  const frames = [];
  let last = performance.now();
  for (let step = 0; step < 90; step++) {
    list.scrollTop -= 400;
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - last);
    last = performance.now();
  }
  return frames;
}
"""
