"""The base model's folder: whether it is whole and supported, and how big the model is."""

from dataclasses import dataclass
from pathlib import Path

from raise_finetune.adapters.model_config import ModelConfig, read_model_config
from raise_finetune.adapters.model_weights import open_whole_weights
from raise_finetune.errors import BadInputError
from raise_finetune.paths import expand_home

_FAMILIES = {
    "MistralForCausalLM": "mistral",
    "LlamaForCausalLM": "llama",
    "Qwen2ForCausalLM": "qwen2",
}
_TOKENIZERS = ("tokenizer.json", "tekken.json", "tokenizer.model")


@dataclass(frozen=True, slots=True)
class BaseModel:
    """What is known of a base model without loading it."""

    folder: Path
    config: ModelConfig

    @property
    def architecture(self) -> str:
        """The model's family, as people call it: mistral, llama, qwen2."""
        return _FAMILIES[self.config.architectures[0]]

    def tokenizer_bytes(self) -> int:
        """Return how large the tokenizer's files are."""
        files = [self.folder / name for name in _TOKENIZERS]
        return sum(file.stat().st_size for file in files if file.is_file())

    def linear_parameters(self) -> int:
        """Return how many parameters quantisation makes small."""
        in_a_block = sum(rows * columns for rows, columns in self.config.linear_shapes().values())
        return self.config.num_hidden_layers * in_a_block

    def other_parameters(self) -> int:
        """Return how many parameters stay as they are: embeddings, head and norms."""
        config = self.config
        ends = 1 if config.tie_word_embeddings else 2
        norms = (2 * config.num_hidden_layers + 1) * config.hidden_size
        return ends * config.vocab_size * config.hidden_size + norms


def read_base_model(path: str) -> BaseModel:
    """Return what a base model's folder holds.

    Raises ``BadInputError`` where none is named, where it is no folder, where a file or a tensor is
    missing or cut off, and for an architecture or a quantisation that the chain does not support.
    """
    if not path:
        raise BadInputError("base_unnamed")
    folder = expand_home(path)
    if not folder.is_dir():
        raise BadInputError("base_missing", path=path)
    folder = folder.resolve()
    config = read_model_config(folder)
    if config.quantization_config is not None:
        raise BadInputError("base_quantised_already", path=folder)
    open_whole_weights(folder, config)
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        raise BadInputError("base_incomplete", path=folder, file=" / ".join(_TOKENIZERS))
    return BaseModel(folder, config)
