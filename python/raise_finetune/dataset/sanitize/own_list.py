"""The user's own list of values to mask: one file in the settings, never in a dataset."""

from pathlib import Path

from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.own_machine import Machine, known_values
from raise_finetune.errors import FailedError, system_reason
from raise_finetune.paths import config_folder
from raise_finetune.problems import reason_of
from raise_finetune.storage.atomic import write_file

_FILE = "known_values.txt"


def read_own_list() -> list[str]:
    """Return the lines of the list, empty where there is none; raises ``FailedError``."""
    try:
        return _path().read_text("utf-8-sig").splitlines()
    except (FileNotFoundError, NotADirectoryError):  # an account may have no home
        return []
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error)
        raise FailedError("known_values_unreadable", path=_path(), reason=reason) from error


def write_own_list(lines: list[str]) -> None:
    """Store the list in one step, readable by its user alone; raises ``FailedError``."""
    path = _path()
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content, mode=0o600)
    except OSError as error:
        raise FailedError(
            "known_values_unwritable", path=path, reason=system_reason(error)
        ) from error


def gather_known_values() -> KnownValues:
    """Return what this machine gives away about its user, and the user's own list."""
    return known_values(Machine.current()).with_list(read_own_list())


def values_to_mask(known: KnownValues | None) -> KnownValues:
    """Return the values that were given, by default those of this machine and the user's list."""
    return gather_known_values() if known is None else known


def _path() -> Path:
    return config_folder() / _FILE
