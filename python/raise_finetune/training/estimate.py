"""What a training will take, before it starts: rows, tokens, steps, memory, disk."""

import math
from collections.abc import Callable, Iterable

from raise_finetune.adapters.model_config import LINEAR_LAYERS
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.tokens import Tokenizer, load_tokenizer
from raise_finetune.errors import BadInputError, CancelledError
from raise_finetune.training.base_model import BaseModel, read_base_model
from raise_finetune.training.config import TrainingConfig, TrainingSection
from raise_finetune.training.devices import Gpu
from raise_finetune.training.exactness import check_profile, notices_of
from raise_finetune.training.memory import (
    WEIGHT,
    MemoryEstimate,
    adapter_parameters,
    estimate_memory,
    saved_bytes,
    with_larger_batch,
)
from raise_finetune.training.notice import TrainingNotice
from raise_finetune.training.rows import encode_rows, is_kept
from raise_finetune.training.source import TrainingData, open_dataset

_NAMED = 20


class SplitEstimate(ReportModel):
    """The rows of one split, at the configuration's ``max_length``.

    ``cut_rows`` are longer than it; ``cut_answers`` of them would lose the end of their last
    answer, and ``lost_answers`` of these every answer. ``dropped_rows`` are not trained on,
    ``trimmed_rows`` without the oldest exchanges of their context.
    ``cut`` names the first lines of the file whose answer would lose its end.
    """

    rows: int
    kept_rows: int
    tokens: int
    answer_tokens: int
    longest: int
    cut_rows: int
    cut_answers: int
    lost_answers: int
    dropped_rows: int
    trimmed_rows: int
    cut: tuple[int, ...]


class TrainingEstimate(ReportModel):
    """What a training will take; bytes are bytes, ``tokens`` those of one epoch's kept rows.

    ``disk_bytes`` is what a run's folder holds at most, ``adapter_bytes`` what a finished one does.
    ``notices`` are things to know before it starts.
    """

    profile: str
    architecture: str
    train: SplitEstimate
    val: SplitEstimate
    steps_per_epoch: int
    steps: int
    trainable_parameters: int
    memory: MemoryEstimate
    checkpoint_bytes: int
    adapter_bytes: int
    disk_bytes: int
    notices: tuple[TrainingNotice, ...]


