"""A second core answers as this one does, or this one does."""

import os
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from domains import calls
from domains.process import python_path
from raise_finetune.dataset.second_core import SecondCore, open_second_core


def test_answers_may_be_asked_for_in_any_order():
    with SecondCore(start_after=0) as core:
        results = [core.begin(pow, number, 2) for number in range(10)]
        places = [7, 0, 9, 3, 1, 2, 4, 5, 6, 8]
        assert [results[place]() for place in places] == [place**2 for place in places]
        assert core.begin(os.getpid)() == core.pid != os.getpid()


def work(seconds: float) -> int:
    """Compute for so long, and tell where."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return os.getpid()


def test_it_starts_once_the_calls_have_taken_so_much_time():
    with SecondCore(start_after=0.05) as core:
        assert [core.begin(work, 0.02)() for _ in range(2)] == [os.getpid()] * 2
        assert core.begin(time.sleep, 0.05)() is None  # waiting is no work
        assert core.begin(work, 0.02)() == os.getpid()
        assert core.pid is None
        assert core.begin(os.getpid)() == core.pid


def test_many_small_calls_start_nothing():
    with SecondCore() as core:
        assert {core.begin(os.getpid)() for _ in range(1000)} == {os.getpid()}
        assert core.pid is None


def test_where_there_is_one_core_nothing_starts(monkeypatch: pytest.MonkeyPatch):
    def one(_process: int) -> set[int]:
        return {0}

    monkeypatch.setattr(os, "sched_getaffinity", one)
    with open_second_core() as core:
        assert {core.begin(os.getpid)() for _ in range(50)} == {os.getpid()}
        assert core.pid is None


def test_what_is_to_be_done_at_once_does_not_wait_for_much_else():
    with SecondCore(start_after=0) as core:
        core.begin(len, ())()
        process = psutil.Process(core.pid)
        process.suspend()
        waiting = [core.begin(os.getpid, at_once=True) for _ in range(3)]
        assert waiting[2]() == os.getpid()
        process.resume()
        assert [each() for each in waiting[:2]] == [process.pid] * 2


def test_an_exception_is_raised_here():
    with SecondCore(start_after=0) as core:
        result = core.begin(int, "x")
        with pytest.raises(ValueError, match="invalid literal for int"):
            result()
        assert core.begin(pow, 2, 5)() == 32  # nobody is left to ask


def nested(depth: int) -> list[object]:
    found: list[object] = []
    for _ in range(depth):
        found = [found]
    return found


def test_what_cannot_be_sent_is_done_here():
    with SecondCore(start_after=0) as core:
        assert core.begin(lambda: os.getpid())() == os.getpid()
        assert core.begin(len, nested(100_000))() == 1
        assert core.begin(os.getpid)() == core.pid


def test_an_answer_that_cannot_be_read_is_found_here(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", python_path()["PYTHONPATH"])
    with SecondCore(start_after=0) as core:
        torn, after = core.begin(calls.torn, 3), core.begin(os.getpid)
        assert isinstance(torn(), calls.TornError)
        assert after() == os.getpid()


@pytest.mark.parametrize("done", [0, 1, 5])
def test_a_killed_process_is_not_missed(done: int):
    with SecondCore(start_after=0) as core:
        results: list[Callable[[], int]] = [core.begin(pow, each, 3) for each in range(10)]
        found = [result() for result in results[:done]]
        process = psutil.Process(core.pid)
        process.kill()
        process.wait()
        results += [core.begin(pow, each, 3) for each in range(10, 20)]
        found += [result() for result in results[done:]]
    assert found == [each**3 for each in range(20)]


def test_a_process_that_cannot_start_is_not_missed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with SecondCore(start_after=0) as core:
        assert core.begin(pow, 2, 5)() == 32
        assert core.pid is None
