"""One writer of ours at a time per database.

The lock file lies in the user's state folder, keyed by the database's real path: a lock file
inside the data folder would be a foreign file to the application (which knows none), would be
copied along with the data, and could not be made where the data is read-only.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import xxhash

from raise_finetune.errors import FailedError
from raise_finetune.paths import state_folder
from raise_finetune.storage.atomic import as_raise_error

PATIENCE_SECONDS = 30.0


class StorageBusyError(FailedError):
    """Another writer keeps the database for longer than anybody waits."""


@contextmanager
def writing_lock(database: Path) -> Generator[None]:
    """Keep every other writer of this package, thread or process, out of the database.

    Raises ``StorageBusyError`` when another one keeps it for longer than ``PATIENCE_SECONDS``.
    """
    # Imported here because they cost more than all of reading, and most runs never write.
    from filelock import FileLock, Timeout

    key = xxhash.xxh3_128_hexdigest(os.fsencode(database.resolve()))
    path = state_folder() / "locks" / f"{key}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(timeout=PATIENCE_SECONDS)
    except Timeout as error:
        raise StorageBusyError("storage_busy", path=str(database)) from error
    except OSError as error:
        raise as_raise_error(error, path) from error
    try:
        yield
    finally:
        lock.release()
