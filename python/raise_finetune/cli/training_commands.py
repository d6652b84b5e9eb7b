"""``raise-finetune train`` and ``runs …``: the commands and their options."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from raise_finetune.cli.options import Json, argument, option, path_option

_Name = Annotated[str, argument("run", "NAME")]


def train(
    dataset: Annotated[Path | None, path_option("train_dataset", "--dataset", "DIR")] = None,
    base: Annotated[Path | None, path_option("train_base", "--base", "DIR")] = None,
    config: Annotated[Path | None, path_option("train_config", "--config", "FILE")] = None,
    preset: Annotated[str | None, option("train_preset", "--preset", "NAME")] = None,
    device: Annotated[str | None, option("train_device", "--device", "NAME")] = None,
    epochs: Annotated[float | None, option("train_epochs", "--epochs", "N")] = None,
    max_steps: Annotated[int | None, option("train_max_steps", "--max-steps", "N")] = None,
    learning_rate: Annotated[
        float | None, option("train_learning_rate", "--learning-rate", "F")
    ] = None,
    max_length: Annotated[int | None, option("train_max_length", "--max-length", "N")] = None,
    no_verify: Annotated[bool, option("train_no_verify", "--no-verify")] = False,
    estimate: Annotated[bool, option("train_estimate", "--estimate")] = False,
    detach: Annotated[bool, option("train_detach", "--detach")] = False,
    resume: Annotated[str | None, option("train_resume", "--resume", "NAME")] = None,
    write_config: Annotated[
        Path | None, path_option("train_write_config", "--write-config", "FILE")
    ] = None,
    as_json: Json = False,
) -> None:
    """Fine-tune an adapter."""
    from raise_finetune.cli import train as training

    if resume is not None:
        training.resume(resume, detach=detach, as_json=as_json)
        return
    changes = {
        "model": {"base": None if base is None else str(base), "device": device},
        "data": {
            "dataset": None if dataset is None else str(dataset),
            "max_length": max_length,
            "verify": False if no_verify else None,
        },
        "training": {
            "num_train_epochs": epochs,
            "max_steps": max_steps,
            "learning_rate": learning_rate,
        },
    }
    chosen = training.chosen_config(config, preset, changes)
    if write_config is not None:
        training.write_config(chosen, write_config)
    elif estimate:
        training.show_estimate(chosen, as_json=as_json)
    else:
        training.start(chosen, detach=detach, as_json=as_json)


def runs_list(as_json: Json = False) -> None:
    """List the training runs."""
    from raise_finetune.cli.runs import list_all

    list_all(as_json=as_json)


def runs_show(name: _Name, as_json: Json = False) -> None:
    """Show a run."""
    from raise_finetune.cli.runs import show

    show(name, as_json=as_json)


def runs_pause(name: _Name, as_json: Json = False) -> None:
    """Pause a run."""
    from raise_finetune.cli.runs import pause

    pause(name, as_json=as_json)


def runs_stop(name: _Name, as_json: Json = False) -> None:
    """Stop a run."""
    from raise_finetune.cli.runs import stop

    stop(name, as_json=as_json)


def runs_delete(
    name: _Name,
    yes: Annotated[bool, option("yes", "--yes")] = False,
    as_json: Json = False,
) -> None:
    """Delete a run."""
    from raise_finetune.cli.runs import delete

    delete(name, confirmed=yes, as_json=as_json)


TRAINING_COMMANDS: dict[str, Callable[..., None]] = {
    "train": train,
    "runs list": runs_list,
    "runs show": runs_show,
    "runs pause": runs_pause,
    "runs stop": runs_stop,
    "runs delete": runs_delete,
}
