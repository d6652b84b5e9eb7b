"""A key of a recipe or of a configuration that an option set to what it may not be."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from pydantic import ValidationError

from raise_finetune.dataset.section import Changes
from raise_finetune.errors import BadInputError
from raise_finetune.messages import Phrase
from raise_finetune.problems import keys_at_fault


@contextmanager
def named_by_option(command: str, options: Mapping[str, str], changes: Changes) -> Generator[None]:
    """Refuse what options set by the options' names.

    ``options`` holds key → option.
    """
    try:
        yield
    except BadInputError as error:
        names = _names(error.__cause__, options, changes)
        if not names:
            raise
        *others, last = names
        both = {"others": ", ".join(others), "last": last}
        raise BadInputError(
            "parameters_disagree" if others else "parameter_invalid",
            name=Phrase("cli.options", both) if others else last,
            reason=error.params["reason"],
            command=f"raise-finetune {command}",
        ) from error


def _names(
    cause: BaseException | None,
    options: Mapping[str, str],
    changes: Changes,
) -> list[str]:
    """Return the options, among those given, whose keys are at fault."""
    if not isinstance(cause, ValidationError):
        return []
    given = {
        f"{section}.{key}"
        for section, values in changes.items()
        for key, value in values.items()
        if value is not None
    }
    return [options[key] for key in keys_at_fault(cause) if key in options and key in given]
