"""A file that a command writes where none is."""

import os
from pathlib import Path

from raise_finetune.errors import BadInputError
from raise_finetune.storage.atomic import write_file


def write_new_file(path: Path, content: str) -> None:
    """Write the file; raises ``BadInputError`` where one is, or where its folder is missing."""
    if not path.parent.is_dir():
        raise BadInputError("output_folder_missing", path=path, parent=path.parent)
    if os.path.lexists(path):  # also a link that leads nowhere
        raise BadInputError("file_exists", path=path)
    write_file(path, content.encode())
