"""The base model that an adapter belongs to, as far as the adapter has to fit it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import gguf

from raise_finetune.adapters.gguf_file import open_gguf
from raise_finetune.adapters.model_config import MOST_LAYERS, ModelConfig, read_model_config
from raise_finetune.adapters.model_weights import open_model_weights
from raise_finetune.errors import BadInputError

_ARCHITECTURES = {
    "llama": gguf.MODEL_ARCH.LLAMA,
    "qwen2": gguf.MODEL_ARCH.QWEN2,
}
_WEIGHT = ".weight"


@dataclass(frozen=True, slots=True)
class Base:
    """A base model's shape: by llama.cpp's names, shapes as torch writes them, (out, in).

    ``architecture`` is llama.cpp's: ``llama`` for Llama and Mistral.
    """

    path: Path
    architecture: str
    layers: int
    heads: int
    kv_heads: int
    shapes: Mapping[str, tuple[int, ...]]


class TensorNames:
    """Translates transformers' names of weights into llama.cpp's."""

    def __init__(self, architecture: str, layers: int) -> None:
        self._names = gguf.get_tensor_name_map(_ARCHITECTURES[architecture], layers)

    def of(self, weight: str) -> str | None:
        """Return llama.cpp's name of ``model.layers.0.….weight``; None if it has none."""
        return self._names.get_name(weight, try_suffixes=(_WEIGHT, ".bias"))


def read_base(path: Path) -> Base:
    """Read the shape of a base model from its transformers folder or its GGUF file.

    Raises ``BadInputError`` when it is incomplete, unreadable or of an unknown architecture.
    """
    return _from_folder(path) if path.is_dir() else _from_gguf(path)


def _from_folder(folder: Path) -> Base:
    config = read_model_config(folder)
    architecture = config.llama_cpp_name or ""
    names = TensorNames(architecture, config.num_hidden_layers)
    shapes = {
        name: file.tensors[weight].shape
        for weight, file in open_model_weights(folder).items()
        if (name := names.of(weight)) is not None
    }
    _check_complete(folder, config, shapes)
    return Base(
        path=folder,
        architecture=architecture,
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        kv_heads=config.kv_heads,
        shapes=shapes,
    )


def _check_complete(
    folder: Path, config: ModelConfig, shapes: Mapping[str, tuple[int, ...]]
) -> None:
    for layer in range(config.num_hidden_layers):
        if f"blk.{layer}.attn_q.weight" not in shapes:
            file = f"model.layers.{layer}.self_attn.q_proj.weight"
            raise BadInputError("base_incomplete", path=folder, file=file)


def _from_gguf(path: Path) -> Base:
    file = open_gguf(path)
    architecture = file.string("general.architecture")
    if file.string("general.type") == "adapter":
        raise BadInputError("base_is_adapter", path=path)
    if architecture not in _ARCHITECTURES:
        raise BadInputError(
            "base_architecture_unknown",
            path=path,
            architecture=architecture or "?",
            known=", ".join(_ARCHITECTURES),
        )
    heads = file.number(f"{architecture}.attention.head_count")
    layers = file.number(f"{architecture}.block_count")
    if not 0 < layers <= MOST_LAYERS:
        raise BadInputError("gguf_unreadable", path=path, reason=f"block_count: {layers}")
    return Base(
        path=path,
        architecture=architecture,
        layers=layers,
        heads=heads,
        kv_heads=file.number(f"{architecture}.attention.head_count_kv", heads),
        shapes=file.shapes(),
    )
