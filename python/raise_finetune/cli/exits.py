"""Exit codes, and the errors that lead to them."""

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec

from raise_finetune.cli.console import print_error
from raise_finetune.errors import BadInputError, CancelledError, RaiseError

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
        except (KeyboardInterrupt, CancelledError):
            print_error(CancelledError())
            sys.exit(INTERRUPTED)
        except BadInputError as error:
            print_error(error)
            sys.exit(BAD_INPUT)
        except RaiseError as error:
            print_error(error)
            sys.exit(FAILED)
        except BrokenPipeError:  # the reader of our output has gone: nothing left to say to it
            sys.stderr.close()
            sys.exit(FAILED)

    return run
