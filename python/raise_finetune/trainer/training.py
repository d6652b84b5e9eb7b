"""One training, from a run's folder to its adapter."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# torch, transformers and trl leave their types open.

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import torch
from peft import PeftModel
from transformers import AutoTokenizer, PrinterCallback, TrainerState, set_seed
from trl.trainer.sft_config import SFTConfig
from trl.trainer.sft_trainer import DataCollatorForLanguageModeling, SFTTrainer

from raise_finetune.dataset.tokens import Tokenizer, load_tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.storage.atomic import sync_file
from raise_finetune.trainer.adapter import KeepingBest, leave_best, save_adapter
from raise_finetune.trainer.arguments import sft_arguments
from raise_finetune.trainer.callbacks import Beginning, Ending, Reporting, Sealing
from raise_finetune.trainer.checkpoints import remove_broken, whole_checkpoints
from raise_finetune.trainer.encoding import EncodedSplit, encode_split
from raise_finetune.trainer.model import (
    choose_device,
    keep_adapter_in_float32,
    load_model,
    lora_config,
    trainable_parameters,
)
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import Run, RunState, write_parity
from raise_finetune.training.source import TrainingData
from raise_finetune.training.sources_of_run import open_sources


def train(
    run: Run,
    events: EventWriter,
    *,
    resume: bool,
    on_begin: Callable[[], None],
    is_main: bool = True,
) -> None:
    """Train a run's adapter, from its last whole checkpoint if it is to ``resume``.

    ``on_begin`` is called when the first step begins. With several processes, only the main one
    tells and writes. Raises ``RaiseError``, or whatever the libraries raise; the last whole
    checkpoint stays.
    """
    config = run.config()
    base, data = open_sources(run, config)
    tokenizer = load_tokenizer(str(base.folder))
    training_rows = encode_split(data, "train", tokenizer, config.data)
    validation_rows = _validation_rows(config, data, tokenizer)
    device = choose_device(config)
    checkpoints: list[Path] = whole_checkpoints(run.checkpoints) if resume else []
    arguments = sft_arguments(config, device, run.checkpoints, resume=bool(checkpoints))
    trainer = _make_trainer(config, arguments, device, training_rows, validation_rows)
    ending = Ending(run)
    trainer.add_callback(Beginning(on_begin))
    trainer.add_callback(ending)
    trainer.add_callback(Sealing(events, config.training.save_total_limit))
    if is_main:
        remove_broken(run.checkpoints)
        facts = _facts(trainer, device, training_rows, validation_rows)
        trainer.add_callback(Reporting(events, facts))
        if not checkpoints:  # from the beginning, so that nothing is the best yet
            shutil.rmtree(run.best, ignore_errors=True)
        if config.training.keeps_best:
            trainer.add_callback(KeepingBest(run))
        write_parity(run, training_rows.prompts())
        told = {"rows_dropped": training_rows.dropped, "rows_trimmed": training_rows.trimmed}
        for code, rows in told.items():
            if rows:
                events.write("notice", code=code, params={"rows": str(rows)})
    trainer.train(resume_from_checkpoint=str(checkpoints[-1]) if checkpoints else None)
    if is_main:
        adapter_step = _leave_adapter(trainer, run, config)
        done, steps = trainer.state.global_step, trainer.state.max_steps
        state = _end_state(run, ending, is_done=done >= steps)
        events.write(
            "end",
            state=state,
            step=done,
            adapter_step=adapter_step,
            peak_memory=_peak_memory(device),
        )
        if state == "finished":
            remove_what_goes_on(run)


def remove_what_goes_on(run: Run) -> None:
    """Remove what only a run that goes on needs: many times the size of its adapter.

    Its end is on the disk before: after a power cut it would be resumed from the beginning.
    """
    sync_file(run.events)
    shutil.rmtree(run.checkpoints, ignore_errors=True)
    shutil.rmtree(run.best, ignore_errors=True)


def _leave_adapter(trainer: SFTTrainer, run: Run, config: TrainingConfig) -> int:
    """Leave the run's result, and return the step whose adapter it is."""
    # One from before a pause may lie there, though the user wants the last one since.
    best = leave_best(run) if config.training.keeps_best else None
    if best is not None:
        return best.step
    step = trainer.state.global_step
    model = cast("PeftModel", trainer.accelerator.unwrap_model(trainer.model))
    save_adapter(model, run, run.adapter, step=step, eval_loss=_eval_loss(trainer.state))
    return step


def _eval_loss(state: TrainerState) -> float | None:
    """Return the loss on the validation rows, if it was taken at this very step."""
    return next(
        (
            logged["eval_loss"]
            for logged in reversed(state.log_history)
            if "eval_loss" in logged and logged["step"] == state.global_step
        ),
        None,
    )


def _end_state(run: Run, ending: Ending, *, is_done: bool) -> RunState:
    if is_done:
        return "finished"
    # The user may have changed their mind since.
    return "stopped" if "stop" in (ending.taken, run.requested()) else "paused"


def _validation_rows(
    config: TrainingConfig, data: TrainingData, tokenizer: Tokenizer
) -> EncodedSplit | None:
    if config.training.eval_strategy == "no":
        return None
    if "val" not in data.files:
        raise BadInputError("training_no_validation", path=data.folder)
    rows = encode_split(data, "val", tokenizer, config.data)
    if not len(rows.dataset):
        raise BadInputError("training_no_validation", path=data.folder)
    return rows


def _make_trainer(
    config: TrainingConfig,
    arguments: SFTConfig,
    device: str,
    training_rows: EncodedSplit,
    validation_rows: EncodedSplit | None,
) -> SFTTrainer:
    set_seed(config.training.seed)
    trainer = SFTTrainer(
        model=load_model(config, device),
        args=arguments,
        train_dataset=training_rows.dataset,
        eval_dataset=None if validation_rows is None else validation_rows.dataset,
        # trl wants one, though nothing is left to tokenize.
        processing_class=AutoTokenizer.from_pretrained(
            config.model.base,
            local_files_only=True,
            mistral_format=False,
            trust_remote_code=False,
        ),
        # Padding has no loss and is not attended to: any id will do.
        data_collator=DataCollatorForLanguageModeling(pad_token_id=0),
        peft_config=lora_config(config),
    )
    trainer.remove_callback(PrinterCallback)
    keep_adapter_in_float32(cast("torch.nn.Module", trainer.model))
    return trainer


def _facts(
    trainer: SFTTrainer,
    device: str,
    training_rows: EncodedSplit,
    validation_rows: EncodedSplit | None,
) -> dict[str, object]:
    """Return what the start tells, besides the steps."""
    return {
        "rows": len(training_rows.dataset),
        "val_rows": 0 if validation_rows is None else len(validation_rows.dataset),
        "device": device,
        "trainable_parameters": trainable_parameters(cast("torch.nn.Module", trainer.model)),
    }


def _peak_memory(device: str) -> int:
    """Return the most bytes that were in use: of the card, or of the process."""
    if device == "cuda":
        return torch.cuda.max_memory_allocated()
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
