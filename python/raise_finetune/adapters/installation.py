"""Are the packages of the extra ``adapters`` there? Asked before anything that needs them."""

import importlib.util

from raise_finetune.errors import BadInputError


def require_installed() -> None:
    """Raise ``BadInputError`` when a package is missing: it says how to install it."""
    for package in ("numpy", "gguf"):
        if importlib.util.find_spec(package) is None:
            raise BadInputError("adapters_not_installed", reason=package)
