"""What the user prefers, kept in one file of the user's configuration folder."""

import threading
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import from_json, to_json

from raise_finetune import paths
from raise_finetune.commands.wire import WireModel
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.errors import BadInputError, FailedError, system_reason
from raise_finetune.messages import Language, system_language
from raise_finetune.storage.atomic import publish, sync_file
from raise_finetune.storage.scratch import scratch_folder

Zoom = Literal[50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200]
"""The sizes of the window's page, in percent: the steps of a browser."""
_writing = threading.Lock()


class ExportDefaults(WireModel):
    """What a new export starts from.

    ``sanitize`` is what was decided about sensitive data; that masking is turned off never counts.
    """

    minimum_rating: float = Field(default=4.0, ge=1.0, le=5.0)
    include_unrated: bool = False
    documentation: bool = True
    val_fraction: float = Field(default=0.1, ge=0.0, lt=1.0)
    sanitize: SanitizeOptions = Field(default_factory=SanitizeOptions)


class AppSettings(WireModel):
    """Everything on the settings screen."""

    data_folder: str | None = None
    language: Literal["system", "fr", "en"] = "system"
    theme: Literal["system", "light", "dark"] = "system"
    zoom: Zoom = 100
    export_defaults: ExportDefaults = Field(default_factory=ExportDefaults)


def read_settings() -> AppSettings:
    """Return the stored settings; the default for each that is not there or damaged."""
    try:
        return _stored()
    except OSError as error:
        raise FailedError(
            "settings_unreadable", path=_file(), reason=system_reason(error)
        ) from error


def _stored() -> AppSettings:
    try:
        settings, _ = _understood(_file().read_bytes())
    except FileNotFoundError:
        return AppSettings()
    return settings


def _understood(stored: bytes) -> tuple[AppSettings, bool]:
    """Return what a file says as far as it can be understood, and whether that is all."""
    try:
        return AppSettings.model_validate_json(stored, extra="ignore"), True
    except ValidationError as error:
        damaged = {flaw["loc"][0] for flaw in error.errors() if flaw["loc"]}
    if not damaged:
        return AppSettings(), False
    rest = {key: value for key, value in from_json(stored).items() if key not in damaged}
    return AppSettings.model_validate_json(to_json(rest), extra="ignore"), False


def write_settings(change: AppSettings) -> AppSettings:
    """Store the settings that are named, in one step, and return all of them.

    The others stay as they are stored, and are not looked at: another window may have changed them
    since, and a data folder may be gone. That folder is stored as an absolute path.
    """
    if change.data_folder is not None:
        folder = paths.expand_home(change.data_folder).absolute()
        if not folder.is_dir():
            raise BadInputError("data_folder_missing", path=folder)
        change = change.model_copy(update={"data_folder": str(folder)})
    try:
        with _writing:
            settings = _changed(_stored(), change)
            _set_damaged_aside(_file())
            _replace(_file(), settings.model_dump_json(indent=2).encode())
    except OSError as error:
        raise FailedError(
            "settings_unwritable", path=_file(), reason=system_reason(error)
        ) from error
    return settings


def _changed(stored: AppSettings, change: AppSettings) -> AppSettings:
    named = _named(change)
    if "export_defaults" in named:  # of which a window changes one at a time, too
        defaults = _named(change.export_defaults)
        named["export_defaults"] = stored.export_defaults.model_copy(update=defaults)
    return stored.model_copy(update=named)


def _named(change: BaseModel) -> dict[str, object]:
    return {name: getattr(change, name) for name in change.model_fields_set}


def current_language() -> Language:
    """Return the language to speak: the user's choice, else the system's."""
    try:
        chosen = read_settings().language
    except FailedError:
        chosen = "system"
    return system_language() if chosen == "system" else chosen


def _file() -> Path:
    return paths.config_folder() / "settings.json"


def _set_damaged_aside(file: Path) -> None:
    """Keep a file that could not be understood: somebody may have edited it, and mend it yet."""
    try:
        _, is_whole = _understood(file.read_bytes())
    except FileNotFoundError:
        return
    if not is_whole:
        file.replace(file.with_name("settings.damaged.json"))


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(beside=target) as folder:
        made = folder / target.name
        made.touch(mode=0o600)
        made.write_bytes(data)
        sync_file(made)
        publish(made, target)
