"""What a running command may know and use, besides its request."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Event
from typing import Literal, Protocol

from raise_finetune.commands.wire import Progress
from raise_finetune.errors import BadInputError, CancelledError
from raise_finetune.messages import Language

FaceName = Literal["desktop", "browser"]

_LOOK_EVERY = 0.1  # seconds between two looks at whether who waits still wants to


class Face(Protocol):
    """The program around the page, as far as commands use it; called on worker threads."""

    @property
    def name(self) -> FaceName:
        """Return which face this is."""
        ...

    def choose_folder(self, title: str, start: Path, /) -> Path | None:
        """Let the user pick a folder in the system's dialog; ``None`` when dismissed."""
        ...

    def choose_file(self, title: str, start: Path, endings: tuple[str, ...], /) -> Path | None:
        """Let the user pick a file with one of the endings; ``None`` when dismissed."""
        ...

    def choose_save_path(self, title: str, start: Path, file_name: str, /) -> Path | None:
        """Let the user pick where to save, in the system's dialog; ``None`` when dismissed."""
        ...

    def confirm(self, question: str, /) -> bool:
        """Ask the user outside the page, where it cannot answer itself; True for yes."""
        ...

    def close(self) -> None:
        """Close the window, whatever still runs."""
        ...


class CancelToken:
    """Set by one thread, read by another."""

    def __init__(self) -> None:
        self._event = Event()
        self._abandoned_at: float | None = None

    def cancel(self) -> None:
        """Ask the command to stop at its next look."""
        self._event.set()

    def abandon(self, *, for_good: bool = False) -> None:
        """Say that the client is gone: it wants no answer, unless it comes back."""
        self._abandoned_at = -math.inf if for_good else time.monotonic()

    def was_asked(self) -> bool:
        """Return whether somebody asked to stop, and did not just go."""
        return self._event.is_set()

    def cancelled(self, grace: float = 0.0) -> bool:
        """Return whether the command should stop.

        It should when it was asked to, and when its client has been gone for ``grace`` seconds.
        """
        gone_since = self._abandoned_at
        return self._event.is_set() or (
            gone_since is not None and time.monotonic() - gone_since >= grace
        )


class Requests:
    """The requests that one client has running, each with its cancel token."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._tokens: dict[object, CancelToken] = {}
        self._jobs: dict[object, str] = {}
        self._failed_jobs = 0

    def start(
        self, request_id: str | None, *, job: str | None = None
    ) -> tuple[object, CancelToken]:
        """Enter a request; a request without an id is known by an anonymous key.

        ``job`` names the command where the user would miss it: an export, a demo in the making.
        """
        key: object = object() if request_id is None else request_id
        token = CancelToken()
        with self._changed:
            if key in self._tokens:
                raise BadInputError("request_id_in_use", request_id=request_id)
            self._tokens[key] = token
            if job is not None:
                self._jobs[key] = job
        return key, token

    def finish(self, key: object, *, failed: bool = False) -> None:
        """Remove a request that was entered."""
        with self._changed:
            del self._tokens[key]
            if self._jobs.pop(key, None) is not None:
                self._failed_jobs += failed
                self._changed.notify_all()

    def jobs(self) -> list[str]:
        """Return the names of the jobs that are running, the first one first."""
        with self._changed:
            return list(self._jobs.values())

    def wait_for_jobs(self, cancelled: Callable[[], bool]) -> bool:
        """Wait until no job is running; return whether all came to a good end meanwhile."""
        with self._changed:
            failed_before = self._failed_jobs
            while self._jobs and not cancelled():
                self._changed.wait(_LOOK_EVERY)
            return not self._jobs and self._failed_jobs == failed_before

    def cancel(self, request_id: str) -> bool:
        """Ask one request to stop; return whether it was running."""
        with self._changed:
            token = self._tokens.get(request_id)
        if token is not None:
            token.cancel()
        return token is not None

    def cancel_all(self) -> None:
        """Ask every request to stop."""
        for token in self._running():
            token.cancel()

    def abandon_all(self, *, for_good: bool = False) -> None:
        """Say that the client is gone: all stops, jobs only if it does not come back."""
        for token in self._running():
            token.abandon(for_good=for_good)

    def _running(self) -> list[CancelToken]:
        with self._changed:
            return list(self._tokens.values())


class Context:
    """One running command's view of its client."""

    def __init__(
        self,
        face: Face,
        requests: Requests,
        token: CancelToken,
        language: Callable[[], Language],
    ) -> None:
        self.face = face
        self.requests = requests
        self.latest_progress: Progress | None = None
        self._token = token
        self._language = language

    @property
    def language(self) -> Language:
        """The user's language."""
        return self._language()

    def report(self, progress: Progress) -> None:
        """Say how far the command has come; costs one assignment, so call it freely."""
        self.latest_progress = progress

    def cancelled(self) -> bool:
        """Return whether the user asked to stop."""
        return self._token.cancelled()

    def was_asked_to_stop(self) -> bool:
        """Return whether the user asked to stop, and is not just gone."""
        return self._token.was_asked()

    def has_left(self, grace: float) -> bool:
        """Return whether the user asked to stop, or has been gone for so many seconds."""
        return self._token.cancelled(grace)

    def raise_if_cancelled(self) -> None:
        """Raise ``CancelledError`` when the user asked to stop."""
        if self.cancelled():
            raise CancelledError
