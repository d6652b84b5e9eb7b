"""GGUF files: read with a check, written in one step."""

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import gguf
import numpy as np
import numpy.typing as npt

from raise_finetune.adapters.gguf_header import check_header
from raise_finetune.errors import BadInputError
from raise_finetune.problems import reason_of
from raise_finetune.storage.atomic import as_raise_error, publish, sync_file
from raise_finetune.storage.scratch import scratch_folder


class GgufFile:
    """A GGUF file's metadata and tensors."""

    def __init__(self, path: Path, reader: gguf.GGUFReader) -> None:
        self.path = path
        self._reader = reader

    def string(self, key: str) -> str:
        """Return a text of the metadata, empty if there is none."""
        value = self._value(key)
        return "" if value is None else str(value)

    def number(self, key: str, default: int | None = None) -> int:
        """Return a whole number of the metadata; raise ``BadInputError`` without a default."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int):
            raise BadInputError("gguf_unreadable", path=self.path, reason=key)
        return value

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return each tensor's shape as torch writes it, the other way round than GGUF."""
        return {
            tensor.name: tuple(int(size) for size in reversed(tensor.shape))
            for tensor in self._reader.tensors
        }

    def _value(self, key: str) -> object:
        field = self._reader.get_field(key)
        try:
            return None if field is None else field.contents()
        except (ValueError, LookupError, TypeError) as error:
            raise BadInputError("gguf_unreadable", path=self.path, reason=key) from error


def open_gguf(path: Path) -> GgufFile:
    """Open a GGUF file; raise ``BadInputError`` when it is missing, cut off or another format."""
    try:
        check_header(path)
    except FileNotFoundError as error:
        raise BadInputError("gguf_missing", path=path) from error
    except (OSError, ValueError) as error:
        raise BadInputError("gguf_unreadable", path=path, reason=reason_of(error)) from error
    try:
        return GgufFile(path, gguf.GGUFReader(path))
    except Exception as error:  # whatever bytes it stumbles over, in whatever way
        reason = f"{type(error).__name__}: {error}"
        raise BadInputError("gguf_unreadable", path=path, reason=reason) from error


class TensorToWrite(NamedTuple):
    """A tensor of a file to be: ``read`` is called when its turn comes, so one is held at a time.

    ``read`` returns ``shape`` numbers of ``dtype``, as torch orders them; bfloat16 as 16 bits.
    """

    name: str
    shape: tuple[int, ...]
    dtype: gguf.GGMLQuantizationType
    read: Callable[[], npt.NDArray[np.generic]]


_STORED_AS = {
    gguf.GGMLQuantizationType.F32: np.dtype("<f4"),
    gguf.GGMLQuantizationType.F16: np.dtype("<f2"),
    gguf.GGMLQuantizationType.BF16: np.dtype("<u2"),
}


def write_gguf(
    target: Path,
    architecture: str,
    describe: Callable[[gguf.GGUFWriter], None],
    tensors: Sequence[TensorToWrite],
    on_tensor: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write a GGUF file in one step: whatever fails, the target is what it was.

    ``describe`` adds the metadata. ``on_tensor`` is told how many tensors of how many are written;
    what it raises stops the writing.

    Raises ``BadInputError`` or ``FailedError`` when writing fails.
    """
    writer = gguf.GGUFWriter(None, architecture)
    try:
        describe(writer)
        for tensor in tensors:
            stored = _STORED_AS[tensor.dtype]
            size = math.prod(tensor.shape) * stored.itemsize
            writer.add_tensor_info(tensor.name, tensor.shape, stored, size, tensor.dtype)
        with scratch_folder(beside=target) as folder:
            made = folder / target.name
            writer.write_header_to_file(made)
            writer.write_kv_data_to_file()
            writer.write_ti_data_to_file()
            for done, tensor in enumerate(tensors):
                on_tensor(done, len(tensors))
                writer.write_tensor_data(np.ascontiguousarray(tensor.read()))
            writer.close()
            sync_file(made)
            publish(made, target)
    except OSError as error:
        raise as_raise_error(error, target) from error
    finally:
        with suppress(OSError):
            writer.close()
