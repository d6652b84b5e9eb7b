"""A home for tests: what a user's own would hold stays out of the real one."""

from pathlib import Path

import pytest


def use_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep locks and relative outputs in ``home``, and speak English."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("PATH_RAISE_DATASET", str(home / "datasets"))
    monkeypatch.setenv("RAISE_LANG", "en")
