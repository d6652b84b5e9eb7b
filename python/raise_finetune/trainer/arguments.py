"""``TrainingConfig`` → trl's ``SFTConfig``."""

from pathlib import Path

from trl.trainer.sft_config import SFTConfig

from raise_finetune.trainer.model import uses_bf16
from raise_finetune.training.config import TrainingConfig


def sft_arguments(
    config: TrainingConfig, device: str, checkpoints: Path, *, resume: bool
) -> SFTConfig:
    """Return the arguments of the training loop.

    Rows come with ``input_ids`` and ``labels``, already cut: trl must neither tokenize nor pack.
    Checkpoints are rotated by ``checkpoints.rotate``, which knows the whole ones.
    """
    section = config.training
    return SFTConfig(
        output_dir=str(checkpoints),
        dataset_kwargs={"skip_prepare_dataset": True},
        max_length=None,
        packing=False,
        num_train_epochs=section.num_train_epochs,
        max_steps=section.max_steps,
        per_device_train_batch_size=section.per_device_train_batch_size,
        per_device_eval_batch_size=section.per_device_eval_batch_size,
        gradient_accumulation_steps=section.gradient_accumulation_steps,
        gradient_checkpointing=section.gradient_checkpointing,
        gradient_checkpointing_kwargs={"use_reentrant": False},
        learning_rate=section.learning_rate,
        lr_scheduler_type=section.lr_scheduler_type,
        warmup_steps=section.warmup_steps,
        weight_decay=section.weight_decay,
        max_grad_norm=section.max_grad_norm,
        adam_beta2=section.adam_beta2,
        optim=section.optim,
        bf16=uses_bf16(config, device),
        fp16=False,
        use_cpu=device == "cpu",
        ddp_find_unused_parameters=False,  # every process trains the whole adapter in each step
        dataloader_pin_memory=device == "cuda",
        eval_strategy=section.eval_strategy,
        eval_steps=section.eval_steps,
        # Without an adapter's effect yet: the loss that all later ones are compared with.
        eval_on_start=section.eval_strategy != "no" and not resume,
        save_strategy="steps",
        save_steps=section.save_steps,
        save_total_limit=None,
        logging_strategy="steps",
        logging_steps=section.logging_steps,
        logging_nan_inf_filter=False,
        seed=section.seed,
        data_seed=section.seed,
        disable_tqdm=True,
        report_to="none",
    )
