"""Where an export goes: what the user wrote → a target that may be written, and names in it."""

import errno
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from raise_finetune.errors import BadInputError, system_reason
from raise_finetune.paths import dataset_home, expand_home
from raise_finetune.storage.atomic import make_folders
from raise_finetune.storage.exchange import is_mounted
from raise_finetune.storage.layout import is_allowed_name, printable

SIDE_FOLDER = ".raise"  # hidden, so that no loader takes what lies in it for data
REPORT_FILE = f"{SIDE_FOLDER}/report.json"
LEDGER_FILE = f"{SIDE_FOLDER}/ledger.jsonl"
MANIFEST_FILE = f"{SIDE_FOLDER}/manifest.json"
RECIPE_FILE = f"{SIDE_FOLDER}/recipe.toml"
CARD_FILE = "README.md"
DATA_FOLDER = "data"
DEFAULT_CONFIG = "default"
"""What ``load_dataset`` calls the rows of the recipe's own profile."""

_SIDE_FILES = frozenset({REPORT_FILE, LEDGER_FILE, MANIFEST_FILE, RECIPE_FILE})
# Each format but the first has a folder of its own, which holds what a dataset folder does.
_FORMAT = r"(?:jsonl|jsonl\.zst|parquet)"
_FILES = re.compile(
    rf"(?:{_FORMAT}/)?(?:{CARD_FILE}|{DATA_FOLDER}/(?:[\w.-]+/)?"
    rf"(?:train|val|test)(?:-\d{{5}})?\.{_FORMAT})"
    rf"|{SIDE_FOLDER}/templates/\d+/[^/]+/(?:chat_template\.jinja|tokenizer(?:_config)?\.json)"
)
_FOLDERS = re.compile(
    rf"{SIDE_FOLDER}(?:/templates(?:/\d+(?:/[^/]+)?)?)?|{_FORMAT}|(?:{_FORMAT}/)?{DATA_FOLDER}(?:/[\w.-]+)?"
)

# Whoever ends a name so expects a file of that kind, not a folder.
_ENDINGS_OF_FILES = frozenset(
    (".arrow", ".csv", ".gz", ".json", ".jsonl", ".ndjson", ".parquet", ".tsv", ".txt", ".zst")
)

TargetKind = Literal["file", "folder"]


@dataclass(frozen=True, slots=True)
class Target:
    """The resolved place of an export: one JSON-lines file, or a dataset folder."""

    path: Path
    kind: TargetKind


def resolve_target(output_path: str | os.PathLike[str], domain: Path) -> Target:
    """Return the target of an output path.

    A path that ends in ``.jsonl`` is a file, any other a folder; the ending of another kind of file
    is refused, unless such a dataset folder stands there already. A relative path lies under the
    ``training`` folder of the datasets' home, which is made where missing; it may not leave it.
    Raises ``BadInputError`` for a target that must not or cannot be replaced.
    """
    written = os.fspath(output_path)
    if not written or "\0" in written:
        raise BadInputError("output_path_empty")
    try:
        target = _resolve(Path(written), domain)
        check_replaceable(target)
    except UnicodeEncodeError as error:
        raise BadInputError("argument_not_unicode", value=printable(written)) from error
    except OSError as error:
        raise BadInputError(
            "output_path_unusable", path=printable(written), reason=system_reason(error)
        ) from error
    return target


def check_replaceable(target: Target) -> None:
    """Raise ``BadInputError`` where an export must or can not replace what is at the target."""
    if is_mounted(target.path):  # as a container's volumes are
        raise BadInputError("output_is_mounted", path=target.path)
    if target.kind == "file":
        _check_replaceable_file(target.path)
    else:
        _check_replaceable_folder(target.path)


def config_name(profile: str) -> str:
    """Return what ``load_dataset`` calls the rows of a profile that is not the recipe's own."""
    return re.sub("[^A-Za-z0-9.-]+", "-", profile).strip("-.")


def _resolve(path: Path, domain: Path) -> Target:
    is_file = path.name.endswith(".jsonl")
    path = expand_home(path)
    is_relative = not path.is_absolute()
    path = _under_training_folder(path) if is_relative else _follow(path)
    _check_name(path, is_file=is_file)
    _check_place(path, domain)
    if is_relative and all(not parent.exists() or parent.is_dir() for parent in path.parents):
        make_folders(path.parent)
    _check_parent(path)
    return Target(path, "file" if is_file else "folder")


def _check_name(path: Path, *, is_file: bool) -> None:
    if not all(map(is_allowed_name, path.parts[1:])):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    str(path).encode()  # no reader of the dataset could name what is not Unicode
    if not is_file and path.suffix.lower() in _ENDINGS_OF_FILES and not path.is_dir():
        raise BadInputError("output_ending", path=path, ending=path.suffix, stem=path.stem)


def _check_place(path: Path, domain: Path) -> None:
    """Refuse a target in the data folder or in another dataset."""
    if path == domain or domain in path.parents:
        raise BadInputError("output_in_database", path=path, root=domain)
    for parent in path.parents:
        if (parent / REPORT_FILE).is_file():
            raise BadInputError("output_in_dataset", path=path, dataset=parent)


def _check_parent(path: Path) -> None:
    if not path.parent.is_dir():
        raise BadInputError("output_folder_missing", path=path, parent=path.parent)
    if not os.access(path.parent, os.W_OK):
        refusal = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        raise BadInputError("not_writable", path=path.parent, reason=system_reason(refusal))


def _under_training_folder(path: Path) -> Path:
    home = _follow(dataset_home() / "training")
    resolved = _follow(home / path)
    if home not in resolved.parents:
        raise BadInputError("output_path_escapes", path=path, home=home)
    return resolved


def _follow(path: Path) -> Path:
    """Return where a path leads; raises ``OSError`` for a loop of links, with any Python."""
    loop = OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    try:
        resolved = path.resolve()
    except RuntimeError as error:  # before Python 3.13, which leaves the links as they are
        raise loop from error
    if any(each.is_symlink() for each in (resolved, *resolved.parents)):
        raise loop
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
    for folder, folders, names in os.walk(path):
        for name in (*folders, *names):
            relative = Path(folder, name).relative_to(path).as_posix()
            pattern = _FOLDERS if name in folders else _FILES
            if relative not in _SIDE_FILES and pattern.fullmatch(relative) is None:
                raise BadInputError("output_has_other_files", path=path, name=relative)
