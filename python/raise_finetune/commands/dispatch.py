"""From the bytes of a request to the bytes of its answer, the same for every face."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from anyio import CapacityLimiter, to_thread
from pydantic import ValidationError

from raise_finetune.commands.context import Context, Face, Requests
from raise_finetune.commands.registry import COMMANDS, Command
from raise_finetune.commands.settings import current_language
from raise_finetune.commands.wire import CommandError, LongRequest, Progress, Request, Response
from raise_finetune.errors import BadInputError, FailedError, RaiseError, system_reason
from raise_finetune.problems import first_problem

PROGRESS_INTERVAL = 0.05
"""Seconds between two progress messages: at most 20 a second."""
LONG_REQUESTS_AT_ONCE = 4

Send = Callable[[bytes], None]

logger = logging.getLogger(__name__)
_long_requests = CapacityLimiter(LONG_REQUESTS_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Client:
    """One page, however it is connected.

    ``open_channel`` turns a channel's id into a function that sends one JSON message on it; both
    are called on the event loop.
    """

    face: Face
    open_channel: Callable[[str], Send]
    requests: Requests = field(default_factory=Requests)


class RejectedError(Exception):
    """A command's refusal or failure, ready for the page."""

    def __init__(self, error: CommandError) -> None:
        self.error = error
        super().__init__(error.code)

    def to_json(self) -> str:
        """Return the error as the JSON text that the page's promise is rejected with."""
        return self.error.model_dump_json(exclude_none=True)


async def dispatch(name: str, body: bytes, client: Client) -> bytes:
    """Run the command ``name`` on a worker thread and return its response as JSON.

    Raises ``RejectedError`` for every failure, in the user's language.
    """
    try:
        command = COMMANDS.get(name)
        if command is None:
            raise BadInputError("unknown_command", name=name)
        request = command.request.model_validate_json(body, by_name=False, by_alias=True)
        response = await _run(command, request, client)
        return response.model_dump_json().encode()
    except RaiseError as error:
        raise RejectedError(_describe(error)) from error
    except ValidationError as error:
        raise RejectedError(_describe_validation(name, error)) from error
    except Exception as error:
        # The message of an unexpected exception can quote what the user wrote: log only where.
        logger.error("%s raised %s at %s", name, type(error).__name__, _places(error))
        raise RejectedError(_describe(_unexpected(error))) from error


async def _run(command: Command, request: Request, client: Client) -> Response:
    is_long = isinstance(request, LongRequest)
    options = request if is_long else LongRequest()
    # Quick ones need no turn: they must be answered while all turns are taken.
    limiter = _long_requests if is_long and not command.only_waits else None
    job = command.name if command.is_job else None
    key, token = client.requests.start(options.request_id, job=job)
    failed = True
    try:
        context = Context(client.face, client.requests, token, current_language)
        with closing(_ProgressForwarding(context, client, options.on_progress)):
            response = await to_thread.run_sync(command.run, request, context, limiter=limiter)
        failed = False
    finally:
        client.requests.finish(key, failed=failed)
    return response


class _ProgressForwarding:
    """Sends the newest progress every ``PROGRESS_INTERVAL``, and the last one at the end."""

    def __init__(self, context: Context, client: Client, channel: str | None) -> None:
        self._context = context
        self._sent: Progress | None = None
        self._task: asyncio.Task[None] | None = None
        if channel is not None:
            self._send = client.open_channel(channel)
            self._task = asyncio.create_task(self._forward())

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._send_newest()

    async def _forward(self) -> None:
        while True:
            self._send_newest()
            await asyncio.sleep(PROGRESS_INTERVAL)

    def _send_newest(self) -> None:
        newest = self._context.latest_progress
        if newest is not None and newest is not self._sent:
            self._sent = newest
            self._send(newest.model_dump_json().encode())


def _unexpected(error: Exception) -> RaiseError:
    """Return what to say of an exception: only of a path that the system refuses, which one."""
    if isinstance(error, OSError) and isinstance(error.filename, str):
        return FailedError("path_refused", path=error.filename, reason=system_reason(error))
    return FailedError("internal")


def _describe(error: RaiseError) -> CommandError:
    language = current_language()
    hint = error.hint_in_window(language)
    return CommandError(code=error.code, message=error.message(language), hint=hint)


def _describe_validation(name: str, error: ValidationError) -> CommandError:
    path, problem = first_problem(error)
    refusal = BadInputError("invalid_request", name=name, field=path, problem=problem)
    return _describe(refusal).model_copy(update={"field": path})


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
