"""Whether a process holds a lock file, seen without touching it."""

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    from filelock import FileLock, Timeout

    def is_held(path: Path) -> bool:
        """Tell whether a process holds the lock; one that is not there is not held."""
        if not path.exists():
            return False
        try:
            with FileLock(path, timeout=0, is_singleton=False):
                return False
        except Timeout:
            return True

else:
    from fcntl import LOCK_NB, LOCK_SH, LOCK_UN, flock

    def is_held(path: Path) -> bool:
        """Tell whether a process holds the lock; one that is not there is not held.

        Not by ``FileLock``, which would make the file, and a folder that was removed meanwhile.
        Shared, so that several who ask at once do not see each other.
        """
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                flock(descriptor, LOCK_SH | LOCK_NB)
                flock(descriptor, LOCK_UN)
            except BlockingIOError:
                return True
            finally:
                os.close(descriptor)
        return False
