"""A file that a person wrote: read whole, unless it is no such file."""

import stat
from pathlib import Path

from raise_finetune.problems import WrongValueError

_MEGABYTES = 16


def read_text_file(path: Path) -> str:
    """Return the text of a recipe or a configuration.

    What a shell passes as ``<(…)`` is read, too; a pipe that has a name waits for a writer, perhaps
    for ever, and a device may have no end. Raises ``OSError``, ``WrongValueError`` for a file that
    is none, ``UnicodeDecodeError``.
    """
    if stat.S_ISFIFO(path.stat().st_mode) and path.resolve().exists():
        raise WrongValueError("named_pipe")
    limit = _MEGABYTES * 1_000_000
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise WrongValueError("file_too_large", megabytes=_MEGABYTES)
    text = content.decode("utf-8-sig")  # Windows editors begin a file with a mark
    return text.replace("\r\n", "\n").replace("\r", "\n")
