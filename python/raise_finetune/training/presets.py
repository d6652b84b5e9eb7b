"""Configurations to start from, by model family and by device."""

from typing import Any, Literal, get_args

from raise_finetune.training.config import TrainingConfig

PresetName = Literal["mistral-7b", "llama-3-8b", "small"]
Device = Literal["cpu", "cuda"]

PRESET_NAMES: tuple[PresetName, ...] = get_args(PresetName)

# The QLoRA authors' values for 7B are the defaults, with a smaller rank; these differ from them.
_DIFFERENCES: dict[PresetName, dict[str, dict[str, Any]]] = {
    "mistral-7b": {},
    # Its vocabulary of 128,000 takes more memory for each row.
    "llama-3-8b": {
        "training": {"per_device_train_batch_size": 2, "gradient_accumulation_steps": 8}
    },
    "small": {
        "lora": {"r": 8, "lora_alpha": 16},
        "data": {"max_length": 512},
        "training": {"num_train_epochs": 5.0, "gradient_checkpointing": False},
    },
}
_ON_CPU: dict[str, dict[str, Any]] = {
    "model": {"device": "cpu", "dtype": "float32"},
    "quantization": {"bnb_4bit_compute_dtype": "float32"},
    "training": {
        "per_device_train_batch_size": 1,
        "gradient_accumulation_steps": 8,
        "per_device_eval_batch_size": 2,  # takes as much memory as one row to learn from
        "gradient_checkpointing": False,
        "optim": "adamw_torch",
        "bf16": False,
    },
}


def preset(name: PresetName, device: Device = "cuda") -> TrainingConfig:
    """Return the configuration of a preset for a graphics card, or for the processor alone."""
    values = TrainingConfig().model_dump(by_alias=False)
    for differences in (_DIFFERENCES[name], _ON_CPU if device == "cpu" else {}):
        for section, keys in differences.items():
            values[section].update(keys)
    return TrainingConfig.model_validate(values)
