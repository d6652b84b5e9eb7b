"""A base model's transformers folder becomes a GGUF file, number by number as they are.

So that a base which lies on this machine can be compared with its adapter without looking for a
GGUF of it, whose tokenizer or weights may be another build's. Nothing is quantised here.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import gguf
import numpy.typing as npt

from raise_finetune.adapters.base import TensorNames
from raise_finetune.adapters.gguf_file import TensorToWrite, write_gguf
from raise_finetune.adapters.model_config import ModelConfig, read_model_config
from raise_finetune.adapters.model_weights import open_whole_weights, sample_of_weights
from raise_finetune.adapters.rope import llama3_rope_factors
from raise_finetune.adapters.row_order import check_halves, heads_of_rows, to_llama_cpp_order
from raise_finetune.adapters.safetensors_file import SafetensorsFile
from raise_finetune.adapters.trained_on import WEIGHTS_KEY
from raise_finetune.adapters.vocabulary import Vocabulary, add_vocabulary, read_vocabulary
from raise_finetune.errors import BadInputError

_STORED = {
    "F32": gguf.GGMLQuantizationType.F32,
    "F16": gguf.GGMLQuantizationType.F16,
    "BF16": gguf.GGMLQuantizationType.BF16,
}
_F32 = gguf.GGMLQuantizationType.F32


def convert_base(
    folder: Path, output: Path, on_tensor: Callable[[int, int], None] = lambda _done, _total: None
) -> int:
    """Write the base as GGUF, in one step; return the file's size in bytes.

    ``on_tensor`` is told how many tensors of how many are written; what it raises stops the work.
    Matrices keep their number format, norms and biases become float32, as llama.cpp wants them.

    Raises ``BadInputError`` when the folder is incomplete, unreadable or of an unknown
    architecture.
    """
    config = read_model_config(folder)
    vocabulary = read_vocabulary(folder, config.vocab_size)
    architecture = config.llama_cpp_name or ""
    tensors = list(_tensors(folder, config, architecture))
    sample = sample_of_weights(folder)

    def describe(writer: gguf.GGUFWriter) -> None:
        _describe_shape(writer, config, folder.name)
        add_vocabulary(writer, vocabulary)
        writer.add_string(WEIGHTS_KEY, sample)
        _describe_ends(writer, config, vocabulary)

    write_gguf(output, architecture, describe, tensors, on_tensor)
    return output.stat().st_size


def _describe_shape(writer: gguf.GGUFWriter, config: ModelConfig, name: str) -> None:
    writer.add_type("model")
    writer.add_name(name)
    writer.add_vocab_size(config.vocab_size)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.kv_heads)
    writer.add_key_length(config.head_size)
    writer.add_value_length(config.head_size)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_dimension_count(config.head_size)
    writer.add_rope_freq_base(config.rope.rope_theta)


def _describe_ends(writer: gguf.GGUFWriter, config: ModelConfig, vocabulary: Vocabulary) -> None:
    """Name BOS and EOS, and say whether programs that are given a text have to add them."""
    bos = config.bos_token_id
    eos = config.eos_token_id
    first_eos = eos[0] if isinstance(eos, list) and eos else eos
    if bos is not None and bos < len(vocabulary.tokens):
        writer.add_bos_token_id(bos)
        writer.add_add_bos_token(vocabulary.adds(bos))
    if isinstance(first_eos, int):
        writer.add_eos_token_id(first_eos)
    writer.add_add_eos_token(False)


def _tensors(folder: Path, config: ModelConfig, architecture: str) -> Iterator[TensorToWrite]:
    names = TensorNames(architecture, config.num_hidden_layers)
    for weight, file in open_whole_weights(folder, config).items():
        name = names.of(weight)
        if name is None:
            raise BadInputError("base_tensor_unknown", path=file.path, tensor=weight)
        yield _tensor(weight, name, file, config, architecture)
    if config.rope.rope_type == "llama3":
        factors = llama3_rope_factors(config.rope, config.head_size)
        yield TensorToWrite("rope_freqs.weight", factors.shape, _F32, lambda: factors)


def _tensor(
    weight: str, name: str, file: SafetensorsFile, config: ModelConfig, architecture: str
) -> TensorToWrite:
    info = file.tensors[weight]
    stored = _STORED.get(info.dtype)
    if stored is None:
        # Weights quantised by another tool: their numbers are no weights.
        raise BadInputError("base_quantised", path=file.path, tensor=weight, dtype=info.dtype)
    heads = heads_of_rows(name, architecture, config.num_attention_heads, config.kv_heads)
    if heads is not None:
        check_halves(file.path, weight, info.shape[0] if info.shape else 1, heads)
    if len(info.shape) > 1:
        return TensorToWrite(name, info.shape, stored, partial(_rows, file.stored, weight, heads))
    return TensorToWrite(name, info.shape, _F32, partial(_rows, file.float32, weight, heads))


def _rows(
    read: Callable[[str], npt.NDArray[Any]], weight: str, heads: int | None
) -> npt.NDArray[Any]:
    rows = read(weight)
    return rows if heads is None else to_llama_cpp_order(rows, heads)
