"""Shows a file or folder in the system's file manager."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

from raise_finetune.errors import FailedError

_PATIENCE = 2.0  # seconds; who runs for longer has found something to show


def show(path: Path) -> None:
    """Show a folder, or the folder of a file; raise ``FailedError`` where nothing can."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the path is an export's, from our own list
            _command(path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise FailedError("no_file_manager", path=path) from error
    with suppress(subprocess.TimeoutExpired):
        # The Explorer's exit status says nothing.
        if process.wait(_PATIENCE) != 0 and sys.platform != "win32":
            raise FailedError("no_file_manager", path=path)
    Thread(target=process.wait, daemon=True).start()


def _command(path: Path) -> list[str]:
    if sys.platform == "darwin":
        return ["open", "-R", str(path)]
    if sys.platform == "win32":
        # "/select," and the path in one word would be put in quotes as a whole.
        return ["explorer", "/select,", str(path)]
    return ["xdg-open", str(path if path.is_dir() else path.parent)]
