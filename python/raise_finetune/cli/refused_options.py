"""A key of a recipe or of a configuration that an option set to what it may not be."""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from raise_finetune.errors import BadInputError


@contextmanager
def named_by_option(command: str, options: Mapping[str, str]) -> Generator[None]:
    """Refuse what an option set by the option's name; ``options`` holds key → option."""
    try:
        yield
    except BadInputError as error:
        key = re.sub(r"\.\d+$", "", str(error.params.get("key")))  # one of a list
        if key not in options:
            raise
        raise BadInputError(
            "parameter_invalid",
            name=options[key],
            reason=error.params["reason"],
            command=f"raise-finetune {command}",
        ) from error
