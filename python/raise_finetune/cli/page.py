"""``raise-finetune window`` and ``raise-finetune serve``: the page, in a window or in a browser."""

import sys
from contextlib import suppress

from raise_finetune import bridge
from raise_finetune.cli.console import print_text
from raise_finetune.desktop.launch import has_display
from raise_finetune.desktop.launch import open_window as open_desktop_window
from raise_finetune.messages import text


def open_window() -> None:
    """Open the window; without a display say so, and serve the same page to a browser."""
    if has_display():
        sys.exit(open_desktop_window())
    print_text(text("cli.window.no_display"))
    serve_page(0)


def serve_page(port: int) -> None:
    """Serve the page until interrupted, which is how it is meant to end; print the link."""
    with suppress(KeyboardInterrupt):
        bridge.serve(port, print_text)
    print_text(text("cli.window.stopped"))
