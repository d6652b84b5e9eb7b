"""A run is deleted while the window looks at it: it is gone whole, or it is there whole."""

from pathlib import Path
from threading import Event, Thread

import pytest

from raise_finetune.errors import BadInputError
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import Run, delete_run, list_runs


def finished_run(folder: Path) -> Run:
    (folder / "checkpoints").mkdir(parents=True)
    run = Run(folder)
    for number in range(20):
        (run.checkpoints / str(number)).write_bytes(b"weights")
    with run.lock().acquire(timeout=60):  # who asks for its state holds it for a moment
        EventWriter(run.events).write("end", state="finished")
    return run


def test_who_asks_for_its_state_meanwhile_does_not_hinder_it(tmp_path: Path):
    done = Event()
    seen: set[str] = set()

    def look() -> None:
        while not done.is_set():
            seen.update(Run(folder).state() for folder in tmp_path.iterdir())
            list_runs(tmp_path)

    watcher = Thread(target=look)
    watcher.start()
    try:
        for number in range(200):
            delete_run(finished_run(tmp_path / f"run-{number}"))
    finally:
        done.set()
        watcher.join()
    assert list(tmp_path.iterdir()) == []
    assert seen <= {"finished", "starting", "running", "interrupted"}


def test_looking_at_a_run_writes_nothing_into_it(tmp_path: Path):
    run = Run(tmp_path)
    assert run.state() == "interrupted"
    assert list(tmp_path.iterdir()) == []


def test_a_run_lives_as_long_as_its_lock_is_held(tmp_path: Path):
    run = Run(tmp_path)
    with run.lock():
        assert run.is_alive()
        assert run.is_alive()
    assert not run.is_alive()


def test_a_trainer_that_has_told_its_end_may_still_be_leaving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run = finished_run(tmp_path / "run")
    monkeypatch.setattr("raise_finetune.training.runs.SECONDS_TO_LEAVE", 0.05)
    with run.lock():
        with pytest.raises(BadInputError) as caught:
            delete_run(run)
        assert caught.value.code == "run_busy"
        assert run.state() == "finished"
    delete_run(run)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("do_next", ["list", "delete"])
def test_what_a_killed_removal_left_goes_with_the_next_look_or_removal(
    tmp_path: Path, do_next: str
):
    # Killed after the rename: out of sight, and still as large as it was.
    left = tmp_path / ".removed-20260101-000000-abcd-1234"
    finished_run(left)
    if do_next == "list":
        assert list_runs(tmp_path) == []
    else:
        delete_run(finished_run(tmp_path / "run"))
    assert list(tmp_path.iterdir()) == []
