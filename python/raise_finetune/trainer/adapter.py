"""What a training leaves: the adapter that answers the validation rows best, or the newest one.

On a small dataset the loss on the validation rows rises again long before the last step. So the
adapter is kept, in the run's folder ``best``, after each validation that beats all before it.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# peft and transformers leave their types open.

import shutil
from pathlib import Path
from typing import Any, cast

import orjson
from peft import PeftModel
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from raise_finetune.adapters.trained_on import LINEAGE_FILE
from raise_finetune.storage.atomic import write_file
from raise_finetune.storage.exchange import replace_folder
from raise_finetune.trainer.permissions import give_mode_to_weights
from raise_finetune.training.runs import AdapterLineage, Run


class KeepingBest(TrainerCallback):
    """Keeps the best adapter so far; for the main process alone.

    The validation before the first step has no adapter to keep.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def on_evaluate(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        *,
        model: PeftModel,
        metrics: dict[str, float],
        **_kwargs: object,
    ) -> None:
        """Keep the adapter as it is now, if none before it had as low a loss."""
        loss, best = metrics["eval_loss"], self._run.best_lineage()
        if state.global_step == 0 or (best is not None and cast("float", best.eval_loss) <= loss):
            return
        save_adapter(model, self._run, self._run.best, step=state.global_step, eval_loss=loss)


def save_adapter(
    model: PeftModel, run: Run, target: Path, *, step: int, eval_loss: float | None = None
) -> None:
    """Put the adapter as it is now, and what it was made of, in place of what is at the target."""
    fresh = _emptied(run)
    model.save_pretrained(str(fresh))
    (fresh / "README.md").unlink(missing_ok=True)  # an empty form
    _write_in_order(fresh / "adapter_config.json")
    give_mode_to_weights(fresh, of="adapter_config.json")
    lineage = AdapterLineage(**dict(run.lineage()), step=step, eval_loss=eval_loss)
    write_file(fresh / LINEAGE_FILE, lineage.to_json())
    replace_folder(fresh, target)


def leave_best(run: Run) -> AdapterLineage | None:
    """Make the best adapter so far the run's result; None where nothing was validated yet."""
    best = run.best_lineage()
    if best is not None:
        fresh = _emptied(run)
        # It stays where it is: a run that goes on, perhaps after a kill, compares with it.
        shutil.copytree(run.best, fresh)
        replace_folder(fresh, run.adapter)
    return best


def _emptied(run: Run) -> Path:
    """Return a place for an adapter that is being written; what a kill left there goes."""
    fresh = run.folder / ".adapter"
    shutil.rmtree(fresh, ignore_errors=True)
    return fresh


def _write_in_order(path: Path) -> None:
    """Write PEFT's configuration again: it holds sets, whose order differs in every process."""
    content = cast("dict[str, Any]", orjson.loads(path.read_bytes()))
    for key, value in content.items():
        if isinstance(value, list):
            content[key] = sorted(cast("list[str]", value))
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    write_file(path, orjson.dumps(content, option=options))
