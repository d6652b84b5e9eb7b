"""Where the user's data lies, from the environment that the RAISE application shares."""

import os
from pathlib import Path

from raise_finetune.errors import BadInputError

DEFAULT_SPACE = "un2"
OWN_DATABASE = "finetune"
"""The database of that space that this application writes to, and no other."""


def named_domain() -> Path | None:
    """Return the data folder that ``PATH_RAISE_DOMAIN`` names, None where it names none."""
    named = os.environ.get("PATH_RAISE_DOMAIN")
    return expand_home(named) if named else None


def domain_root() -> Path:
    """Return the data folder: ``PATH_RAISE_DOMAIN``, else ``~/raise_domain``."""
    return named_domain() or expand_home("~/raise_domain")


def dataset_home() -> Path:
    """Return the folder for datasets: ``PATH_RAISE_DATASET``, else ``~/raise_dataset``."""
    return expand_home(os.environ.get("PATH_RAISE_DATASET") or "~/raise_dataset")


def config_folder() -> Path:
    """Return the folder of the user's settings: ``RAISE_FINETUNE_CONFIG``, else the system's."""
    # Here and below: who only reads a data folder has no use for it.
    from platformdirs import user_config_path

    override = os.environ.get("RAISE_FINETUNE_CONFIG")
    return Path(override) if override else user_config_path("raise-finetune", appauthor=False)


def state_folder() -> Path:
    """Return the folder of what is remembered for the user: exports, locks."""
    from platformdirs import user_state_path

    return user_state_path("raise-finetune", appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be made anew: ``RAISE_FINETUNE_CACHE``, else the system's."""
    from platformdirs import user_cache_path

    override = os.environ.get("RAISE_FINETUNE_CACHE")
    return Path(override) if override else user_cache_path("raise-finetune", appauthor=False)


def runs_home() -> Path:
    """Return the folder of training runs, beside the datasets."""
    return dataset_home() / "runs"


def bases_home() -> Path:
    """Return the folder of base models as GGUF files, beside the datasets."""
    return dataset_home() / "bases"


def expand_home(path: str | os.PathLike[str]) -> Path:
    """Return the path with its ``~`` or ``~user`` replaced; raises ``BadInputError``."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise BadInputError("home_unknown", path=os.fspath(path)) from error
