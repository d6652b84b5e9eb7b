"""Jobs that outlive the page that asked for them, so that it can be reloaded meanwhile.

A reloaded page has lost its channel and its answer. It asks for them again, by the id under which
the job was begun, and from then on the job listens to it. A page that does not come back takes
its job with it after ``GRACE_SECONDS``.
"""

from collections.abc import Callable
from threading import Event, Lock
from traceback import clear_frames
from typing import Generic, TypeVar

from raise_finetune.commands.context import Context
from raise_finetune.commands.wire import Progress, Response
from raise_finetune.errors import BadInputError

GRACE_SECONDS = 5.0
_KEPT = 16

ResponseT = TypeVar("ResponseT", bound=Response)


class Job(Generic[ResponseT]):
    """One job, as the work in it and the page that follows it see it."""

    def __init__(self, context: Context) -> None:
        self._follower = context
        self._ended = Event()
        self._response: ResponseT | None = None
        self._error: BaseException | None = None

    def has_ended(self) -> bool:
        """Return whether its outcome is known."""
        return self._ended.is_set()

    def report(self, progress: Progress) -> None:
        """Say how far the job has come."""
        self._follower.report(progress)

    def cancelled(self) -> bool:
        """Return whether the user asked to stop, or has left the page for good."""
        return self._follower.has_left(GRACE_SECONDS)

    def was_asked_to_stop(self) -> bool:
        """Return whether the user asked to stop; a page that is gone, or a program, did not."""
        return self._follower.was_asked_to_stop()

    def run(self, work: "Callable[[Job[ResponseT]], ResponseT]") -> ResponseT:
        """Do the work and keep its outcome for whoever follows."""
        try:
            self._response = work(self)
        except BaseException as error:
            _let_go(error)
            self._error = error
            raise
        finally:
            self._ended.set()
        return self._response

    def follow(self, context: Context) -> ResponseT:
        """Report to another context from here on; return or raise what the work does."""
        self._follower = context
        self._ended.wait()
        if self._response is None:
            assert self._error is not None  # noqa: S101 (one of the two is there when it has ended)
            raise self._error
        return self._response


def _let_go(error: BaseException | None) -> None:
    """Free what the failed work held: a kept error would hold it, too, by its traceback."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


class Jobs(Generic[ResponseT]):
    """The jobs of one kind, by their ids: those that run and the last few that ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: dict[str, Job[ResponseT]] = {}

    def run(
        self, job_id: str | None, context: Context, work: Callable[[Job[ResponseT]], ResponseT]
    ) -> ResponseT:
        """Do the work as a job; without an id nobody can follow it."""
        job: Job[ResponseT] = Job(context)
        if job_id is not None:
            with self._lock:
                self._jobs[job_id] = job
                self._drop_oldest()
        return job.run(work)

    def _drop_oldest(self) -> None:
        """Keep the last few; one that runs is never dropped, its page may still come back."""
        ended = [job_id for job_id, job in self._jobs.items() if job.has_ended()]
        for job_id in ended[: max(len(self._jobs) - _KEPT, 0)]:
            del self._jobs[job_id]

    def follow(self, job_id: str, context: Context) -> ResponseT:
        """Follow the job of that id to its end; raises ``BadInputError`` where there is none."""
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise BadInputError("job_unknown")
        return job.follow(context)
