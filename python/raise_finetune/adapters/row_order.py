"""The order of the rows of queries and keys, which llama.cpp and transformers do not share.

The rotary embedding turns pairs of numbers of each head. In transformers, number i and number
i + half of the head are a pair; in llama.cpp's Llama (Mistral too), neighbours are. So the rows
that make these numbers change places: in the base's weights, in their biases, and in the B of an
adapter.
"""

from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from raise_finetune.errors import BadInputError

_Number = TypeVar("_Number", bound=np.generic)


def heads_of_rows(weight: str, architecture: str, heads: int, kv_heads: int) -> int | None:
    """Return how many heads share the rows of a weight whose order differs, else None.

    ``weight`` is llama.cpp's name of it, such as ``blk.0.attn_q.weight``.
    """
    if architecture != "llama":
        return None
    return {"attn_q": heads, "attn_k": kv_heads}.get(weight.split(".")[-2])


def check_halves(base: Path, weight: str, rows: int, heads: int) -> None:
    """Raise ``BadInputError`` where so many rows are not so many heads, each of two halves."""
    if heads < 1 or rows % (2 * heads):
        reason = f"{weight}: {rows} / {heads} / 2"
        raise BadInputError("base_unreadable", path=base, reason=reason)


def to_llama_cpp_order(rows: npt.NDArray[_Number], heads: int) -> npt.NDArray[_Number]:
    """Return the rows, (out, …), as llama.cpp wants them, which ``check_halves`` let pass."""
    half = rows.shape[0] // heads // 2
    halves = rows.reshape(heads, 2, half, *rows.shape[1:])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(rows.shape))
