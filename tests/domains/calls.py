"""Functions for a second core to run, good ones and those that it stumbles over."""

import os
import threading
from collections.abc import Callable
from typing import Any, NoReturn, cast


def square(number: int) -> int:
    return number * number


def echo(size: int) -> bytes:
    return b"x" * size


def measure(content: bytes) -> int:
    return len(content)


def nothing(_number: int) -> None:
    return None


def fail(number: int) -> NoReturn:
    raise LookupError(number)


def lock(_number: int) -> object:
    """Return what cannot be pickled."""
    return threading.Lock()


class TornError(Exception):
    """Can be pickled, but not read again."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(first)
        self.second = second


def torn(number: int) -> TornError:
    return TornError(number, number)


def die_elsewhere(home: int) -> int:
    """End the process at once, unless it is the one of that id."""
    if os.getpid() != home:
        os._exit(3)
    return home


def outcome(call: Callable[[], Any]) -> object:
    """Return what a call returns or raises, so that two can be compared."""
    try:
        result = call()
    except LookupError as error:
        return "raised", error.args
    if isinstance(result, TornError) or hasattr(result, "acquire"):
        return type(cast("object", result))
    return result
