"""Configurations to start from, by model family and by device."""

from typing import Literal, get_args

from raise_finetune.dataset.section import Changes, changed_values
from raise_finetune.training.config import TrainingConfig

PresetName = Literal["mistral-7b", "llama-3-8b", "small"]
Device = Literal["cpu", "cuda"]

PRESET_NAMES: tuple[PresetName, ...] = get_args(PresetName)

# The QLoRA authors' values for 7B are the defaults, with a smaller rank; these differ from them.
_DIFFERENCES: dict[PresetName, Changes] = {
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
_ON_CPU: Changes = {
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
    config = TrainingConfig.model_validate(changed_values(TrainingConfig(), _DIFFERENCES[name]))
    if device == "cuda":
        return config
    return TrainingConfig.model_validate(changed_values(config, _ON_CPU))
