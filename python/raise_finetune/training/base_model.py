"""The base model's folder: whether it is whole and supported, and how big the model is."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson

from raise_finetune.errors import BadInputError

SUPPORTED = {
    "MistralForCausalLM": "mistral",
    "LlamaForCausalLM": "llama",
    "Qwen2ForCausalLM": "qwen2",
}
LINEAR_LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
_TOKENIZERS = ("tokenizer.json", "tekken.json", "tokenizer.model")
_WEIGHTS, _WEIGHTS_INDEX = "model.safetensors", "model.safetensors.index.json"
_LARGEST_HEADER = 100_000_000


@dataclass(frozen=True, slots=True)
class BaseModel:
    """What is known of a base model without loading it."""

    folder: Path
    architecture: str
    hidden_size: int
    intermediate_size: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    tied_embeddings: bool

    def linear_shapes(self) -> dict[str, tuple[int, int]]:
        """Return the (inputs, outputs) of each linear layer of a block, by its name."""
        attention, key = self.heads * self.head_size, self.kv_heads * self.head_size
        hidden, inner = self.hidden_size, self.intermediate_size
        return {
            "q_proj": (hidden, attention),
            "k_proj": (hidden, key),
            "v_proj": (hidden, key),
            "o_proj": (attention, hidden),
            "gate_proj": (hidden, inner),
            "up_proj": (hidden, inner),
            "down_proj": (inner, hidden),
        }

    def linear_parameters(self) -> int:
        """Return how many parameters quantisation makes small."""
        return self.layers * sum(rows * columns for rows, columns in self.linear_shapes().values())

    def other_parameters(self) -> int:
        """Return how many parameters stay as they are: embeddings, head and norms."""
        embeddings = self.vocabulary * self.hidden_size * (1 if self.tied_embeddings else 2)
        return embeddings + (2 * self.layers + 1) * self.hidden_size


def read_base_model(path: str) -> BaseModel:
    """Return what a base model's folder holds.

    Raises ``BadInputError`` where it is no folder, where a file is missing or cut off, and for an
    architecture or a quantisation that the chain does not support.
    """
    folder = Path(path).expanduser()
    if not path or not folder.is_dir():
        raise BadInputError("base_model_missing", path=path)
    folder = folder.resolve()
    config = _read_json(folder / "config.json", folder)
    architecture = _architecture(config, folder)
    if "quantization_config" in config:
        raise BadInputError("base_model_quantized", path=folder)
    for weights in _weight_files(folder):
        _check_weights(weights, folder)
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        raise BadInputError("base_model_incomplete", path=folder, missing=" / ".join(_TOKENIZERS))
    try:
        heads, hidden = int(config["num_attention_heads"]), int(config["hidden_size"])
        return BaseModel(
            folder=folder,
            architecture=architecture,
            hidden_size=hidden,
            intermediate_size=int(config["intermediate_size"]),
            layers=int(config["num_hidden_layers"]),
            heads=heads,
            kv_heads=int(config.get("num_key_value_heads") or heads),
            head_size=int(config.get("head_dim") or hidden // heads),
            vocabulary=int(config["vocab_size"]),
            tied_embeddings=bool(config.get("tie_word_embeddings")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError("base_model_file_damaged", path=folder / "config.json") from error


def _architecture(config: Mapping[str, Any], folder: Path) -> str:
    names = config.get("architectures")
    name = str(cast("list[Any]", names)[0]) if isinstance(names, list) and names else "?"
    if name not in SUPPORTED:
        supported = ", ".join(SUPPORTED)
        raise BadInputError(
            "base_model_architecture", path=folder, architecture=name, supported=supported
        )
    return SUPPORTED[name]


def _weight_files(folder: Path) -> Iterator[Path]:
    if (folder / _WEIGHTS).is_file():
        yield folder / _WEIGHTS
        return
    if not (folder / _WEIGHTS_INDEX).is_file():
        raise BadInputError("base_model_incomplete", path=folder, missing=_WEIGHTS)
    shards = _read_json(folder / _WEIGHTS_INDEX, folder).get("weight_map")
    if not isinstance(shards, dict):
        raise BadInputError("base_model_file_damaged", path=folder / _WEIGHTS_INDEX)
    for name in sorted(set(cast("dict[str, str]", shards).values())):
        yield folder / Path(name).name


def _check_weights(path: Path, folder: Path) -> None:
    """Find files that a download cut off, or left as a pointer: their header says how long."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            header_size = struct.unpack("<Q", file.read(8))[0]
            if header_size > min(size, _LARGEST_HEADER):
                raise BadInputError("base_model_file_damaged", path=path)
            header = orjson.loads(file.read(header_size))
    except FileNotFoundError as error:
        raise BadInputError("base_model_incomplete", path=folder, missing=path.name) from error
    except (OSError, struct.error, orjson.JSONDecodeError) as error:
        raise BadInputError("base_model_file_damaged", path=path) from error
    ends = [tensor["data_offsets"][1] for name, tensor in header.items() if name != "__metadata__"]
    if size != 8 + header_size + max(ends, default=0):
        raise BadInputError("base_model_file_damaged", path=path)


def _read_json(path: Path, folder: Path) -> Mapping[str, Any]:
    try:
        content = orjson.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise BadInputError("base_model_incomplete", path=folder, missing=path.name) from error
    except (OSError, orjson.JSONDecodeError) as error:
        raise BadInputError("base_model_file_damaged", path=path) from error
    if not isinstance(content, dict):
        raise BadInputError("base_model_file_damaged", path=path)
    return cast("dict[str, Any]", content)
