"""What is wrong with a command as it was typed, in the user's language."""

import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn, cast

from pydantic import ValidationError

from raise_finetune.cli.commands import COMMANDS
from raise_finetune.cli.console import print_error
from raise_finetune.cli.exits import BAD_INPUT
from raise_finetune.errors import BadInputError
from raise_finetune.messages import Phrase
from raise_finetune.problems import first_problem
from raise_finetune.storage.layout import printable

if TYPE_CHECKING:
    import typer

_NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.(?: Did you mean (?P<similar>.*)\?)?")
_TOO_MANY = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)")


def leave_wrong_use(complaint: Exception) -> NoReturn:
    """Say what is wrong and where the help is, or show the help where nothing was asked for."""
    if type(complaint).__name__ == "NoArgsIsHelpError":
        cast("typer.BadParameter", complaint).show()
    else:
        print_error(_as_raise_error(complaint))
    sys.exit(BAD_INPUT)


def _as_raise_error(complaint: Exception) -> BadInputError:
    """Return what the parser complains of; its classes are private, their names are not."""
    error = cast("Any", complaint)
    command = error.ctx.command_path if error.ctx else _command_typed()
    match type(error).__name__:
        case "NoSuchOption":
            similar = _similar(", ".join(error.possibilities or ()))
            name = printable(error.option_name)
            return BadInputError("no_such_option", name=name, similar=similar, command=command)
        case "BadOptionUsage" if "requires" in error.message:
            return BadInputError("option_without_value", name=error.option_name, command=command)
        case "BadOptionUsage":
            return BadInputError("option_with_value", name=error.option_name, command=command)
        case "MissingParameter":
            return BadInputError("parameter_missing", name=_name_of(error.param), command=command)
        case "BadParameter" if isinstance(error.__cause__, ValidationError):
            _, reason = first_problem(error.__cause__)
            name = _name_of(error.param)
            return BadInputError("parameter_invalid", name=name, reason=reason, command=command)
        case _:
            return _of_its_words(error.message, command)


def _command_typed() -> str:
    """Return the command that begins the line: of an option's value the parser does not tell it."""
    words = sys.argv[1:3]
    known = (" ".join(words[:count]) for count in (2, 1))
    return " ".join(["raise-finetune", *(name for name in known if name in COMMANDS)][:2])


def _of_its_words(message: str, command: str) -> BadInputError:
    if found := _NO_COMMAND.fullmatch(message):
        similar = _similar((found["similar"] or "").replace("'", ""))
        name = printable(found["name"])
        return BadInputError("no_such_command", name=name, similar=similar, command=command)
    if found := _TOO_MANY.fullmatch(message):
        return BadInputError("words_too_many", words=printable(found["words"]), command=command)
    return BadInputError("wrong_use", reason=printable(message), command=command)


def _name_of(parameter: Any) -> str:  # noqa: ANN401 - its class is private, too
    """Return how a parameter is typed: ``--base``, or ``OUTPUT``."""
    if parameter.param_type_name == "option":
        return " / ".join([*parameter.opts, *parameter.secondary_opts])
    return str(parameter.metavar or parameter.name)


def _similar(names: str) -> Phrase | str:
    return Phrase("cli.similar", {"names": names}) if names else ""
