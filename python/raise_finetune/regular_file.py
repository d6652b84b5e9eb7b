"""Pipes and devices where files of a model or of a dataset should lie.

Reading one waits for a writer, perhaps for ever, or has no end; a folder from somebody else may
hold them under the names that are read.
"""

import errno
import os
import stat
from pathlib import Path

from raise_finetune.errors import BadInputError


def check_regular(path: Path) -> None:
    """Raise ``OSError`` for a pipe or a device, and where there is nothing."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))


def check_folder(folder: Path) -> None:
    """Raise ``BadInputError`` naming a pipe or a device that lies in a folder.

    Libraries that are given the folder open whatever has a name that they know.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return  # whoever reads a file of it says why
    for path in paths:
        try:
            check_regular(path)
        except OSError as error:
            if error.errno == errno.ESPIPE:
                raise BadInputError("irregular_file", path=path) from error
