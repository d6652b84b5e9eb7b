"""The clock is put back: what was made last is still what was made last."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

import pytest

from domains.tree import Tree, exchange
from raise_finetune.commands import history
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.judgements import Judgement, feedback_on, rate
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import Run

YEAR = 365 * 86_400


def test_the_newest_export_stays_on_the_list(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tree.conversation("c", *exchange("q", "a", rating=5))
    monkeypatch.setattr(history, "_KEPT", 2)
    state = Path(os.environ["XDG_STATE_HOME"]) / "raise-finetune/exports"
    for number in range(4):
        report = export_dataset(ExportRecipe(), tmp_path / f"{number}.jsonl", root=tree.root)
        past = history.remember(tree.root, ExportRecipe(), report)
        assert past in history.past_exports()
        (file,) = state.glob("20*.json")
        file.rename(state / f"999{number}{file.name[4:]}")  # made when the clock was ahead
    assert len(history.past_exports()) == 2


def test_exports_of_one_moment_are_all_kept_and_told_apart(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tree.conversation("c", *exchange("q", "a", rating=5))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(history, "datetime", StandingStill)
    reports = [
        export_dataset(ExportRecipe(), tmp_path / name, root=tree.root, allow_empty=True)
        for name in ("a", "b", "b")
    ]
    with ThreadPoolExecutor(6) as threads:
        kept = partial(history.remember, tree.root, ExportRecipe())
        remembered = list(threads.map(kept, reports * 4))
    times = ["2026-01-01T00:00:00.999+00:00"]
    times += [f"2026-01-01T00:00:01.{number:03}+00:00" for number in range(11)]
    assert sorted(past.when for past in remembered) == times
    assert [past.when for past in history.past_exports()] == times[::-1]
    for past in remembered:
        assert history.find(past.when) == past
    history.forget(times[3])
    assert [past.when for past in history.past_exports()] == (times[:3] + times[4:])[::-1]
    history.restore(times[3])
    assert [past.when for past in history.past_exports()] == times[::-1]


class StandingStill(datetime):
    """A clock that tells one moment."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "StandingStill":
        return cls(2026, 1, 1, microsecond=999_400, tzinfo=tz)


def test_a_later_rating_counts_though_its_time_is_earlier(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
):
    record = tree.conversation("c", *exchange("q", "a"))
    engine = StorageEngine(tree.root)
    rate(engine, record, 1, Judgement(5))
    for module in ("writer", "index"):
        monkeypatch.setattr(
            f"raise_finetune.storage.{module}.timestamp", lambda: "1999-01-01T00:00:00+00:00"
        )
    rate(engine, record, 1, Judgement(2))
    found = feedback_on(engine, record, 1)
    assert found is not None
    assert found.rating == 2
    report = export_dataset(
        ExportRecipe(), tree.root.parent / "x", root=tree.root, allow_empty=True
    )
    assert report.rows == 0


@pytest.mark.parametrize("jump", [-YEAR, -90, 90, YEAR])
def test_a_run_that_never_came_is_interrupted(
    jump: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run = Run(tmp_path)
    EventWriter(run.events).write("queued", resume=False)
    assert run.state() == "starting"
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + jump)
    assert run.state() == "interrupted"
