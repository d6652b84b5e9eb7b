"""A data folder on a slow disk: who needs no more than what was read before does not wait."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from domains.tree import Tree, exchange
from raise_finetune.commands.domain import Domain
from raise_finetune.commands.opening import close_domain, open_domain, refresh_record
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.errors import BadInputError, CancelledError

FOLDER = "un2/default/conversations"


class SlowDisk:
    """A reading that stops at its first report until it may go on."""

    def __init__(self) -> None:
        self.begun, self.free, self.stopped = Event(), Event(), False
        self.pulse = Pulse(self._wait, lambda: self.stopped)

    def _wait(self, _progress: Progress) -> None:
        self.begun.set()
        assert self.free.wait(60)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tree]:
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "domain"))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    tree = Tree(tmp_path / "domain")
    tree.conversation("one", *exchange("q", "a"))
    close_domain()
    yield tree
    close_domain()


def slowly(threads: ThreadPoolExecutor, **options: Any) -> tuple[SlowDisk, "Future[Domain]"]:
    """Begin to read the folder; return when its reading has begun."""
    disk = SlowDisk()
    reading = threads.submit(open_domain, disk.pulse, **options)
    assert disk.begun.wait(60)
    return disk, reading


def test_what_is_open_serves_while_it_is_read_again(
    tree: Tree, threads: ThreadPoolExecutor
) -> None:
    before = open_domain()
    tree.conversation("two", *exchange("q", "a"))
    disk, reading = slowly(threads, refresh=True)
    assert threads.submit(open_domain).result(60) is before
    disk.free.set()
    after = reading.result(60)
    assert set(after.entries) == {f"{FOLDER}/one", f"{FOLDER}/two"}
    assert open_domain() is after


def test_a_rating_given_while_the_folder_is_read_again_is_not_lost(
    threads: ThreadPoolExecutor,
) -> None:
    before = open_domain()
    disk, reading = slowly(threads, refresh=True)
    rate(before.engine, f"{FOLDER}/one", 1, Judgement(4))
    refresh_record(before, f"{FOLDER}/one")
    assert before.entries[f"{FOLDER}/one"].ratings == (4.0,)
    disk.free.set()
    assert reading.result(60).entries[f"{FOLDER}/one"].ratings == (4.0,)
    rate(before.engine, f"{FOLDER}/one", 1, Judgement(2))
    refresh_record(before, f"{FOLDER}/one")  # who began before the folder was there anew
    assert open_domain().entries[f"{FOLDER}/one"].ratings == (2.0,)


def test_another_folder_does_not_wait_for_a_slow_one(
    threads: ThreadPoolExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, reading = slowly(threads)
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "other"))
    Tree(tmp_path / "other")
    other = threads.submit(open_domain).result(60)
    assert other.entries == {}
    disk.free.set()
    assert set(reading.result(60).entries) == {f"{FOLDER}/one"}
    assert open_domain() is other


def test_two_requests_at_once_read_it_once(threads: ThreadPoolExecutor) -> None:
    disk, reading = slowly(threads)
    second = threads.submit(open_domain)
    disk.free.set()
    assert second.result(60) is reading.result(60)


def test_a_stopped_reading_is_taken_over_by_who_waits_for_it(threads: ThreadPoolExecutor) -> None:
    disk, reading = slowly(threads)
    second = threads.submit(open_domain)
    disk.stopped = True
    disk.free.set()
    with pytest.raises(CancelledError):
        reading.result(60)
    assert set(second.result(60).entries) == {f"{FOLDER}/one"}


def test_who_waits_can_be_stopped(threads: ThreadPoolExecutor) -> None:
    disk, reading = slowly(threads)
    with pytest.raises(CancelledError):
        threads.submit(open_domain, Pulse(cancel=lambda: True)).result(60)
    disk.free.set()
    assert set(reading.result(60).entries) == {f"{FOLDER}/one"}


def test_a_folder_that_was_written_meanwhile_is_read_anew(
    tree: Tree, threads: ThreadPoolExecutor
) -> None:
    disk, reading = slowly(threads)
    tree.conversation("two", *exchange("q", "a"))
    close_domain()
    assert len(threads.submit(open_domain).result(60).entries) == 2
    disk.free.set()
    reading.result(60)
    assert len(open_domain().entries) == 2


def test_a_folder_that_is_none_is_refused_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "nothing"))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    for _ in range(2):
        with pytest.raises(BadInputError) as caught:
            open_domain()
        assert caught.value.code == "root_missing"
        expected = "Choose another folder in Settings, or put this one back."
        assert caught.value.hint_in_window("en") == expected
        assert caught.value.hint("en") == (
            "Name the folder with --root or PATH_RAISE_DOMAIN, or choose it in the window."
        )
