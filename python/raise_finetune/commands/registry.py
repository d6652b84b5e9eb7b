"""The table of commands: wire name → a plain function and its models."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, get_type_hints

from raise_finetune.commands.context import Context
from raise_finetune.commands.wire import Progress, Request, Response

RequestT = TypeVar("RequestT", bound=Request)
ResponseT = TypeVar("ResponseT", bound=Response)


@dataclass(frozen=True, slots=True)
class Command:
    """One command; ``run`` is called on a worker thread with a valid ``request``.

    ``is_job`` says that a user would miss it: the window asks before it closes on one.
    ``only_waits`` says that it works nothing itself, so it needs no turn among those that do.
    """

    name: str
    request: type[Request]
    response: type[Response]
    progress: type[Progress] | None
    is_job: bool
    only_waits: bool
    run: Callable[..., Response]


COMMANDS: dict[str, Command] = {}


def command(
    name: str,
    *,
    progress: type[Progress] | None = None,
    only_reads: bool = False,
    only_waits: bool = False,
) -> Callable[[Callable[[RequestT, Context], ResponseT]], Callable[[RequestT, Context], ResponseT]]:
    """Register a function ``(request, context) -> response`` under its wire name.

    Its annotations say which models validate the request and describe the response. What reports
    progress is a job, unless it ``only_reads``: stopping it then loses nothing.
    """

    def register(
        function: Callable[[RequestT, Context], ResponseT],
    ) -> Callable[[RequestT, Context], ResponseT]:
        if name in COMMANDS:
            msg = f"two commands are called {name}"
            raise ValueError(msg)
        request, _context, response = get_type_hints(function).values()
        is_job = progress is not None and not only_reads and not only_waits
        COMMANDS[name] = Command(name, request, response, progress, is_job, only_waits, function)
        return function

    return register
