"""Checkpoints that are either whole or not there.

A checkpoint is several files; a kill or a full disk may leave some of them. One counts when its
seal was written, after all else had reached the disk.
"""

import re
import shutil
from pathlib import Path

from raise_finetune.storage.atomic import sync_file, sync_folder

_SEAL = "complete"
_PREFIX = "checkpoint-"
_NAME = re.compile(rf"{_PREFIX}\d+")


def seal(checkpoint: Path) -> None:
    """Mark a checkpoint as whole; raise ``OSError``."""
    for path in sorted(checkpoint.iterdir()):
        if path.is_file():
            sync_file(path)
    (checkpoint / _SEAL).touch()
    sync_folder(checkpoint)
    sync_folder(checkpoint.parent)


def whole_checkpoints(folder: Path) -> list[Path]:
    """Return the checkpoints that can be resumed from, newest last."""
    return [path for path in _checkpoints(folder) if (path / _SEAL).is_file()]


def last_step(folder: Path) -> int:
    """Return the step of the newest checkpoint that can be resumed from, 0 without one."""
    whole = whole_checkpoints(folder)
    return _step(whole[-1]) if whole else 0


def remove_broken(folder: Path) -> None:
    """Remove what a kill or a full disk left of checkpoints."""
    for path in _checkpoints(folder):
        if not (path / _SEAL).is_file():
            shutil.rmtree(path, ignore_errors=True)


def rotate(folder: Path, kept: int) -> None:
    """Remove all but the newest ``kept`` whole checkpoints."""
    for path in whole_checkpoints(folder)[:-kept]:
        # Without its seal first: what a kill leaves of it is not whole.
        (path / _SEAL).unlink()
        shutil.rmtree(path, ignore_errors=True)


def _checkpoints(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if _NAME.fullmatch(path.name)), key=_step)


def _step(checkpoint: Path) -> int:
    return int(checkpoint.name.removeprefix(_PREFIX))
