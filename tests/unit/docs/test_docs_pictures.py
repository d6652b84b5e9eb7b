"""Which pictures the script takes: each argument leaves out some of them."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    return import_module("screenshots")


def wanted(script: Any, words: str) -> set[str]:
    given = script.arguments(words.split())
    return {"-".join(picture) for picture in script.wanted_pictures(given)}


def test_the_documentation_shows_what_the_script_takes_for_it(script: Any):
    shown = {path.stem for path in (ROOT / "docs/screenshots").iterdir()}
    assert wanted(script, "--docs --base models/base") == shown
    assert wanted(script, "--docs") == {name for name in shown if not name.startswith("compare-")}


def test_each_argument_leaves_out_some(script: Any):
    screens = ("privacy", "conversations")
    assert wanted(script, "--only privacy conversations --themes dark") == {
        f"{screen}-{language}-dark" for screen in screens for language in ("en", "fr")
    }
    assert wanted(script, "--docs --only privacy conversations") == {
        "privacy-en-light",
        "privacy-fr-light",
        "conversations-en-light",
        "conversations-fr-dark",
    }
    assert wanted(script, "--docs --only conversations --languages fr") == {"conversations-fr-dark"}
    assert wanted(script, "--docs --only compare") == set()
    assert wanted(script, "--only compare --languages en --themes dark") == {"compare-en-dark"}


def test_a_screen_that_does_not_exist_is_refused(script: Any, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        script.arguments(["--only", "nothing"])
    assert left.value.code == 2
    assert "invalid choice: 'nothing'" in capsys.readouterr().err
