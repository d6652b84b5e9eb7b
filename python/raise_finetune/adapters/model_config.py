"""``config.json`` of a base model, as far as the chain needs it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationError, model_validator

from raise_finetune.errors import BadInputError, system_reason
from raise_finetune.problems import named_problem
from raise_finetune.regular_file import check_folder

CONFIG_FILE = "config.json"
MOST_LAYERS = 2000
"""Ten times what the largest models have: who believes any number waits for ever."""
_MOST_TOKENS = 1 << 22  # ten times, too; a vocabulary has a place for each

# GGUF has 32 bits for it.
_Size = Annotated[int, Field(gt=0, lt=1 << 32)]
_Width = Annotated[int, Field(gt=0, le=1 << 20)]
_Number = Annotated[float, Field(ge=-1e38, le=1e38)]
_TokenId = Annotated[int, Field(ge=0, lt=1 << 32)]

# llama.cpp's names of the architectures that the chain supports.
_LLAMA_CPP_NAMES = {
    "LlamaForCausalLM": "llama",
    "MistralForCausalLM": "llama",
    "Qwen2ForCausalLM": "qwen2",
}


class LinearLayer(NamedTuple):
    """A linear layer of a block: the part in which it lies, and the widths that it maps."""

    part: Literal["self_attn", "mlp"]
    inputs: Literal["hidden", "queries", "inner"]
    outputs: Literal["hidden", "queries", "keys", "inner"]


LINEAR_LAYERS: Mapping[str, LinearLayer] = {
    "q_proj": LinearLayer("self_attn", "hidden", "queries"),
    "k_proj": LinearLayer("self_attn", "hidden", "keys"),
    "v_proj": LinearLayer("self_attn", "hidden", "keys"),
    "o_proj": LinearLayer("self_attn", "queries", "hidden"),
    "gate_proj": LinearLayer("mlp", "hidden", "inner"),
    "up_proj": LinearLayer("mlp", "hidden", "inner"),
    "down_proj": LinearLayer("mlp", "inner", "hidden"),
}
"""By name, as every supported architecture has them."""


class RopeParameters(BaseModel):
    """How positions are encoded; the last four belong to Llama 3.1's way of stretching them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    rope_type: str = "default"
    rope_theta: Annotated[_Number, Field(ge=1)] = 10_000.0
    factor: Annotated[float, Field(gt=0, le=1e6)] = 1.0
    low_freq_factor: Annotated[float, Field(ge=0)] = 1.0
    high_freq_factor: _Number = 4.0
    original_max_position_embeddings: _Size = 8192

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.low_freq_factor >= self.high_freq_factor:
            raise ValueError("low_freq_factor ≥ high_freq_factor")
        return self


class _Kind(BaseModel):
    """What kind of a model it is: looked at first, since others have other keys."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    architectures: tuple[str, ...] = Field(min_length=1)

    @property
    def llama_cpp_name(self) -> str | None:
        """llama.cpp's name of the architecture; None for one that the chain does not support."""
        return _LLAMA_CPP_NAMES.get(self.architectures[0])


class ModelConfig(_Kind):
    """The shape of a base model, by the keys of its ``config.json``."""

    hidden_size: _Width
    intermediate_size: _Size
    num_hidden_layers: Annotated[PositiveInt, Field(le=MOST_LAYERS)]
    num_attention_heads: _Size
    num_key_value_heads: _Size | None = None
    head_dim: _Width | None = None
    vocab_size: Annotated[PositiveInt, Field(le=_MOST_TOKENS)]
    max_position_embeddings: _Size = 2048
    rms_norm_eps: _Number = 1e-6
    sliding_window: int | None = None
    rope_theta: float | None = None
    rope_scaling: dict[str, Any] | None = None
    rope_parameters: dict[str, Any] | None = None
    bos_token_id: _TokenId | None = None
    eos_token_id: _TokenId | list[_TokenId] | None = None
    tie_word_embeddings: bool = False
    quantization_config: dict[str, Any] | None = None

    @property
    def kv_heads(self) -> int:
        """How many heads keys and values have."""
        return self.num_key_value_heads or self.num_attention_heads

    @property
    def head_size(self) -> int:
        """How many numbers a head has."""
        return self.head_dim or self.hidden_size // self.num_attention_heads

    def linear_shapes(self) -> Mapping[str, tuple[int, int]]:
        """Return the (inputs, outputs) of each linear layer of a block, by its name."""
        widths = {
            "hidden": self.hidden_size,
            "queries": self.num_attention_heads * self.head_size,
            "keys": self.kv_heads * self.head_size,
            "inner": self.intermediate_size,
        }
        return {
            name: (widths[layer.inputs], widths[layer.outputs])
            for name, layer in LINEAR_LAYERS.items()
        }

    @property
    def rope(self) -> RopeParameters:
        """How positions are encoded, whichever transformers version wrote the file."""
        written = dict(self.rope_parameters or self.rope_scaling or {})
        written.setdefault("rope_type", written.get("type", "default"))
        if self.rope_theta is not None:
            written.setdefault("rope_theta", self.rope_theta)
        return RopeParameters.model_validate(written)


def read_model_config(folder: Path) -> ModelConfig:
    """Read a base model's ``config.json``.

    Raises ``BadInputError`` when it is missing or unreadable, and for an architecture that the
    chain does not support.
    """
    path = folder / CONFIG_FILE
    check_folder(folder)
    try:
        content = path.read_bytes()
        _check_supported(_Kind.model_validate_json(content), folder)
        config = ModelConfig.model_validate_json(content)
        _ = config.rope
    except FileNotFoundError as error:
        raise BadInputError("base_incomplete", path=folder, file=CONFIG_FILE) from error
    except ValidationError as error:
        raise BadInputError("base_unreadable", path=path, reason=named_problem(error)) from error
    except OSError as error:
        raise BadInputError("base_unreadable", path=path, reason=system_reason(error)) from error
    return config


def _check_supported(kind: _Kind, folder: Path) -> None:
    if kind.llama_cpp_name is None:
        raise BadInputError(
            "base_architecture_unknown",
            path=folder,
            architecture=kind.architectures[0],
            known=", ".join(_LLAMA_CPP_NAMES),
        )
