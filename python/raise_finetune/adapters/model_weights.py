"""The weights in a base model's folder: one ``.safetensors`` file, or several with an index."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from raise_finetune.adapters.model_config import LINEAR_LAYERS, ModelConfig
from raise_finetune.adapters.safetensors_file import SafetensorsFile
from raise_finetune.errors import BadInputError, system_reason

_SINGLE_FILE = "model.safetensors"
_INDEX_FILE = "model.safetensors.index.json"
_SAMPLE_BYTES = 4096  # of a tensor: what the system reads at once anyway


class _Index(BaseModel):
    model_config = ConfigDict(extra="ignore")

    weight_map: dict[str, str]


def open_model_weights(folder: Path) -> dict[str, SafetensorsFile]:
    """Return the file that holds each tensor, by the tensor's name.

    Only the headers are read. Raises ``BadInputError`` when a file is missing or unreadable.
    """
    names = _file_names(folder)
    for name in names:
        if not _is_file(folder / name):
            raise BadInputError("base_incomplete", path=folder, file=name)
    files = [SafetensorsFile(folder / name) for name in names]
    return {tensor: file for file in files for tensor in file.tensors}


def open_whole_weights(folder: Path, config: ModelConfig) -> dict[str, SafetensorsFile]:
    """Return what ``open_model_weights`` does, if it is a whole model of this configuration.

    A tensor that is missing is no error to transformers, which puts random numbers in its place.
    Raises ``BadInputError`` for one that is missing or has another shape than it should.
    """
    weights = open_model_weights(folder)
    for name, shape in _shapes_of_all(config):
        file = weights.get(name)
        if file is None:
            raise BadInputError("base_incomplete", path=folder, file=name)
        found = file.tensors[name].shape
        if found != shape:
            reason = f"{name}: {found} ≠ {shape}"
            raise BadInputError("base_unreadable", path=file.path, reason=reason)
    return weights


def _shapes_of_all(config: ModelConfig) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield all tensors that every supported architecture has, with their shapes: (out, in)."""
    hidden, ends = config.hidden_size, (config.vocab_size, config.hidden_size)
    yield "model.embed_tokens.weight", ends
    for layer in range(config.num_hidden_layers):
        block = f"model.layers.{layer}"
        for name, (inputs, outputs) in config.linear_shapes().items():
            yield f"{block}.{LINEAR_LAYERS[name].part}.{name}.weight", (outputs, inputs)
        yield f"{block}.input_layernorm.weight", (hidden,)
        yield f"{block}.post_attention_layernorm.weight", (hidden,)
    yield "model.norm.weight", (hidden,)
    if not config.tie_word_embeddings:
        yield "lm_head.weight", ends


def sample_of_weights(folder: Path) -> str:
    """Return a hash that tells the weights of two bases apart, however they are cut into files.

    It is made of each tensor's name, number format and shape and of some of its numbers: a model
    of many gigabytes takes a few hundred reads. One that was trained on has changed everywhere;
    a change of a few numbers alone may go unseen. Raises ``BadInputError``.
    """
    digest = hashlib.sha256()
    weights = open_model_weights(folder)
    for name, file in sorted(weights.items(), key=lambda each: each[0]):
        tensor = file.tensors[name]
        digest.update(f"{name}\0{tensor.dtype}\0{tensor.shape}\0".encode("utf-8", "surrogatepass"))
        digest.update(file.sample(name, _SAMPLE_BYTES))
    return digest.hexdigest()


def _file_names(folder: Path) -> list[str]:
    index = folder / _INDEX_FILE
    # Where both are there, the single file counts, as for transformers.
    if (folder / _SINGLE_FILE).is_file() or not index.is_file():
        return [_SINGLE_FILE]
    try:
        weight_map = _Index.model_validate_json(index.read_bytes()).weight_map
    except ValidationError as error:
        raise BadInputError("base_unreadable", path=index, reason="weight_map") from error
    except OSError as error:
        raise BadInputError("base_unreadable", path=index, reason=system_reason(error)) from error
    # A name is a file beside the index, never a path that leads elsewhere.
    return sorted({Path(name).name for name in weight_map.values()})


def _is_file(path: Path) -> bool:
    """Tell whether a file is there; none has a name that the system does not allow."""
    try:
        return path.is_file()
    except OSError:
        return False
