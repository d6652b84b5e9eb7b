"""Exit codes, and the errors that lead to them."""

import errno
import functools
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec

from raise_finetune.cli.console import print_error
from raise_finetune.errors import BadInputError, CancelledError, RaiseError
from raise_finetune.storage.atomic import as_raise_error

FAILED = 1
BAD_INPUT = 2  # what the argument parser uses for wrong options, too
INTERRUPTED = 130

Parameters = ParamSpec("Parameters")


def with_exit_code(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Make a command leave with its exit code and a clear sentence instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except (KeyboardInterrupt, CancelledError):
            print_error(CancelledError())
            sys.exit(INTERRUPTED)
        except BadInputError as error:
            print_error(error)
            sys.exit(BAD_INPUT)
        except RaiseError as error:
            print_error(error)
            sys.exit(FAILED)
        except OSError as error:
            _discard_output()
            if error.errno != errno.EPIPE:  # a reader that has gone, such as head, has had enough
                print_error(as_raise_error(error, error.filename or "stdout"))
            sys.exit(FAILED)

    return run


def _discard_output() -> None:
    """Keep the interpreter from trying once more, at its end, to write what could not be."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
