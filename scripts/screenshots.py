"""Take a picture of every screen, in both languages and themes.

``python scripts/screenshots.py FOLDER`` writes them all, as ``SCREEN-LANGUAGE-THEME.png``; with
``--docs`` it writes those that the documentation shows, to ``docs/screenshots``. The page is the
built one, in Debian's Chromium, over the real commands and the demo database.

The model of the pictures is a tiny one that answers nonsense. ``--base FOLDER --profile NAME``
trains a real one, which takes some ten minutes to an hour; ``--trained FOLDER`` keeps what was
trained for the next time. The documentation's pictures of *Compare* show SmolLM2-135M-Instruct
(``chatml``), and ``--docs`` renews them only where a base is given.
"""

import argparse
import json
import os
import queue
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import NamedTuple

from anyio.from_thread import start_blocking_portal
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from poses import HEIGHT, POSES, WIDTH, WITH_TRAINING, Pose, Screen, welcome

from raise_finetune.bridge.access import Access
from raise_finetune.bridge.server import serve_forever
from raise_finetune.commands.settings import AppSettings, write_settings
from raise_finetune.dataset.sources.feedback import FEEDBACK
from raise_finetune.demo.domain import write_demo

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs/screenshots"
CHROMIUM = "/usr/bin/chromium"
LANGUAGES = ("en", "fr")
THEMES = ("light", "dark")
IN_DOCS = (
    "conversations-en-light",
    "conversations-fr-dark",
    "correction-en-light",
    "correction-fr-light",
    "export-en-light",
    "export-fr-light",
    "export-lines-en-dark",
    "privacy-en-light",
    "privacy-fr-light",
    "report-en-light",
    "report-fr-dark",
    "explain-en-light",
    "exports-compared-fr-light",
    "training-en-light",
    "training-fr-light",
    "training-run-en-light",
    "training-run-fr-dark",
    "models-en-dark",
    "models-fr-light",
    "compare-en-light",
    "compare-fr-light",
)
OF_REAL_MODEL = ("compare",)
CONVERSATIONS = 300


class Picture(NamedTuple):
    """What a picture shows, by which it is called."""

    screen: str
    language: str
    theme: str


class Window(NamedTuple):
    """The window's size on the screen, and how large its page is shown in it, in percent."""

    width: int
    height: int
    zoom: int


class Training(NamedTuple):
    """The base to train and its profile, else a tiny one; and where to keep what was trained."""

    base: Path | None
    profile: str
    kept: Path | None


def main() -> None:
    """Take the pictures that the arguments ask for."""
    given = arguments(sys.argv[1:])
    width, height = map(int, given.size.split("x"))
    window = Window(width, height, given.zoom)
    training = Training(given.base, given.profile, given.trained)
    folder = DOCS if given.docs else given.folder
    folder.mkdir(parents=True, exist_ok=True)
    with _home() as home, _bridge() as access, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in wanted_pictures(given):
            _forget(home)
            if picture.screen in WITH_TRAINING:
                _give_training(home, training)
            target = folder / f"{'-'.join(picture)}.png"
            _take(browser, access, window, target, POSES[picture.screen])
            print(target)


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=ROOT / "screenshots")
    options.add_argument("--docs", action="store_true", help="those of the documentation only")
    options.add_argument(
        "--only",
        nargs="*",
        default=[],
        choices=POSES,
        metavar="SCREEN",
        help="those of some screens",
    )
    options.add_argument("--languages", nargs="*", default=LANGUAGES, choices=LANGUAGES)
    options.add_argument("--themes", nargs="*", default=THEMES, choices=THEMES)
    options.add_argument("--size", default=f"{WIDTH}x{HEIGHT}", metavar="WIDTHxHEIGHT")
    options.add_argument("--zoom", type=int, default=100, metavar="PERCENT")
    options.add_argument("--base", type=Path, metavar="FOLDER", help="a real base model to train")
    options.add_argument("--profile", default="inst", help="the prompt profile of that model")
    options.add_argument("--trained", type=Path, metavar="FOLDER", help="keeps what was trained")
    return options.parse_args(words)


def wanted_pictures(given: argparse.Namespace) -> Iterator[Picture]:
    """Yield the pictures that the arguments ask for: each of them leaves out some."""
    for each in map(Picture._make, product(POSES, given.languages, given.themes)):
        if given.only and each.screen not in given.only:
            continue
        if given.docs and "-".join(each) not in IN_DOCS:
            continue
        if given.docs and given.base is None and each.screen in OF_REAL_MODEL:
            continue
        yield each


def _take(browser: Browser, access: Access, window: Window, target: Path, take_pose: Pose) -> None:
    _, language, theme = target.stem.rsplit("-", 2)
    settings = {"language": language, "theme": theme}
    if take_pose is not welcome:  # which is for who has chosen no data folder yet
        settings["dataFolder"] = str(Path.home() / "raise")
    write_settings(AppSettings.model_validate(settings))
    words = json.loads((ROOT / f"frontend/src/i18n/{language}.json").read_bytes())
    scale = window.zoom / 100
    width, height = round(window.width / scale), round(window.height / scale)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
    screen = Screen(context.new_page(), words, width, height)
    screen.page.goto(access.link)
    screen.page.get_by_role("heading", level=1).wait_for()
    take_pose(screen)
    screen.settle()
    screen.page.screenshot(path=target)
    context.close()
    # A page has few colours: a palette makes its picture several times smaller.
    with Image.open(target) as taken:
        taken.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)


@contextmanager
def _home() -> Generator[Path]:
    """Yield the home of a user who has the demo for data.

    Its name stands in the pictures: that of a real home where one can be made, which takes root.
    """
    home = Path("/home/claire")
    try:
        home.mkdir()
    except PermissionError:
        home = Path(tempfile.gettempdir(), "claire")
        home.mkdir()
    try:
        os.environ.update(HOME=str(home), RAISE_LANG="en")
        for name in ("PATH_RAISE_DOMAIN", "PATH_RAISE_DATASET", "RAISE_FINETUNE_CONFIG"):
            os.environ.pop(name, None)
        write_demo(home / "raise", CONVERSATIONS)
        yield home
    finally:
        shutil.rmtree(home)


def _forget(home: Path) -> None:
    """Remove what a picture before has left: each shows what a new user sees.

    The cache stays: compiling the rules of masking takes longer than a picture.
    """
    for left in home.iterdir():
        if left.name not in ("raise", "models", "trained", ".cache"):
            shutil.rmtree(left)
    # Ratings given, and records forgotten.
    shutil.rmtree(home / "raise" / FEEDBACK.space / FEEDBACK.database, ignore_errors=True)


def _give_training(home: Path, training: Training) -> None:
    """Give the user a finished training; torch is loaded only for pictures that show one."""
    import screen_training

    screen_training.take_away()
    if not (home / screen_training.TRAINED).is_dir():
        screen_training.train_once(home, training.base, training.profile, training.kept)
    screen_training.put_back(home)


@contextmanager
def _bridge() -> Generator[Access]:
    ready: queue.Queue[Access] = queue.Queue()
    with start_blocking_portal() as portal:
        serving = portal.start_task_soon(serve_forever, 0, ready.put)
        yield ready.get(timeout=10)
        serving.cancel()


if __name__ == "__main__":
    main()
