"""Who may read saved weights: whoever may read what is saved with them."""

import shutil
from pathlib import Path


def give_mode_to_weights(folder: Path, of: str) -> None:
    """Give the weights in a folder the mode of a file ``of`` that name beside them.

    safetensors lets nobody else read its files, such as the account that serves models. Raises
    ``OSError``.
    """
    for weights in folder.glob("*.safetensors"):
        shutil.copymode(folder / of, weights)
