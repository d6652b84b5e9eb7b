"""Where the page may have something written: only where the user said so.

A path counts as the user's own choice when it was picked in the system's dialog, or lies in the
folder for datasets. Anything else the page asks for has to be confirmed outside the page.
"""

import os
from pathlib import Path
from threading import Lock

from raise_finetune.commands.context import Context
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text
from raise_finetune.paths import dataset_home, expand_home

_chosen: set[Path] = set()
_lock = Lock()


def remember_choice(path: Path) -> None:
    """Note that the user picked this path in a dialog."""
    with _lock:
        _chosen.add(Path(os.path.realpath(path)))


def check_output(path: Path, context: Context) -> None:
    """Return if the user has chosen the path; raises ``BadInputError`` where he has not."""
    path = expand_home(path)
    try:
        resolved = Path(os.path.realpath(path))
    except ValueError:
        return  # no path at all: the export refuses it before it writes
    if not path.is_absolute():
        return  # it will lie in the folder for datasets
    home = Path(os.path.realpath(dataset_home()))
    with _lock:
        if resolved in _chosen or home in resolved.parents:
            return
    question = text("dialog.confirm_output", context.language, path=resolved)
    if not context.face.confirm(question):
        raise BadInputError("output_not_chosen", path=path, home=home)
    remember_choice(resolved)
