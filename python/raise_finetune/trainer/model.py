"""The base model in 4 bits, and the adapter on it."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# torch, transformers and peft leave their types open.

import os

import torch
from bitsandbytes.nn.modules import Linear4bit
from peft import LoraConfig
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, PreTrainedModel

from raise_finetune.errors import BadInputError
from raise_finetune.training.config import DType, TrainingConfig


def choose_device(config: TrainingConfig) -> str:
    """Return ``cpu`` or ``cuda``; raises ``BadInputError`` for a card that is not there."""
    if config.model.device == "cuda" and not torch.cuda.is_available():
        raise BadInputError("training_no_gpu")
    if config.model.device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return config.model.device


def uses_bf16(config: TrainingConfig, device: str) -> bool:
    """Tell whether to compute in bfloat16: by itself where a card can, never on the processor."""
    if config.training.bf16 == "auto":
        return device == "cuda" and torch.cuda.is_bf16_supported()
    return config.training.bf16


def load_model(config: TrainingConfig, device: str) -> PreTrainedModel:
    """Load the base model from its folder, quantised as configured."""
    half = torch.bfloat16 if uses_bf16(config, device) else torch.float16
    default = torch.float32 if device == "cpu" else half
    quantization = None
    if config.quantization.load_in_4bit:
        section = config.quantization
        quantization = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type=section.bnb_4bit_quant_type,
            bnb_4bit_use_double_quant=section.bnb_4bit_use_double_quant,
            bnb_4bit_compute_dtype=_dtype(section.bnb_4bit_compute_dtype, default),
        )
    model = AutoModelForCausalLM.from_pretrained(
        config.model.base,
        quantization_config=quantization,
        dtype=_dtype(config.model.dtype, default),
        attn_implementation=config.model.attn_implementation,
        device_map={"": _place(device)},
        local_files_only=True,
        use_safetensors=True,
        trust_remote_code=False,
    )
    model.config.use_cache = False
    _keep_training_layout(model)
    return model


def _keep_training_layout(model: torch.nn.Module) -> None:
    """Keep validation from repacking the weights for a kernel that gives no gradients.

    On processors with AVX512-BF16 bitsandbytes does so at the first forward pass outside training
    and never takes it back: all steps after it would learn without the base layers' gradients.
    """
    for module in model.modules():
        if isinstance(module, Linear4bit):
            module.support_avx512bf16_for_cpu = False


def lora_config(config: TrainingConfig) -> LoraConfig:
    """Return the adapter's shape as PEFT wants it."""
    section = config.lora
    everywhere = "all-linear" in section.target_modules
    return LoraConfig(
        task_type="CAUSAL_LM",
        r=section.r,
        lora_alpha=section.lora_alpha,
        lora_dropout=section.lora_dropout,
        target_modules="all-linear" if everywhere else list(section.target_modules),
        use_rslora=section.use_rslora,
        use_dora=section.use_dora,
        bias=section.bias,
        modules_to_save=list(section.modules_to_save) or None,
    )


def keep_adapter_in_float32(model: torch.nn.Module) -> None:
    """Undo trl's rounding of the adapter to bfloat16.

    Checkpoints hold the adapter as it is kept: rounded after a resume and not before, a resumed
    training would end elsewhere than an uninterrupted one.
    """
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.to(torch.float32)


def trainable_parameters(model: torch.nn.Module) -> int:
    """Return how many parameters are trained."""
    return sum(each.numel() for each in model.parameters() if each.requires_grad)


def _dtype(name: DType, default: torch.dtype) -> torch.dtype:
    return default if name == "auto" else getattr(torch, name)


def _place(device: str) -> str | int:
    """Return where this process's copy lies: with several cards, on the one of its own."""
    return int(os.environ.get("LOCAL_RANK", "0")) if device == "cuda" else "cpu"
