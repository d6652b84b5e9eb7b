"""Files that a command writes: where none is, or over one of its own."""

import os
from collections.abc import Callable
from pathlib import Path

from raise_finetune.errors import BadInputError
from raise_finetune.storage.atomic import write_file


def write_new_file(path: Path, content: str) -> None:
    """Write the file; raises ``BadInputError`` where one is, or where its folder is missing."""
    if not path.parent.is_dir():
        raise BadInputError("output_folder_missing", path=path, parent=path.parent)
    check_replaceable(path)
    write_file(path, content.encode())


def check_replaceable(path: Path, is_own: Callable[[Path], bool] = lambda _: False) -> None:
    """Raise ``BadInputError`` where something stands that this command has not written.

    A slip of the keyboard must not replace a model of many gigabytes.
    """
    if os.path.lexists(path) and not is_own(path):  # also a link that leads nowhere
        raise BadInputError("file_exists", path=path)
