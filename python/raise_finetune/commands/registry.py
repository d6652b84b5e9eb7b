"""The table of commands: wire name → a plain function and its models."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, get_type_hints

from raise_finetune.commands.context import Context
from raise_finetune.commands.models import Progress, Request, Response

RequestT = TypeVar("RequestT", bound=Request)
ResponseT = TypeVar("ResponseT", bound=Response)


@dataclass(frozen=True, slots=True)
class Command:
    """One command; ``run`` is called on a worker thread with a valid ``request``.

    A command that reports ``progress`` is a job: the window asks before it closes on one.
    """

    name: str
    request: type[Request]
    response: type[Response]
    progress: type[Progress] | None
    run: Callable[..., Response]


COMMANDS: dict[str, Command] = {}


def command(
    name: str, *, progress: type[Progress] | None = None
) -> Callable[[Callable[[RequestT, Context], ResponseT]], Callable[[RequestT, Context], ResponseT]]:
    """Register a function ``(request, context) -> response`` under its wire name.

    Its annotations say which models validate the request and describe the response.
    """

    def register(
        function: Callable[[RequestT, Context], ResponseT],
    ) -> Callable[[RequestT, Context], ResponseT]:
        if name in COMMANDS:
            msg = f"two commands are called {name}"
            raise ValueError(msg)
        request, _context, response = get_type_hints(function).values()
        COMMANDS[name] = Command(name, request, response, progress, function)
        return function

    return register
