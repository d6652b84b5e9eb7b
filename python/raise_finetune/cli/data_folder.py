"""The data folder that a command works on."""

from pathlib import Path

from raise_finetune.commands.data_folder import data_root
from raise_finetune.dataset.writing.remembered import known_dataset
from raise_finetune.storage.engine import StorageEngine


def open_data_folder(root: Path | None) -> StorageEngine:
    """Open the folder that was named, else the user's own; raises ``BadInputError``."""
    return StorageEngine(root or data_root())


def data_folder_of(dataset: Path, root: Path | None) -> Path:
    """Return the data folder that was named, else the one of the dataset, else the user's own."""
    return known_data_folder_of(dataset, root) or data_root()


def known_data_folder_of(dataset: Path, root: Path | None) -> Path | None:
    """Return the data folder that was named, else the one that the dataset was made of."""
    known = known_dataset(dataset)
    return root or (None if known is None else Path(known.root))
