"""Exit codes, and the errors that lead to them."""

import functools
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, ParamSpec, cast

from raise_finetune.cli.console import print_error
from raise_finetune.errors import BadInputError, CancelledError, FailedError, RaiseError
from raise_finetune.storage.atomic import as_raise_error
from raise_finetune.storage.layout import is_unicode, printable

FAILED = FailedError.exit_code
BAD_INPUT = BadInputError.exit_code
INTERRUPTED = CancelledError.exit_code

Parameters = ParamSpec("Parameters")


def with_exit_code(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Make a command leave with its exit code and a clear sentence instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            _check_unicode(kwargs.values())
            command(*args, **kwargs)
            sys.stdout.flush()
        except KeyboardInterrupt:
            leave_interrupted()
        except RaiseError as error:
            print_error(error)
            sys.exit(error.exit_code)
        except OSError as error:
            _discard_output()
            print_error(_what_to_tell(error))
            sys.exit(FAILED)

    return run


def leave_interrupted() -> NoReturn:
    """Leave because the user, or who ends the session, wants it."""
    print_error(CancelledError())
    sys.exit(INTERRUPTED)


def _what_to_tell(error: OSError) -> RaiseError:
    """Return what to tell of what the system refused and nobody foresaw."""
    if isinstance(error, FileNotFoundError) and error.filename is None and not _has_folder():
        return FailedError("current_folder_gone")
    return as_raise_error(error, error.filename or "stdout")


def _has_folder() -> bool:
    """Tell whether the folder that a shell stands in is still there: an export may replace it."""
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def _check_unicode(values: Iterable[object]) -> None:
    """Refuse text in another encoding; a path may be any bytes, if they name something."""
    for value in values:
        for each in cast("list[object]", value) if isinstance(value, list) else [value]:
            if isinstance(each, str) and not is_unicode(each):
                raise BadInputError("argument_not_unicode", value=printable(each))


def _discard_output() -> None:
    """Keep the interpreter from trying once more, at its end, to write what could not be."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
