"""Where the user's data lies, from the environment that the RAISE application shares."""

import os
from pathlib import Path

DEFAULT_SPACE = "un2"
DEFAULT_DATABASE = "default"


def domain_root() -> Path:
    """Return the data folder: ``PATH_RAISE_DOMAIN``, else ``~/raise_domain``."""
    return _from_environment("PATH_RAISE_DOMAIN", "~/raise_domain")


def dataset_home() -> Path:
    """Return the folder for datasets: ``PATH_RAISE_DATASET``, else ``~/raise_dataset``."""
    return _from_environment("PATH_RAISE_DATASET", "~/raise_dataset")


def _from_environment(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or default).expanduser()
