"""A job goes on while its page is reloaded, and ends with a page that does not come back."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from weakref import ref

import pytest

from raise_finetune.bridge.conversation import BrowserFace
from raise_finetune.commands import jobs
from raise_finetune.commands.context import CancelToken, Context, Requests
from raise_finetune.commands.jobs import Job, Jobs
from raise_finetune.commands.wire import Progress, Response
from raise_finetune.errors import BadInputError, CancelledError


class Counted(Response):
    """How far the work counted."""

    count: int


class Step(Progress):
    """Where it is."""

    done: int


def client() -> tuple[Requests, Context]:
    requests = Requests()
    _, token = requests.start("request")
    return requests, Context(BrowserFace(), requests, token, lambda: "en")


def counting(until: int) -> Callable[[Job[Counted]], Counted]:
    def work(job: Job[Counted]) -> Counted:
        for done in range(until):
            job.report(Step(done=done))
            if job.cancelled():
                raise CancelledError
            time.sleep(0.005)
        return Counted(count=until)

    return work


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_page_that_comes_back_gets_the_progress_and_the_result() -> None:
    kept: Jobs[Counted] = Jobs()
    before, after = client(), client()
    with ThreadPoolExecutor(2) as threads:
        begun = threads.submit(kept.run, "job", before[1], counting(60))
        wait_for(lambda: before[1].latest_progress)
        before[0].abandon_all()
        followed = threads.submit(kept.follow, "job", after[1])
        wait_for(lambda: after[1].latest_progress)
        assert followed.result(10) == begun.result(10) == Counted(count=60)
    assert after[1].latest_progress == Step(done=59)
    assert kept.follow("job", client()[1]) == Counted(count=60)


def test_a_page_that_stays_away_takes_its_job_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "GRACE_SECONDS", 0.1)
    kept: Jobs[Counted] = Jobs()
    requests, context = client()
    with ThreadPoolExecutor(1) as threads:
        begun = threads.submit(kept.run, "job", context, counting(100_000))
        requests.abandon_all()
        with pytest.raises(CancelledError):
            begun.result(10)


def test_who_follows_can_cancel_and_both_are_told() -> None:
    kept: Jobs[Counted] = Jobs()
    before, after = client(), client()
    with ThreadPoolExecutor(2) as threads:
        begun = threads.submit(kept.run, "job", before[1], counting(100_000))
        wait_for(lambda: before[1].latest_progress)
        followed = threads.submit(kept.follow, "job", after[1])
        wait_for(lambda: after[1].latest_progress)
        assert after[0].cancel("request")
        for outcome in (begun, followed):
            with pytest.raises(CancelledError):
                outcome.result(10)


def test_a_failed_job_is_kept_without_what_its_work_held() -> None:
    held: list[ref[Step]] = []

    def work(_job: Job[Counted]) -> Counted:
        large = Step(done=1)
        held.append(ref(large))
        try:
            raise OSError
        except OSError as error:
            raise CancelledError from error

    kept: Jobs[Counted] = Jobs()
    with suppress(CancelledError):
        kept.run("job", client()[1], work)
    assert [each() for each in held] == [None]
    with pytest.raises(CancelledError):
        kept.follow("job", client()[1])


def test_a_job_that_is_not_known() -> None:
    kept: Jobs[Counted] = Jobs()
    with pytest.raises(BadInputError) as caught:
        kept.follow("job", client()[1])
    assert caught.value.code == "job_unknown"


def test_only_the_last_jobs_are_kept_and_none_without_an_id() -> None:
    kept: Jobs[Counted] = Jobs()
    for number in range(17):
        kept.run(str(number), client()[1], counting(0))
    kept.run(None, client()[1], counting(0))
    assert kept.follow("16", client()[1]) == kept.follow("1", client()[1]) == Counted(count=0)
    with pytest.raises(BadInputError):
        kept.follow("0", client()[1])


def test_a_job_that_runs_is_kept_however_many_end_meanwhile() -> None:
    kept: Jobs[Counted] = Jobs()
    begun, done = Event(), Event()

    def work(_job: Job[Counted]) -> Counted:
        begun.set()
        assert done.wait(60)
        return Counted(count=5)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(kept.run, "first", client()[1], work)
        assert begun.wait(60)
        for number in range(40):
            kept.run(str(number), client()[1], counting(0))
        followed = threads.submit(kept.follow, "first", client()[1])
        done.set()
        assert followed.result(60) == first.result(60) == Counted(count=5)
    for number in (0, 24):
        with pytest.raises(BadInputError):
            kept.follow(str(number), client()[1])
    assert kept.follow("25", client()[1]) == Counted(count=0)


def test_an_abandoned_request_stops_at_once_unless_it_waits() -> None:
    token = CancelToken()
    assert not token.cancelled()
    token.abandon()
    assert token.cancelled()
    assert not token.cancelled(grace=60)
    token.cancel()
    assert token.cancelled(grace=60)


@pytest.mark.parametrize("failed", [False, True])
def test_who_waits_for_the_jobs_hears_whether_all_came_to_a_good_end(failed: bool) -> None:
    requests = Requests()
    first, _ = requests.start("first", job="ai_export_dataset")
    second, _ = requests.start("second", job="demo_create")
    requests.start("third")  # no job: nobody waits for it
    assert requests.jobs() == ["ai_export_dataset", "demo_create"]
    begun = Event()

    def look() -> bool:
        begun.set()
        return False

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(requests.wait_for_jobs, look)
        assert begun.wait(60)
        requests.finish(second)
        assert not waiting.done()
        requests.finish(first, failed=failed)
        assert waiting.result(10) is not failed
    assert requests.wait_for_jobs(lambda: False)


def test_who_waits_for_the_jobs_may_give_up() -> None:
    requests = Requests()
    requests.start("job", job="ai_export_dataset")
    assert not requests.wait_for_jobs(lambda: True)


def test_a_program_that_ends_is_not_a_user_who_stops() -> None:
    requests, context = client()
    requests.abandon_all(for_good=True)
    assert context.has_left(jobs.GRACE_SECONDS)
    assert not context.was_asked_to_stop()
    requests.cancel_all()
    assert context.was_asked_to_stop()
