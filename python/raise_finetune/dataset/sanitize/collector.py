"""Python's collector of cycles, kept still where many objects are made and none is a cycle."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Generator[None]:
    """Keep the collector still, and leave it as it was found.

    It starts anew after every 700 objects that stay, and walks through everything alive now and
    then: a tenth of the time where findings are dense. Other objects are freed all the same.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
