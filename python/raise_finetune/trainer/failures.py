"""What goes wrong in a training, as errors that a user can act on."""

import errno
import shutil
from pathlib import Path

import torch

from raise_finetune.errors import FailedError, RaiseError

_OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")
_DISK_FULL = ("no space left on device", "disk quota exceeded")
_LITTLE = 1 << 20


def as_training_error(error: BaseException, folder: Path) -> RaiseError:
    """Return what to tell the user; ``folder`` is where the training writes."""
    if isinstance(error, RaiseError):
        return error
    if _is_out_of_memory(error):
        return FailedError("training_out_of_memory")
    if _is_disk_full(error, folder):
        return FailedError("training_disk_full", path=folder)
    return FailedError("training_failed", kind=type(error).__name__, reason=_first_line(error))


def _is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    return isinstance(error, RuntimeError) and _says(error, _OUT_OF_MEMORY)


def _is_disk_full(error: BaseException, folder: Path) -> bool:
    """Tell a full disk also from libraries that lose the system's own error number."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    if _says(error, _DISK_FULL):
        return True
    is_writing = _says(error, ("writing file", "safetensor", "unexpected pos", "i/o"))
    return is_writing and shutil.disk_usage(folder).free < _LITTLE


def _says(error: BaseException, words: tuple[str, ...]) -> bool:
    said = str(error).lower()
    return any(word in said for word in words)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [""])[0][:300]
