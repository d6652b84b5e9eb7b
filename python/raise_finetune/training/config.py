"""``TrainingConfig``: all that a fine-tuning depends on, as one model, one TOML file, one form.

Keys are called as in PEFT's ``LoraConfig``, transformers' ``BitsAndBytesConfig`` and TRL's
``SFTConfig``. What each means to a person stands in the catalogues as ``training.<section>.<key>``;
the file that ``config_file`` writes carries those words as comments.
"""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from raise_finetune.dataset.prompts import text_profile_names
from raise_finetune.dataset.section import Section
from raise_finetune.problems import WrongValueError

Overlong = Literal["trim", "drop", "cut"]
DType = Literal["auto", "bfloat16", "float16", "float32"]
Positive = Annotated[int, Field(ge=1, le=1_000_000)]
Rate = Annotated[float, Field(ge=0.0, lt=1.0)]


def _check_profile(name: str) -> str:
    if name and name not in text_profile_names():
        known = ", ".join(text_profile_names())
        raise WrongValueError("profile_unknown", name=name, known=known)
    return name


def _steps(value: float) -> float:
    """Return a number of steps as a whole number; below 1 it is a share of all steps."""
    if value < 1:
        return value
    if value != int(value):
        raise WrongValueError("steps_or_share")
    return int(value)


class ModelSection(Section):
    """The base model."""

    base: str = ""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    dtype: DType = "auto"
    attn_implementation: Literal["sdpa", "eager", "flash_attention_2"] = "sdpa"


class DataSection(Section):
    """What is learned from."""

    dataset: str = ""
    profile: Annotated[str, AfterValidator(_check_profile)] = ""
    train_on: Literal["answers", "all"] = "answers"
    max_length: Annotated[int, Field(ge=16, le=1_048_576)] = 1024
    overlong: Overlong = "trim"
    verify: bool = True


class QuantizationSection(Section):
    """How the base model's weights are kept in memory."""

    load_in_4bit: bool = True
    bnb_4bit_quant_type: Literal["nf4", "fp4"] = "nf4"
    bnb_4bit_use_double_quant: bool = True
    bnb_4bit_compute_dtype: DType = "auto"


class LoraSection(Section):
    """The adapter."""

    r: Annotated[int, Field(ge=1, le=4096)] = 16
    lora_alpha: Annotated[int, Field(ge=1, le=65536)] = 32
    lora_dropout: Rate = 0.05
    target_modules: tuple[str, ...] = ("all-linear",)
    use_rslora: bool = False
    use_dora: bool = False
    bias: Literal["none", "all", "lora_only"] = "none"
    modules_to_save: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.target_modules:
            raise WrongValueError("no_target_modules")
        if "all-linear" in self.target_modules and len(self.target_modules) > 1:
            raise WrongValueError("all_linear_and_others")
        return self


class TrainingSection(Section):
    """The training loop."""

    num_train_epochs: Annotated[float, Field(gt=0.0, le=10_000.0)] = 3.0
    max_steps: Annotated[int, Field(ge=-1, le=100_000_000)] = -1
    per_device_train_batch_size: Positive = 4
    gradient_accumulation_steps: Positive = 4
    per_device_eval_batch_size: Positive = 4
    gradient_checkpointing: bool = True
    learning_rate: Annotated[float, Field(gt=0.0, le=1.0)] = 2e-4
    lr_scheduler_type: Literal["constant", "constant_with_warmup", "linear", "cosine"] = "constant"
    warmup_steps: Annotated[float, Field(ge=0.0, le=1_000_000.0)] = 0.0
    weight_decay: Rate = 0.0
    max_grad_norm: Annotated[float, Field(gt=0.0, le=1000.0)] = 0.3
    adam_beta2: Annotated[float, Field(gt=0.0, lt=1.0)] = 0.999
    optim: Literal["paged_adamw_32bit", "paged_adamw_8bit", "adamw_torch"] = "paged_adamw_32bit"
    bf16: Literal["auto"] | bool = "auto"
    logging_steps: Positive = 1
    eval_strategy: Literal["steps", "epoch", "no"] = "steps"
    eval_steps: Annotated[float, Field(gt=0.0, le=1_000_000.0), AfterValidator(_steps)] = 0.1
    save_steps: Positive = 50
    save_total_limit: Annotated[int, Field(ge=2, le=1000)] = 2
    load_best_model_at_end: bool = True
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 42

    @property
    def keeps_best(self) -> bool:
        """Whether the adapter is the best one, which only a validation can tell."""
        return self.load_best_model_at_end and self.eval_strategy != "no"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.max_steps == 0:
            raise WrongValueError("no_steps", keys=("max_steps",))
        if self.warmup_steps and self.lr_scheduler_type == "constant":
            raise WrongValueError("warmup_of_constant")
        return self


class TrainingConfig(Section):
    """Everything that decides the bytes of an adapter, besides the dataset and the base model."""

    version: Literal[1] = 1
    model: ModelSection = ModelSection()
    data: DataSection = DataSection()
    quantization: QuantizationSection = QuantizationSection()
    lora: LoraSection = LoraSection()
    training: TrainingSection = TrainingSection()
