"""What the kernel lets this process have, and what the process has."""

import gc
import os
import resource
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def without_root() -> Generator[None]:
    """Be an ordinary user for a while: permissions mean nothing to root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def limited(kind: int, soft: int) -> Generator[None]:
    """Lower a limit of this process for a while; the kernel keeps it for root, too."""
    before = resource.getrlimit(kind)
    resource.setrlimit(kind, (soft, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(kind, before)


def descriptors_left(number: int) -> AbstractContextManager[None]:
    """Let this process open so many more files at once."""
    gc.collect()
    # The lowest that are free: there may be gaps between those in use.
    free = [os.open(os.devnull, os.O_RDONLY) for _ in range(number + 1)]
    for descriptor in free:
        os.close(descriptor)
    return limited(resource.RLIMIT_NOFILE, free[-1])


def open_descriptors() -> int:
    """Count what is open, without what only waits for the garbage collector."""
    gc.collect()
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
