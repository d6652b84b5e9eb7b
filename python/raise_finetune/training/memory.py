"""How much memory QLoRA takes, computed from the base model's shape.

The figures are what the libraries allocate, checked against trainings on an H100 and on processors
(``docs/benchmarks.md``): a Mistral 7B in NF4 is 3.85 GiB, an adapter of rank 16 and its optimizer
0.62 GiB, all of it 7 to 9 GiB at 4 × 1024 tokens. Activations are the uncertain part.
"""

from typing import NamedTuple

from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.training.base_model import BaseModel
from raise_finetune.training.config import LoraSection, TrainingConfig, TrainingSection

# Bytes of a parameter: 4 bits; with a scale of 4 bytes for 64, or of one byte for 64 and a second
# scale for 256 of these.
_NF4, _NF4_DOUBLE = 0.5 + 4 / 64, 0.5 + 1 / 64 + 4 / (64 * 256)
WEIGHT = 4  # bytes of a number in float32, in which the adapter is kept
# Of the adapter: weight and gradient, and the optimizer's averages.
_TRAINED = {"paged_adamw_32bit": 16, "adamw_torch": 16, "paged_adamw_8bit": 10}
_CONTEXT = 800 * 2**20  # CUDA's own, kernels' workspace, fragmentation
_FILLED = 0.8  # of a card: the allocator keeps some more than is in use
_PROCESS = 640 * 2**20  # Python and the libraries, where they lie in the same memory
# trl scores tokens against the vocabulary in tiles of so many of each. A card holds one tile in
# 16 bits; a processor holds what its steps in float32 leave, for the gradient or without.
_TILE_TOKENS, _TILE_WORDS = 4096, 32_768
_SCORED_ON_CARD, _LEARNED_FROM, _VALIDATED = 2, 34, 17


class MemoryEstimate(ReportModel):
    """Bytes on the device, by use; ``total`` is their sum."""

    base: int
    adapter: int
    activations: int
    context: int
    total: int


def adapter_parameters(lora: LoraSection, base: BaseModel) -> int:
    """Return how many parameters are trained."""
    everywhere = "all-linear" in lora.target_modules
    shapes = base.config.linear_shapes()
    names = shapes if everywhere else lora.target_modules
    ends = [sum(shapes[name]) for name in names if name in shapes]
    return base.config.num_hidden_layers * lora.r * sum(ends)


def saved_bytes(section: TrainingSection, parameters: int) -> int:
    """Return what a checkpoint keeps of so many trained parameters: all but their gradients."""
    return (_TRAINED[section.optim] - WEIGHT) * parameters


def estimate_memory(config: TrainingConfig, base: BaseModel, *, longest: int) -> MemoryEstimate:
    """Return what a training takes whose batches hold rows of ``longest`` tokens."""
    in_full = 4 if _is_float32(config) else 2
    linear = in_full
    if config.quantization.load_in_4bit:
        linear = _NF4_DOUBLE if config.quantization.bnb_4bit_use_double_quant else _NF4
    weights = round(linear * base.linear_parameters() + in_full * base.other_parameters())
    adapter = adapter_parameters(config.lora, base) * _TRAINED[config.training.optim]
    activations = _activations(config, base, longest, in_full) + _scoring(config, base, longest)
    context = _PROCESS if config.model.device == "cpu" else _CONTEXT
    return MemoryEstimate(
        base=weights,
        adapter=adapter,
        activations=activations,
        context=context,
        total=weights + adapter + activations + context,
    )


class LargerBatch(NamedTuple):
    """A training of more rows at a time, and the bytes that it takes."""

    config: TrainingConfig
    memory: int


def with_larger_batch(
    config: TrainingConfig, base: BaseModel, *, longest: int, card: int
) -> LargerBatch | None:
    """Return the same training with as many rows at a time as a card has room for.

    Steps stay as they are: twice the rows, half as often. None where they are as many already.
    """
    best = None
    larger = config
    while larger.training.gradient_accumulation_steps % 2 == 0:
        rows = 2 * larger.training.per_device_train_batch_size
        steps = larger.training.gradient_accumulation_steps // 2
        training = larger.training.model_copy(
            update={"per_device_train_batch_size": rows, "gradient_accumulation_steps": steps}
        )
        larger = larger.model_copy(update={"training": training})
        memory = estimate_memory(larger, base, longest=longest).total
        if memory > _FILLED * card:
            break
        best = LargerBatch(larger, memory)
    return best


def _activations(config: TrainingConfig, base: BaseModel, longest: int, width: int) -> int:
    tokens = config.training.per_device_train_batch_size * longest
    # What one block keeps for its gradient: inputs of each layer and of its adapter's halves.
    shape = base.config
    block = tokens * (8 * shape.hidden_size + 4 * shape.intermediate_size) * width
    if not config.training.gradient_checkpointing:
        return shape.num_hidden_layers * block
    return shape.num_hidden_layers * tokens * shape.hidden_size * width + 2 * block


def _scoring(config: TrainingConfig, base: BaseModel, longest: int) -> int:
    """Return what the tokens of a batch take to be scored, of training or of validation."""
    section = config.training
    words = min(base.config.vocab_size, _TILE_WORDS)
    learned = min(section.per_device_train_batch_size * longest, _TILE_TOKENS) * words
    if config.model.device != "cpu":
        return _SCORED_ON_CARD * learned
    validated = min(section.per_device_eval_batch_size * longest, _TILE_TOKENS) * words
    if section.eval_strategy == "no":
        validated = 0
    return max(_LEARNED_FROM * learned, _VALIDATED * validated)


def _is_float32(config: TrainingConfig) -> bool:
    if (config.model.device, config.model.dtype) == ("cpu", "auto"):
        return True
    return "float32" in (config.model.dtype, config.quantization.bnb_4bit_compute_dtype)
