"""The domain that a command works on."""

from pathlib import Path

from raise_finetune.paths import domain_root
from raise_finetune.storage.engine import StorageEngine


def open_domain(root: Path | None) -> StorageEngine:
    """Open the folder that was named, else the user's own."""
    return StorageEngine(root or domain_root())
