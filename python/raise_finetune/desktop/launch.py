"""Opens the window, or says what is missing."""

import os
import sys

from raise_finetune.errors import FailedError
from raise_finetune.page import page_folder


def open_window() -> int:
    """Show the window until it is closed; return the exit code.

    Raises ``FailedError`` without a display or without the window's libraries, and
    ``BadInputError`` when the page is not built.
    """
    if not has_display():
        raise FailedError("no_display")
    try:
        from raise_finetune.desktop import window
    except ImportError as error:
        raise FailedError("desktop_not_installed", reason=str(error).splitlines()[0]) from error
    return window.run(page_folder())


def has_display() -> bool:
    """Return whether a window could be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"))
