"""A PEFT adapter becomes the GGUF file that llama.cpp loads beside its base."""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import gguf
import numpy as np
import numpy.typing as npt

from raise_finetune.adapters.base import Base, TensorNames
from raise_finetune.adapters.fitting import check_shape
from raise_finetune.adapters.gguf_file import TensorToWrite, write_gguf
from raise_finetune.adapters.peft_adapter import LoraPair, PeftAdapter
from raise_finetune.adapters.row_order import check_halves, heads_of_rows, to_llama_cpp_order
from raise_finetune.dataset.report_model import ReportModel

ALPHA_KEY = "adapter.lora.alpha"
_F32 = gguf.GGMLQuantizationType.F32


class ConversionReport(ReportModel):
    """What was written; ``alpha`` is the file's, which llama.cpp divides by the rank."""

    output: str
    architecture: str
    rank: int
    alpha: float
    rslora: bool
    tensors: int
    bytes: int


class _NamedPair(NamedTuple):
    name: str
    pair: LoraPair


def convert_adapter(
    adapter: PeftAdapter, base: Base, output: Path, metadata: Mapping[str, str] | None = None
) -> ConversionReport:
    """Write the adapter as GGUF, in one step.

    ``metadata`` goes into the file as it is: where the adapter comes from, how to prompt it.

    Raises ``BadInputError`` when the adapter does not fit the base; then nothing is written.
    """
    pairs = _named_pairs(adapter, base)
    alpha = adapter.alpha * (math.sqrt(adapter.rank) if adapter.rslora else 1.0)

    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_type("adapter")
        writer.add_string("adapter.type", "lora")
        writer.add_float32(ALPHA_KEY, alpha)
        for key, value in (metadata or {}).items():
            writer.add_string(key, value)

    write_gguf(output, base.architecture, describe, _tensors(pairs, base))
    return ConversionReport(
        output=str(output),
        architecture=base.architecture,
        rank=adapter.rank,
        alpha=alpha,
        rslora=adapter.rslora,
        tensors=2 * len(pairs),
        bytes=output.stat().st_size,
    )


def _named_pairs(adapter: PeftAdapter, base: Base) -> list[_NamedPair]:
    """Name and check every pair, in the order of the layers."""
    names = TensorNames(base.architecture, base.layers)
    named = {_checked_name(pair, names, base): pair for pair in adapter.pairs}
    return [_NamedPair(name, named[name]) for name in base.shapes if name in named]


def _checked_name(pair: LoraPair, names: TensorNames, base: Base) -> str:
    name = names.of(f"{pair.module}.weight") or pair.module
    rows = pair.b.shape[0]
    check_shape(pair.module, name, (rows, pair.a.shape[1]), base)
    heads = heads_of_rows(name, base.architecture, base.heads, base.kv_heads)
    if heads is not None:
        check_halves(base.path, name, rows, heads)
    return name


def _tensors(pairs: Sequence[_NamedPair], base: Base) -> list[TensorToWrite]:
    tensors: list[TensorToWrite] = []
    for name, pair in pairs:
        b = partial(_rows_of_b, pair, name, base)
        tensors += (
            TensorToWrite(f"{name}.lora_a", pair.a.shape, _F32, partial(_itself, pair.a)),
            TensorToWrite(f"{name}.lora_b", pair.b.shape, _F32, b),
        )
    return tensors


def _itself(matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return matrix


def _rows_of_b(pair: LoraPair, name: str, base: Base) -> npt.NDArray[np.float32]:
    heads = heads_of_rows(name, base.architecture, base.heads, base.kv_heads)
    return pair.b if heads is None else to_llama_cpp_order(pair.b, heads)
