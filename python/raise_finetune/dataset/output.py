"""Where an export goes: what the user wrote → a target that may be written."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from raise_finetune.errors import BadInputError
from raise_finetune.paths import dataset_home
from raise_finetune.storage.atomic import make_folders

SIDE_FOLDER = ".raise"  # hidden, so that no loader takes what lies in it for data
REPORT_FILE = f"{SIDE_FOLDER}/report.json"
LEDGER_FILE = f"{SIDE_FOLDER}/ledger.jsonl"
RECIPE_FILE = f"{SIDE_FOLDER}/recipe.toml"
CARD_FILE = "README.md"
DATA_FOLDER = "data"

TargetKind = Literal["file", "folder"]


@dataclass(frozen=True, slots=True)
class Target:
    """The resolved place of an export: one JSON-lines file, or a dataset folder."""

    path: Path
    kind: TargetKind


def resolve_target(output_path: str | os.PathLike[str], domain: Path) -> Target:
    """Return the target of an output path.

    A path that ends in ``.jsonl`` is a file, any other a folder. A relative path lies under the
    ``training`` folder of the datasets' home, which is made where missing; it may not leave it.
    Raises ``BadInputError`` for a target that must not or cannot be replaced.
    """
    if not os.fspath(output_path) or "\0" in os.fspath(output_path):
        raise BadInputError("output_path_empty")
    path = Path(output_path).expanduser()
    if not path.is_absolute():
        path = _under_training_folder(path)
    path = path.resolve()
    if path == domain or domain in path.parents:
        raise BadInputError("output_in_database", path=path, root=domain)
    if not path.parent.is_dir():
        raise BadInputError("output_folder_missing", path=path, parent=path.parent)
    if not os.access(path.parent, os.W_OK):
        raise BadInputError("not_writable", path=path.parent, reason=os.strerror(13))
    if path.suffix == ".jsonl":
        _check_replaceable_file(path)
        return Target(path, "file")
    _check_replaceable_folder(path)
    return Target(path, "folder")


def _under_training_folder(path: Path) -> Path:
    home = (dataset_home() / "training").resolve()
    resolved = (home / path).resolve()
    if home not in resolved.parents:
        raise BadInputError("output_path_escapes", path=path, home=home)
    make_folders(resolved.parent)
    return resolved


def _check_replaceable_file(path: Path) -> None:
    if path.is_dir():
        raise BadInputError("output_is_folder", path=path)
    if path.exists() and not path.is_file():
        raise BadInputError("output_is_special", path=path)


def _check_replaceable_folder(path: Path) -> None:
    """Only a dataset that an export made, and nothing that somebody added, may be replaced."""
    if path.exists() and not path.is_dir():
        raise BadInputError("output_is_file", path=path)
    if not path.exists() or not any(path.iterdir()):
        return
    if not (path / REPORT_FILE).is_file():
        raise BadInputError("output_not_a_dataset", path=path)
    for folder, _, names in os.walk(path):
        for name in names:
            relative = Path(folder, name).relative_to(path).as_posix()
            if not _is_ours(relative):
                raise BadInputError("output_has_other_files", path=path, name=relative)


def _is_ours(relative: str) -> bool:
    first, _, rest = relative.partition("/")
    if first == DATA_FOLDER:
        return rest in {"train.jsonl", "val.jsonl", "test.jsonl"}
    return relative in {CARD_FILE, REPORT_FILE, LEDGER_FILE, RECIPE_FILE}
