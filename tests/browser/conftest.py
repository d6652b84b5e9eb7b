"""The built page in Debian's Chromium, served by the bridge, over the real commands."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pages.gate import Gate, gate_before_reading
from raise_finetune.bridge.access import Access
from raise_finetune.bridge.server import serve_forever
from raise_finetune.demo.domain import write_demo

CHROMIUM = "/usr/bin/chromium-headless-shell"  # Chromium without a window

expect.set_options(timeout=30_000)  # a busy machine is no defect of the page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; no longer than a module, since Playwright's event loop bars any other."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user's home without data, settings or environment."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.delenv("PATH_RAISE_DOMAIN", raising=False)
    monkeypatch.delenv("PATH_RAISE_DATASET", raising=False)
    return tmp_path


@pytest.fixture
def training(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which datasets are saved, still empty."""
    monkeypatch.setenv("PATH_RAISE_DATASET", str(home / "datasets"))
    folder = home / "datasets" / "training"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def small_demo(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small demo, which is the data folder; the test may change it."""
    folder = home / "domain"
    write_demo(folder, 40)
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(folder))
    return folder


@pytest.fixture
def bridge(home: Path) -> Iterator[Access]:
    """A running bridge, in that home."""
    assert home.is_dir()
    ready: queue.Queue[Access] = queue.Queue()
    with start_blocking_portal() as portal:
        serving = portal.start_task_soon(serve_forever, 0, ready.put)
        yield ready.get(timeout=60)
        serving.cancel()


@pytest.fixture
def page(browser: Browser, bridge: Access) -> Iterator[Page]:
    """The application's page, opened by its link; a message on the console fails the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.goto(bridge.link)
    opened.get_by_role("heading", level=1).wait_for()
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """A gate before all reading, open until a test closes it."""
    with gate_before_reading(monkeypatch) as made:
        yield made
