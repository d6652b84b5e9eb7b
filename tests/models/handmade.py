"""Models and adapters made of a few numbers, without torch: for what is refused before use."""

# pyright: reportUnknownVariableType=false
# safetensors leaves its types open.

from pathlib import Path
from typing import Any

import numpy as np
import orjson
from safetensors.numpy import save_file

from raise_finetune.adapters.safetensors_file import SafetensorsFile

HIDDEN, INNER, VOCABULARY, KV_ROWS = 8, 12, 5, 4
CONFIG = {
    "architectures": ["MistralForCausalLM"],
    "hidden_size": HIDDEN,
    "intermediate_size": INNER,
    "num_hidden_layers": 1,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "vocab_size": VOCABULARY,
    "bos_token_id": 1,
    "eos_token_id": 2,
}
ADAPTER_CONFIG = {"peft_type": "LORA", "r": 2, "lora_alpha": 4, "bias": "none"}
QUERY = "base_model.model.model.layers.0.self_attn.q_proj"


def zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float32)


def weights(vocabulary: int = VOCABULARY) -> dict[str, np.ndarray]:
    layer = "model.layers.0"
    return {
        "model.embed_tokens.weight": zeros(vocabulary, HIDDEN),
        "model.norm.weight": zeros(HIDDEN),
        "lm_head.weight": zeros(vocabulary, HIDDEN),
        f"{layer}.input_layernorm.weight": zeros(HIDDEN),
        f"{layer}.post_attention_layernorm.weight": zeros(HIDDEN),
        f"{layer}.self_attn.q_proj.weight": zeros(HIDDEN, HIDDEN),
        f"{layer}.self_attn.k_proj.weight": zeros(KV_ROWS, HIDDEN),
        f"{layer}.self_attn.v_proj.weight": zeros(KV_ROWS, HIDDEN),
        f"{layer}.self_attn.o_proj.weight": zeros(HIDDEN, HIDDEN),
        f"{layer}.mlp.gate_proj.weight": zeros(INNER, HIDDEN),
        f"{layer}.mlp.up_proj.weight": zeros(INNER, HIDDEN),
        f"{layer}.mlp.down_proj.weight": zeros(HIDDEN, INNER),
    }


def write_base(folder: Path, **config: Any) -> Path:
    """Write a Mistral of one layer."""
    folder.mkdir()
    (folder / "config.json").write_bytes(orjson.dumps({**CONFIG, **config}))
    save_file(weights(config.get("vocab_size", VOCABULARY)), folder / "model.safetensors")
    return folder


def save_weights(tensors: dict[str, np.ndarray], path: Path) -> None:
    """Write a file of weights."""
    save_file(tensors, path)


def double_weights(path: Path) -> None:
    """Have a file of weights hold other numbers; all else stays as it is."""
    file = SafetensorsFile(path)
    tensors = {name: 2 * file.float32(name) for name in file.tensors}
    save_file(tensors, path, {"format": "pt"})


def pair(module: str = QUERY, outputs: int = HIDDEN, rank: int = 2) -> dict[str, np.ndarray]:
    """Return the matrices A and B for one module with ``HIDDEN`` inputs."""
    a = np.arange(rank * HIDDEN, dtype=np.float32).reshape(rank, HIDDEN)
    b = np.arange(outputs * rank, dtype=np.float32).reshape(outputs, rank)
    return {f"{module}.lora_A.weight": a, f"{module}.lora_B.weight": b}


def write_adapter(
    folder: Path, tensors: dict[str, np.ndarray] | None = None, **config: Any
) -> Path:
    """Write a LoRA adapter; without tensors, one pair for the queries."""
    folder.mkdir()
    (folder / "adapter_config.json").write_bytes(orjson.dumps({**ADAPTER_CONFIG, **config}))
    save_file(pair() if tensors is None else tensors, folder / "adapter_model.safetensors")
    return folder
