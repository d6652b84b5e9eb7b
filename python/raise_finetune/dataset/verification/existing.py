"""Datasets that an export made, found again with their manifest and their ledger."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NotRequired, TypedDict, TypeGuard, cast

import orjson

from raise_finetune.dataset.formats import bounded_lines, read_json_lines, read_rows
from raise_finetune.dataset.formats.hashed import sha256_of
from raise_finetune.dataset.manifest import Manifest, parse_manifest, read_manifest
from raise_finetune.dataset.output import (
    DEFAULT_CONFIG,
    LEDGER_FILE,
    MANIFEST_FILE,
    TargetKind,
    config_name,
)
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.render import encode_line
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.writing.kept_templates import kept_profile
from raise_finetune.dataset.writing.remembered import (
    LEDGER_NAME,
    MANIFEST_NAME,
    known_dataset,
    side_folder,
)
from raise_finetune.errors import BadInputError, system_reason
from raise_finetune.paths import dataset_home, expand_home
from raise_finetune.problems import reason_of
from raise_finetune.regular_file import check_regular


class LedgerEntry(TypedDict):
    """One line of the ledger: a record, its fate, and what that fate comes with."""

    record: str
    fate: str
    detail: NotRequired[str]
    group: NotRequired[str]
    rating: NotRequired[float]
    repairs: NotRequired[list[str]]
    rules: NotRequired[list[str]]
    masked: NotRequired[dict[str, int]]


class ExportedEntry(LedgerEntry):
    """The line of a record that was exported: its side of the split, and its row there from 0."""

    split: str
    row: int


_NEEDED = ("record", "fate")
_ENTRY_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "record": str,
    "fate": str,
    "detail": str,
    "group": str,
    "split": str,
    "row": int,
    "rating": (int, float),
    "repairs": list,
    "rules": list,
    "masked": dict,
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A finished dataset; ``ledger_path`` lies in it, or in this machine's state for one file."""

    path: Path
    kind: TargetKind
    manifest: Manifest
    ledger_path: Path

    def path_of(self, file: WrittenFile) -> Path:
        """Return where a file of rows lies."""
        return self.path if self.kind == "file" else self.path / file.path

    @property
    def side_folder(self) -> Path:
        """Where the ledger and what else is kept of the export lie."""
        return self.ledger_path.parent

    def profiles(self) -> dict[str, PromptProfile]:
        """Return the profile of each configuration, the recipe's own first.

        Raises ``BadInputError`` for one that this version does not know, or whose template is gone.
        """
        found: dict[str, PromptProfile] = {}
        for number, name in enumerate(self.manifest.profile_names):
            config = config_name(name) if number else DEFAULT_CONFIG
            try:
                found[config] = resolve_profile(kept_profile(self.side_folder, number, name))
            except KeyError as error:
                raise BadInputError("profile_unknown", name=name, path=self.path) from error
        return found

    def rows_by_split(self) -> dict[str, int]:
        """Return how many rows each side has, over all its shards."""
        rows: dict[str, int] = {}
        for file in self.manifest.own_files:
            rows[file.split] = rows.get(file.split, 0) + file.rows
        return rows

    def ledger(self) -> Iterator[LedgerEntry]:
        """Yield the ledger's entries; raises ``BadInputError`` naming the first damaged line."""
        number = 0
        try:
            with self._open_ledger() as file:
                for number, line in enumerate(bounded_lines(file), 1):
                    entry: object = orjson.loads(line)
                    if not _is_entry(entry):
                        raise BadInputError(
                            "ledger_damaged", path=self.ledger_path, line=number, reason="—"
                        )
                    yield cast("LedgerEntry", entry)
        except (OSError, EOFError, zlib.error, orjson.JSONDecodeError) as error:
            raise BadInputError(
                "ledger_damaged", path=self.ledger_path, line=number, reason=reason_of(error)
            ) from error

    def exported(self) -> Iterator[ExportedEntry]:
        """Return the entries of the rows; raises as ``ledger`` does."""
        return filter(is_exported, self.ledger())

    def _open_ledger(self) -> BinaryIO:
        check_regular(self.ledger_path)
        if self.ledger_path.suffix == ".gz":
            return cast("BinaryIO", gzip.open(self.ledger_path, "rb"))
        return self.ledger_path.open("rb")


def is_exported(entry: LedgerEntry) -> TypeGuard[ExportedEntry]:
    """Tell whether an entry is a row's."""
    return entry["fate"] == "exported"


def _is_entry(entry: object) -> bool:
    """Tell whether a line is an entry as exports write them: who reads it relies on that."""
    if not isinstance(entry, dict):
        return False
    values = cast("dict[str, object]", entry)
    needed = ("record", "fate", "split", "row") if values.get("fate") == "exported" else _NEEDED
    return all(key in values for key in needed) and all(
        isinstance(value, _ENTRY_TYPES.get(key, object)) for key, value in values.items()
    )


def open_dataset(written: Path, state: Path | None = None) -> Dataset:
    """Open the dataset at a path; a relative one lies where exports put it, else here.

    A file that was changed since it was exported is opened with the manifest of what was exported
    there. ``state`` is where this machine's memory of exports lies. Raises ``BadInputError`` where
    there is no dataset, and where nothing is known of it.
    """
    path = find_dataset(written)
    if path.is_dir():
        if not (path / MANIFEST_FILE).exists():
            _refuse_part(path)
        return Dataset(path, "folder", read_manifest(path), path / LEDGER_FILE)
    if not path.is_file():  # a pipe or a device, which may have no end
        raise BadInputError("dataset_special", path=path)
    try:
        side = side_folder(sha256_of(path), state)
    except OSError as error:
        reason = system_reason(error)
        raise BadInputError("dataset_unreadable", path=path, reason=reason) from error
    if not (side / MANIFEST_NAME).is_file():
        known = known_dataset(path, state)
        if known is not None and known.sha256:
            side = side_folder(known.sha256, state)
    try:
        content = (side / MANIFEST_NAME).read_bytes()
    except OSError as error:
        _refuse_part(path)
        raise BadInputError("dataset_unknown", path=path) from error
    return Dataset(path, "file", parse_manifest(content, side), side / LEDGER_NAME)


def _refuse_part(path: Path) -> None:
    """Raise ``BadInputError`` for what lies in a dataset folder, such as its file of rows."""
    whole = next((each for each in path.parents if (each / MANIFEST_FILE).is_file()), None)
    if whole is not None:
        raise BadInputError("dataset_part", path=path, folder=whole)


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the rows of a file as lines of JSON, whatever its format; raises ``OSError``."""
    check_regular(path)
    if path.name.endswith(".parquet"):
        yield from map(encode_line, read_rows(path))
    else:
        yield from read_json_lines(path)


def find_dataset_folder(written: Path) -> Path:
    """Return the path of a dataset folder that a user names; its manifest may be gone.

    Raises ``DatasetMissingError``, and ``BadInputError`` for what is only a part of a dataset.
    """
    path = find_dataset(written)
    if not (path / MANIFEST_FILE).is_file():
        _refuse_part(path)
    return path


class DatasetMissingError(BadInputError):
    """Nothing is where a user says that a dataset is."""


def find_dataset(written: Path) -> Path:
    """Return the path of what a user names; raises ``DatasetMissingError``."""
    path = expand_home(written)
    under_home = dataset_home() / "training" / path
    found = next((each.resolve() for each in (under_home, path) if each.exists()), None)
    if found is None:
        raise DatasetMissingError("dataset_missing", path=path)
    return found
