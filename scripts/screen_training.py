"""A real training for the pictures: the demo's export, a tiny base model, a finished run.

It is made once, and put back for each picture that shows it.
"""

import shutil
import sys
from pathlib import Path

from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.paths import dataset_home, runs_home

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from models.tiny import build
from models.training import prepare, quick_config, train

BASE, TRAINED = "models/mistral-tiny", "trained"
_RECIPE = {
    "source": {"chats": True, "documentation": False},
    "rating": {"include_unrated": True},
    "output": {"val_fraction": 0.1},
}
_CONFIG = {
    "data": {"max_length": 256},
    "training": {"max_steps": 120, "eval_steps": 15, "learning_rate": 2e-3, "save_steps": 30},
}


def train_once(home: Path) -> None:
    """Export the demo, train on it, and keep the result aside."""
    base = build(home / BASE, "mistral")
    dataset = dataset_home() / "training/brake-and-door-answers"
    dataset.parent.mkdir(parents=True)
    export_dataset(ExportRecipe.model_validate(_RECIPE), dataset, root=home / "raise")
    train(prepare(quick_config(dataset, base, _CONFIG), runs_home() / "20260112-091500-4f2a"))
    dataset_home().rename(home / TRAINED)


def put_back(home: Path) -> None:
    """Give the user the dataset and the run."""
    shutil.copytree(home / TRAINED, dataset_home())


def take_away() -> None:
    """Close what a picture has loaded."""
    from raise_finetune.commands.comparison_session import close_comparison

    close_comparison()
