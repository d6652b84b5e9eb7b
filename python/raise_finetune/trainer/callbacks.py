"""What happens between steps: telling, sealing checkpoints, pausing, stopping, giving up."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# transformers leaves its types open.

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from raise_finetune.errors import FailedError
from raise_finetune.trainer.checkpoints import rotate, seal
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import REQUESTS, Request, Run

_LOGGED = {"loss": "loss", "grad_norm": "grad_norm", "learning_rate": "learning_rate",
           "num_tokens": "tokens"}  # fmt: skip


class Reporting(TrainerCallback):
    """Tells losses; raises ``FailedError`` as soon as one is not a number.

    A step that diverged has spoilt the weights: nothing may be saved after it. ``facts`` are told
    with the start.
    """

    def __init__(self, events: EventWriter, facts: Mapping[str, object]) -> None:
        self._events = events
        self._facts = facts

    def on_train_begin(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        **_kwargs: object,
    ) -> None:
        """Write the event of the start."""
        where = {"step": state.global_step, "max_steps": state.max_steps}
        self._events.write("start", **where, **self._facts)

    def on_log(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        logs: dict[str, Any] | None = None,
        **_kwargs: object,
    ) -> None:
        """Write an event for a loss of training or of validation."""
        logs = logs or {}
        where = {
            "step": state.global_step,
            "max_steps": state.max_steps,
            "epoch": state.epoch,
        }
        if "eval_loss" in logs:
            self._check(logs["eval_loss"], state.global_step)
            self._events.write("eval", **where, eval_loss=logs["eval_loss"])
        elif "loss" in logs:
            self._check(logs["loss"], state.global_step)
            known = {name: logs[key] for key, name in _LOGGED.items() if key in logs}
            self._events.write("log", **where, **known)

    def _check(self, loss: float, step: int) -> None:
        if math.isfinite(loss):
            return
        if step == 0:  # the validation before the first step, which is of the base alone
            raise FailedError("training_base_not_finite")
        raise FailedError("training_diverged", step=step)


class Sealing(TrainerCallback):
    """Seals each checkpoint and lets the oldest go; every process needs one."""

    def __init__(self, events: EventWriter, kept: int) -> None:
        self._events = events
        self._kept = kept

    def on_save(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        **_kwargs: object,
    ) -> None:
        """Mark what was just written as whole, once every process has written its part."""
        if torch.distributed.is_initialized():
            torch.distributed.barrier()
        if not state.is_world_process_zero:
            return
        folder = Path(str(args.output_dir))
        seal(folder / f"checkpoint-{state.global_step}")
        rotate(folder, self._kept)
        self._events.write("checkpoint", step=state.global_step)


class Beginning(TrainerCallback):
    """Says when a step begins: from now on, ``Ending`` hears requests."""

    def __init__(self, on_begin: Callable[[], None]) -> None:
        self._on_begin = on_begin

    def on_step_begin(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,  # noqa: ARG002
        control: TrainerControl,  # noqa: ARG002
        **_kwargs: object,
    ) -> None:
        """Say it."""
        self._on_begin()


class Ending(TrainerCallback):
    """Saves and ends when the user asks for it; with several processes, all at the same step.

    ``taken`` is the request that it ended for.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self.taken: Request | None = None

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,  # noqa: ARG002
        control: TrainerControl,
        **_kwargs: object,
    ) -> None:
        """Look for the file of a request."""
        self.taken = self._requested(args.device)
        if self.taken is not None:
            control.should_save = True
            control.should_training_stop = True

    def _requested(self, device: torch.device) -> Request | None:
        request = self._run.requested()
        if not torch.distributed.is_initialized():
            return request
        choices: tuple[Request | None, ...] = (None, *REQUESTS)
        strongest = torch.tensor(choices.index(request), device=device)
        torch.distributed.all_reduce(strongest, torch.distributed.ReduceOp.MAX)
        return choices[int(strongest.item())]
