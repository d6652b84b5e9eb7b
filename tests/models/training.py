"""Real trainings, small enough for tests: a demo's export, a tiny base, thirty steps of NF4 QLoRA.

The fixtures ``tiny_dataset``, ``trained_mistral`` and ``trained_llama`` (``tests/conftest.py``)
share one dataset and one finished run of each base among all tests of a session. Read them only:
who wants to change a run copies it first. These runs have their checkpoints still, as one has that
was killed right after its end, so that a copy can be told to have ended otherwise, and go on.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psutil

from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.demo.domain import write_demo
from raise_finetune.training.base_model import read_base_model
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.events import Event, read_events
from raise_finetune.training.runs import Run, create_run
from raise_finetune.training.source import open_dataset

# A trainer that a kill keeps from removing what a finished run does not need.
KEEPING = (
    "from raise_finetune.trainer import app, training; "
    "training.remove_what_goes_on = lambda run: None; app.main()"
)
Changes = Mapping[str, Mapping[str, Any]]

# Where the tests train: on a machine with a card, ``RAISE_TEST_DEVICE=cuda pytest tests/training``.
DEVICE = os.environ.get("RAISE_TEST_DEVICE", "cpu")

_QUICK: dict[str, dict[str, Any]] = {
    "model": {"device": DEVICE},
    "data": {"max_length": 160},
    "lora": {"r": 32, "lora_alpha": 128, "lora_dropout": 0.05},
    "training": {
        "max_steps": 30,
        "per_device_train_batch_size": 4,
        "gradient_accumulation_steps": 1,
        "gradient_checkpointing": False,
        "learning_rate": 5e-3,
        "max_grad_norm": 1.0,
        "optim": "adamw_torch",
        "eval_steps": 15,
        "save_steps": 10,
    },
}


def make_dataset(folder: Path, profile: str = "inst") -> Path:
    """Export a small demo into ``folder/dataset`` and return that."""
    write_demo(folder / "domain", 8, 0)
    recipe = ExportRecipe.model_validate(
        {
            "source": {"documentation": False},
            "rating": {"include_unrated": True},
            "output": {"profile": profile, "val_fraction": 0.2},
        }
    )
    export_dataset(recipe, folder / "dataset", root=folder / "domain")
    return folder / "dataset"


def quick_config(dataset: Path, base: Path, changes: Changes | None = None) -> TrainingConfig:
    """Return a configuration of thirty steps; ``changes`` by section win."""
    values = {section: dict(keys) for section, keys in _QUICK.items()}
    values["data"]["dataset"] = str(dataset)
    values["model"]["base"] = str(base)
    for section, keys in (changes or {}).items():
        values.setdefault(section, {}).update(keys)
    return TrainingConfig.model_validate(values)


def prepare(config: TrainingConfig, folder: Path) -> Run:
    """Write a run that nobody has started."""
    base = read_base_model(config.model.base)
    return create_run(config, open_dataset(config.data), base, folder)


def start_trainer(
    run: Run,
    *,
    resume: bool = False,
    keeping: bool = False,
    before: Callable[[], None] | None = None,
) -> "subprocess.Popen[str]":
    """Start the trainer as a user does by hand; ``before`` is called in its process.

    ``keeping`` starts one whose finished run keeps its checkpoints.
    """
    program = ("-c", KEEPING) if keeping else ("-m", "raise_finetune.trainer")
    return subprocess.Popen(
        [sys.executable, *program, "--resume" if resume else "--run", run.folder],
        env={**os.environ, "RAISE_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=before,
    )


def train(run: Run, *, resume: bool = False, keeping: bool = False, patience: int = 600) -> Run:
    """Train to the end, for ``patience`` seconds at most, and return the run."""
    process = start_trainer(run, resume=resume, keeping=keeping)
    _, errors = process.communicate(timeout=patience)
    assert process.returncode == 0, errors
    return run


def events_of(run: Run, kind: str) -> list[Event]:
    """Return the run's events of one kind."""
    return [event for event in read_events(run.events)[0] if event["event"] == kind]


def losses(run: Run) -> list[float]:
    """Return the training loss of each step."""
    return [event["loss"] for event in events_of(run, "log")]


def trainer_of(run: Run) -> psutil.Process:
    """Return the process that trains a run."""
    (trainer,) = (
        process
        for process in psutil.process_iter(["cmdline"])
        if str(run.folder) in (process.info["cmdline"] or ())
    )
    return trainer
