"""Which data folder is the user's: the environment's, the one that was chosen, or the standard."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from raise_finetune import paths
from raise_finetune.commands.settings import AppSettings, read_settings
from raise_finetune.commands.wire import Response
from raise_finetune.storage.engine import StorageEngine

DataFolderOrigin = Literal["environment", "settings", "standard"]


class DataFolder(Response):
    """The JSON-DB folder in use, and what decided it: ``PATH_RAISE_DOMAIN`` goes first."""

    path: str
    origin: DataFolderOrigin
    exists: bool


def data_folder(settings: AppSettings) -> DataFolder:
    """Return the JSON-DB folder that these settings lead to."""
    folder, origin = _decided(lambda: settings)
    return DataFolder(path=str(folder), origin=origin, exists=folder.is_dir())


def data_root() -> Path:
    """Return the user's JSON-DB folder."""
    folder, _ = _decided(read_settings)
    return folder


def open_data_folder() -> StorageEngine:
    """Open the user's JSON-DB folder; raises ``BadInputError`` where there is none."""
    return StorageEngine(data_root())


def _decided(settings: Callable[[], AppSettings]) -> tuple[Path, DataFolderOrigin]:
    """Return the environment's folder, else the chosen one, else the standard; and which it is.

    Settings that cannot be read matter only where the environment names none.
    """
    named = paths.named_domain()
    if named is not None:
        return named, "environment"
    chosen = settings().data_folder
    if chosen is not None:
        return Path(chosen), "settings"
    return paths.domain_root(), "standard"