def estimate_training(
    config: TrainingConfig,
    gpus: Iterable[Gpu] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> TrainingEstimate:
    """Return what a training by this configuration will take, having read every row.

    Raises ``BadInputError`` for everything that would keep it from starting, and
    ``CancelledError``.
    """
    check_targets(config)
    gpus = tuple(gpus)
    config = _on_this_machine(config, gpus)
    base = read_base_model(config.model.base)
    data = open_dataset(config.data)
    if config.training.eval_strategy != "no" and "val" not in data.files:
        raise BadInputError("training_no_validation", path=data.folder)
    tokenizer = load_tokenizer(str(base.folder))
    train = _measure(config, data, "train", tokenizer, cancelled)
    if not train.kept_rows:
        raise BadInputError("training_nothing_kept", max_length=config.data.max_length)
    val = _measure(config, data, "val", tokenizer, cancelled)
    steps_per_epoch = _steps_per_epoch(config, train.kept_rows)
    parameters = adapter_parameters(config.lora, base)
    adapter_bytes = WEIGHT * parameters
    # transformers saves the tokenizer with it, too.
    checkpoint_bytes = saved_bytes(config.training, parameters) + base.tokenizer_bytes()
    longest = min(train.longest, config.data.max_length)
    memory = estimate_memory(config, base, longest=longest)
    return TrainingEstimate(
        profile=data.profile.name,
        architecture=base.architecture,
        train=train,
        val=val,
        steps_per_epoch=steps_per_epoch,
        steps=_steps(config, steps_per_epoch),
        trainable_parameters=parameters,
        memory=memory,
        checkpoint_bytes=checkpoint_bytes,
        adapter_bytes=adapter_bytes,
        disk_bytes=_disk_bytes(config.training, checkpoint_bytes, adapter_bytes),
        notices=(
            *_notices(config, base, train),
            *notices_of(check_profile(data, tokenizer)),
            *_notices_of_device(config, base, longest, memory.total, gpus),
        ),
    )


def _on_this_machine(config: TrainingConfig, gpus: tuple[Gpu, ...]) -> TrainingConfig:
    """Return the configuration with the device that ``auto`` comes to."""
    if config.model.device != "auto":
        return config
    model = config.model.model_copy(update={"device": "cuda" if gpus else "cpu"})
    return config.model_copy(update={"model": model})


def _measure(
    config: TrainingConfig,
    data: TrainingData,
    split: str,
    tokenizer: Tokenizer,
    cancelled: Callable[[], bool],
) -> SplitEstimate:
    limit = config.data.max_length
    rows = kept = tokens = answer_tokens = longest = cut_rows = lost = trimmed = 0
    cut: list[int] = []
    for row in encode_rows(data, split, tokenizer, config.data):
        if cancelled():
            raise CancelledError
        rows += 1
        longest = max(longest, len(row.ids))
        cut_rows += len(row.ids) > limit
        lost += row.loses_all(limit)
        trimmed += row.is_trimmed
        if row.loses_end(limit):
            cut.append(row.number)
        if is_kept(row, config.data):
            kept += 1
            tokens += min(len(row.ids), limit)
            answer_tokens += sum(max(min(end, limit) - start, 0) for start, end in row.answers)
    return SplitEstimate(
        rows=rows,
        kept_rows=kept,
        tokens=tokens,
        answer_tokens=answer_tokens,
        longest=longest,
        cut_rows=cut_rows,
        cut_answers=len(cut),
        lost_answers=lost,
        dropped_rows=rows - kept,
        trimmed_rows=trimmed,
        cut=tuple(cut[:_NAMED]),
    )


def _steps_per_epoch(config: TrainingConfig, rows: int) -> int:
    """Return the steps of one epoch on one device, as transformers counts them."""
    batches = math.ceil(rows / config.training.per_device_train_batch_size)
    return max(math.ceil(batches / config.training.gradient_accumulation_steps), 1)


def _disk_bytes(section: TrainingSection, checkpoint: int, adapter: int) -> int:
    """Return what a run's folder holds at most: one checkpoint more while the oldest goes."""
    # One more while it is written: it is complete before it takes another's place.
    adapters = 3 if section.keeps_best else 2
    return (section.save_total_limit + 1) * checkpoint + adapters * adapter


def _steps(config: TrainingConfig, steps_per_epoch: int) -> int:
    if config.training.max_steps > 0:
        return config.training.max_steps
    return math.ceil(config.training.num_train_epochs * steps_per_epoch)


def _notices(
    config: TrainingConfig, base: BaseModel, train: SplitEstimate
) -> Iterable[TrainingNotice]:
    if train.dropped_rows:
        yield TrainingNotice(
            code="rows_dropped",
            params={"rows": str(train.dropped_rows), "max_length": str(config.data.max_length)},
        )
    elif train.cut_answers:
        yield TrainingNotice(
            code="answers_cut",
            params={"rows": str(train.cut_answers), "max_length": str(config.data.max_length)},
        )
    if train.trimmed_rows:
        yield TrainingNotice(code="rows_trimmed", params={"rows": str(train.trimmed_rows)})
    for reason in inconvertible(config):
        yield TrainingNotice(code="not_convertible", params={"reason": reason})
    if config.model.device == "cpu" and base.linear_parameters() > 1_000_000_000:
        yield TrainingNotice(code="cpu_is_slow", params={})


def _notices_of_device(
    config: TrainingConfig, base: BaseModel, longest: int, needed: int, gpus: tuple[Gpu, ...]
) -> Iterable[TrainingNotice]:
    if config.model.device == "cpu":
        return
    if not gpus:
        yield TrainingNotice(code="no_gpu", params={})
        return
    card = max(gpu.memory for gpu in gpus)
    if needed > card:
        yield TrainingNotice(code="gpu_too_small", params={"needed": needed, "available": card})
    larger = with_larger_batch(config, base, longest=longest, card=card)
    if larger is not None:
        section = larger.config.training
        params: dict[str, str | int] = {
            "rows": str(section.per_device_train_batch_size),
            "accumulation": str(section.gradient_accumulation_steps),
            "memory": larger.memory,
        }
        yield TrainingNotice(code="gpu_has_room", params=params)


def inconvertible(config: TrainingConfig) -> list[str]:
    """Return the keys whose values make an adapter that GGUF cannot hold."""
    lora = config.lora
    found = [f"target_modules: {name}" for name in lora.target_modules if name in _NOT_IN_GGUF]
    found += [f"modules_to_save: {name}" for name in lora.modules_to_save]
    if lora.use_dora:
        found.append("use_dora")
    if lora.bias != "none":
        found.append(f"bias: {lora.bias}")
    return found


_NOT_IN_GGUF = ("lm_head", "embed_tokens")


def check_targets(config: TrainingConfig) -> None:
    """Raise ``BadInputError`` for a module that the supported models do not have."""
    known = ("all-linear", *LINEAR_LAYERS, *_NOT_IN_GGUF)
    for name in config.lora.target_modules:
        if name not in known:
            raise BadInputError("training_target_unknown", target=name, known=", ".join(known))
