"""A LoRA adapter as PEFT saves it, and which kinds of it a GGUF file cannot hold."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from raise_finetune.adapters.safetensors_file import SafetensorsFile
from raise_finetune.errors import BadInputError, system_reason
from raise_finetune.problems import named_problem
from raise_finetune.regular_file import check_folder

CONFIG_FILE = "adapter_config.json"
WEIGHTS_FILE = "adapter_model.safetensors"

_PAIR = re.compile(r"base_model\.model\.(?P<module>.+)\.lora_(?P<half>[AB])\.weight")

# What each option may be: anything else changes what the adapter computes, and a GGUF adapter
# holds nothing but A, B and alpha. The first four have explanations of their own.
_HARMLESS: Mapping[str, tuple[Any, ...]] = {
    "use_dora": (None, False),
    "bias": (None, "none"),
    "lora_bias": (None, False),
    "modules_to_save": (None, []),
    "alpha_pattern": (None, {}),
    "fan_in_fan_out": (None, False),
    "layer_replication": (None, []),
    "trainable_token_indices": (None, []),
    "target_parameters": (None, []),
    "alora_invocation_tokens": (None, []),
    "arrow_config": (None,),
    "use_qalora": (None, False),
    "use_bdlora": (None, False),
    "kasa_config": (None,),
    "monteclora_config": (None,),
    # PiSSA, OLoRA, CorDA and LoftQ change the base's own weights.
    "init_lora_weights": (None, True, False, "gaussian", "eva", "orthogonal"),
}
_CODES = {
    "use_dora": "adapter_dora",
    "bias": "adapter_bias",
    "lora_bias": "adapter_bias",
    "modules_to_save": "adapter_saved_modules",
}


class _Config(BaseModel):
    model_config = ConfigDict(extra="allow")

    peft_type: str
    r: Annotated[int, Field(gt=0, le=1 << 20)]
    lora_alpha: Annotated[float, Field(ge=-1e9, le=1e9)]  # GGUF has 32 bits for it
    use_rslora: bool = False
    base_model_name_or_path: str | None = None


class LoraPair(NamedTuple):
    """The two matrices beside one weight: ``a`` is (rank, in), ``b`` is (out, rank), float32."""

    module: str
    a: npt.NDArray[np.float32]
    b: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PeftAdapter:
    """A LoRA adapter: W + B·A, scaled by alpha / rank, or by alpha / √rank with rsLoRA."""

    path: Path
    rank: int
    alpha: float
    rslora: bool
    base_name: str
    pairs: tuple[LoraPair, ...]


def read_peft_adapter(folder: Path) -> PeftAdapter:
    """Read an adapter.

    Raises ``BadInputError`` when it is incomplete or unreadable, and for a kind that a GGUF file
    cannot hold: the error says which.
    """
    config = _read_config(folder)
    _refuse_unsupported(folder, config)
    pairs = _read_pairs(_open_weights(folder))
    return PeftAdapter(
        path=folder,
        rank=config.r,
        alpha=config.lora_alpha,
        rslora=config.use_rslora,
        base_name=config.base_model_name_or_path or "",
        pairs=pairs,
    )


def _read_config(folder: Path) -> _Config:
    path = folder / CONFIG_FILE
    check_folder(folder)
    try:
        return _Config.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise BadInputError("adapter_incomplete", path=folder, file=CONFIG_FILE) from error
    except ValidationError as error:
        raise BadInputError("adapter_unreadable", path=path, reason=named_problem(error)) from error
    except OSError as error:
        raise BadInputError("adapter_unreadable", path=path, reason=system_reason(error)) from error


def _open_weights(folder: Path) -> SafetensorsFile:
    path = folder / WEIGHTS_FILE
    if not path.is_file():
        raise BadInputError("adapter_incomplete", path=folder, file=WEIGHTS_FILE)
    return SafetensorsFile(path)


def _refuse_unsupported(folder: Path, config: _Config) -> None:
    if config.peft_type != "LORA":
        raise BadInputError("adapter_kind", path=folder, kind=config.peft_type)
    options = config.model_extra or {}
    for option, harmless in _HARMLESS.items():
        value = options.get(option)
        if value not in harmless:
            code = _CODES.get(option, "adapter_option")
            shown = str(value).strip("[]").replace("'", "")
            raise BadInputError(code, path=folder, option=option, value=shown)
    if config.use_rslora and options.get("rank_pattern"):
        # One alpha serves all tensors, and rsLoRA's factor depends on the rank of each.
        shown = options["rank_pattern"]
        raise BadInputError("adapter_option", path=folder, option="rank_pattern", value=shown)


def _read_pairs(weights: SafetensorsFile) -> tuple[LoraPair, ...]:
    halves: dict[str, dict[str, str]] = {}
    for name in weights.tensors:
        match = _PAIR.fullmatch(name)
        if match is None:
            raise _refusal(name, weights.path)
        halves.setdefault(match["module"], {})[match["half"]] = name
    if not halves:
        raise BadInputError("adapter_empty", path=weights.path)
    return tuple(_read_pair(module, names, weights) for module, names in halves.items())


def _refusal(name: str, path: Path) -> BadInputError:
    """Return why a tensor that belongs to no pair cannot be kept."""
    if "lora_magnitude_vector" in name:
        return BadInputError("adapter_dora", path=path)
    if "lora_embedding_" in name or "embed_tokens" in name:
        return BadInputError("adapter_embeddings", path=path, module=name)
    if name.endswith(".bias"):
        return BadInputError("adapter_bias", path=path)
    if "lm_head" in name:
        return BadInputError("adapter_output_layer", path=path)
    return BadInputError("adapter_tensor_unknown", path=path, tensor=name)


def _read_pair(module: str, names: Mapping[str, str], weights: SafetensorsFile) -> LoraPair:
    if module.endswith("lm_head"):
        raise BadInputError("adapter_output_layer", path=weights.path)
    if module.endswith("embed_tokens"):
        raise BadInputError("adapter_embeddings", path=weights.path, module=module)
    if len(names) != 2:
        raise BadInputError("adapter_tensor_unpaired", path=weights.path, module=module)
    pair = LoraPair(module, weights.float32(names["A"]), weights.float32(names["B"]))
    if pair.a.ndim != 2 or pair.b.ndim != 2 or pair.a.shape[0] != pair.b.shape[1]:
        raise BadInputError("adapter_tensor_unpaired", path=weights.path, module=module)
    if not all(math.isfinite(float(np.abs(half).max(initial=0))) for half in (pair.a, pair.b)):
        raise BadInputError("adapter_not_finite", path=weights.path, module=module)
    return pair
