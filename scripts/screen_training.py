"""A real training for the pictures: the demo's export, a base model, a finished run.

It is made once, and put back for each picture that shows it. The base is a tiny one that was taught
nothing, unless a real one is given: then what the two sides answer says something.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.paths import dataset_home, runs_home

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from models.tiny import build
from models.training import prepare, quick_config, train

MODELS, TRAINED = "models", "trained"
_TINY_CONFIG: dict[str, dict[str, Any]] = {
    "data": {"max_length": 256},
    "training": {"max_steps": 120, "eval_steps": 15, "learning_rate": 2e-3, "save_steps": 30},
}
_PATIENCE = 7200  # seconds
# Few rows of a step, and no 4 bits to unpack: a processor takes seconds for each of the steps.
_REAL_CONFIG: dict[str, dict[str, Any]] = {
    "data": {"max_length": 256},
    "quantization": {"load_in_4bit": False},
    "lora": {"r": 16, "lora_alpha": 32},
    "training": {
        "max_steps": 60,
        "eval_steps": 20,
        "save_steps": 20,
        "learning_rate": 1e-3,
        "per_device_train_batch_size": 1,
        "gradient_accumulation_steps": 2,
    },
}


def train_once(home: Path, real: Path | None, profile: str, kept: Path | None) -> None:
    """Export the demo, train on it, and keep the result aside.

    ``real`` is a base model's folder, which answers by ``profile``. ``kept`` holds what an earlier
    call has trained in the same home, or will hold what this one does.
    """
    parts = (MODELS, TRAINED)
    if kept is not None and kept.is_dir():
        for part in parts:
            shutil.copytree(kept / part, home / part)
        return
    _train(home, real, profile)
    if kept is not None:
        for part in parts:
            shutil.copytree(home / part, kept / part)


def _train(home: Path, real: Path | None, profile: str) -> None:
    if real is None:
        base, config = build(home / MODELS / "mistral-tiny", "mistral"), _TINY_CONFIG
    else:
        base, config = shutil.copytree(real, home / MODELS / real.name), _REAL_CONFIG
    dataset = dataset_home() / "training/brake-and-door-answers"
    dataset.parent.mkdir(parents=True)
    recipe = ExportRecipe.model_validate(
        {
            "source": {"chats": True, "documentation": False},
            "rating": {"include_unrated": True},
            "output": {"val_fraction": 0.1, "profile": profile},
        }
    )
    export_dataset(recipe, dataset, root=home / "raise")
    run = prepare(quick_config(dataset, base, config), runs_home() / "20260112-091500-4f2a")
    train(run, patience=_PATIENCE)
    dataset_home().rename(home / TRAINED)


def put_back(home: Path) -> None:
    """Give the user the dataset and the run."""
    shutil.copytree(home / TRAINED, dataset_home())


def take_away() -> None:
    """Close what a picture has loaded."""
    from raise_finetune.commands.comparison_session import close_comparison

    close_comparison()
