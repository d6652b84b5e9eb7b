"""Reads ``.safetensors`` files: an 8-byte length, a JSON header, and the tensors' bytes."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from raise_finetune.errors import BadInputError
from raise_finetune.problems import WrongValueError, reason_of

_LENGTH = 8
_LONGEST_HEADER = 100_000_000  # what the format's own library accepts

# numpy knows no bfloat16: its 16 bits stay as they are.
_DTYPES: Mapping[str, npt.DTypeLike] = {"F32": "<f4", "F16": "<f2", "BF16": "<u2", "F64": "<f8"}


class TensorInfo(BaseModel):
    """One tensor of the header; ``data_offsets`` count from the header's end."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    dtype: str
    shape: tuple[Annotated[int, Field(ge=0)], ...]
    data_offsets: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


_HEADER = TypeAdapter(dict[str, TensorInfo])


class SafetensorsFile:
    """A file whose header was read and checked; tensors are read when asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.tensors, self._data_start = _read_header(path)
        except (OSError, ValueError) as error:
            raise BadInputError("weights_unreadable", path=path, reason=reason_of(error)) from error

    def stored(self, name: str) -> npt.NDArray[np.generic]:
        """Return a tensor as it is stored; bfloat16 as the 16 bits of each number.

        Raises ``BadInputError`` for a number format that is not a floating-point one.
        """
        info = self.tensors[name]
        dtype = _DTYPES.get(info.dtype)
        if dtype is None:
            raise BadInputError(
                "weights_unreadable", path=self.path, reason=f"{name}: {info.dtype}"
            )
        offset = self._data_start + info.data_offsets[0]
        count = math.prod(info.shape)
        if count == 0:
            return np.empty(info.shape, dtype)
        return np.memmap(self.path, dtype, "r", offset, info.shape)

    def sample(self, name: str, size: int) -> bytes:
        """Return so many bytes from the middle of a tensor, or all of a small one.

        Raises ``BadInputError``.
        """
        begin, end = self.tensors[name].data_offsets
        start = max(begin, (begin + end - size) // 2)
        try:
            with self.path.open("rb") as file:
                file.seek(self._data_start + start)
                return file.read(min(size, end - begin))
        except OSError as error:
            reason = reason_of(error)
            raise BadInputError("weights_unreadable", path=self.path, reason=reason) from error

    def float32(self, name: str) -> npt.NDArray[np.float32]:
        """Return a tensor's numbers as float32."""
        stored = self.stored(name)
        if self.tensors[name].dtype == "BF16":
            return (stored.astype(np.uint32) << 16).view(np.float32)
        return stored.astype(np.float32)


def _read_header(path: Path) -> tuple[dict[str, TensorInfo], int]:
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        if length > min(size - _LENGTH, _LONGEST_HEADER):
            raise WrongValueError("not_safetensors")
        header = file.read(length)
    tensors = _tensors(header)
    for name, info in tensors.items():
        begin, end = info.data_offsets
        dtype = _DTYPES.get(info.dtype)
        wanted = None if dtype is None else math.prod(info.shape) * np.dtype(dtype).itemsize
        if not begin <= end <= size - _LENGTH - length or wanted not in (None, end - begin):
            raise WrongValueError("tensor_damaged", name=name)
    return tensors, _LENGTH + length


def _tensors(header: bytes) -> dict[str, TensorInfo]:
    values = TypeAdapter(dict[str, object]).validate_json(header)
    values.pop("__metadata__", None)
    return _HEADER.validate_python(values)
