"""The dataset that a training reads: its manifest, its files, checked against each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

import orjson

from raise_finetune.dataset.formats import read_rows
from raise_finetune.dataset.formats.hashed import sha256_of
from raise_finetune.dataset.manifest import Manifest, read_manifest
from raise_finetune.dataset.output import DATA_FOLDER, MANIFEST_FILE
from raise_finetune.dataset.prompts import get_text_profile, profile_names, text_profile_names
from raise_finetune.dataset.prompts.layout import Task
from raise_finetune.dataset.prompts.resolve import is_template
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.verification.existing import (
    DatasetMissingError,
    find_dataset_folder,
    lines_of,
)
from raise_finetune.dataset.writing.kept_templates import text_profile_of
from raise_finetune.errors import BadInputError, system_reason
from raise_finetune.messages import Phrase
from raise_finetune.problems import reason_of
from raise_finetune.training.config import DataSection

SPLITS = ("train", "val")
# Who trains on the rows of the other tasks, in TRL.
_TRAINERS: Mapping[Task, str] = {"dpo": "DPOTrainer", "kto": "KTOTrainer"}


@dataclass(frozen=True, slots=True)
class TrainingData:
    """A dataset folder, ready to be read.

    ``profile`` is the text that the model is trained on: the manifest's own, or the one that the
    configuration names. ``files`` holds the files of the splits that have rows, several where an
    export made shards. ``manifest`` is None where the user said to go without.
    """

    folder: Path
    profile: TextProfile
    files: Mapping[str, Sequence[Path]]
    manifest: Manifest | None

    @property
    def learns_last_answers(self) -> bool:
        """Whether a row is there for its last answer alone.

        Those before it are its context: perhaps nobody rated them, and each that is wanted has a
        row of its own. Where nothing tells what rows were made of, all answers are learned.
        """
        return self.manifest is not None and not self.manifest.holds_whole_conversations

    @property
    def is_of_template(self) -> bool:
        """Whether a chat template of the user's wrote the rows, as ``profile`` would."""
        return self.manifest is not None and is_template(self.manifest.profile.name)

    def rows(self, split: str) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a split; none if it has no file. Raises ``BadInputError``."""
        return chain.from_iterable(map(_read_rows, self.files.get(split, ())))

    def place(self, split: str) -> Path | None:
        """Return where a split's rows lie, to be named: its file, or the folder of several."""
        files = self.files.get(split, ())
        return files[0] if len(files) == 1 else files[0].parent if files else None

    def manifest_sha256(self) -> str:
        """Return the hash that names this dataset in the lineage of what is made of it."""
        return "" if self.manifest is None else sha256_of(self.folder / MANIFEST_FILE)


def open_dataset(section: DataSection) -> TrainingData:
    """Return the dataset that a configuration names.

    Raises ``BadInputError`` where none is named, where it is no dataset folder, has no manifest or
    no training rows, where a file is not the one that the manifest describes (unless ``verify`` is
    off), and where nothing says which prompt profile to train on.
    """
    folder = _dataset_folder(section.dataset)
    manifest = _manifest(folder, required=section.verify)
    profile = _profile(section.profile, manifest, folder)
    if manifest is None:
        paths = {split: folder / DATA_FOLDER / f"{split}.jsonl" for split in SPLITS}
        files = {split: (path,) for split, path in paths.items() if path.is_file()}
    else:
        files = _files_by_split(folder, manifest)
    if "train" not in files:
        raise BadInputError("training_dataset_empty", path=folder)
    if manifest is not None and section.verify:
        _verify(folder, manifest)
    return TrainingData(folder, profile, files, manifest)


def _dataset_folder(written: str) -> Path:
    """Return the folder that a user names; a relative path lies where exports put it, else here."""
    if not written:
        raise BadInputError("training_dataset_unnamed")
    try:
        folder = find_dataset_folder(Path(written))
    except DatasetMissingError as error:
        raise BadInputError("training_dataset_missing", path=written) from error
    if not folder.is_dir():
        raise BadInputError("training_dataset_missing", path=written)
    return folder


def _manifest(folder: Path, *, required: bool) -> Manifest | None:
    if not required and not (folder / MANIFEST_FILE).is_file():
        return None
    return read_manifest(folder)


def _files_by_split(folder: Path, manifest: Manifest) -> dict[str, tuple[Path, ...]]:
    """Return the files that are trained on; those of further profiles and formats say the same."""
    _check_task(manifest.task, folder)
    own = manifest.own_files
    splits = dict.fromkeys(file.split for file in own if file.rows)
    return {
        split: tuple(folder / file.path for file in own if file.split == split) for split in splits
    }


def check_row_task(row: Mapping[str, Any], path: Path | None) -> None:
    """Raise ``BadInputError`` for a row that compares or judges answers: no answer to learn."""
    if "rejected" in row:
        _check_task("dpo", path)
    elif "label" in row:
        _check_task("kto", path)


def _check_task(task: Task, path: Path | None) -> None:
    if task in _TRAINERS:
        raise BadInputError("training_task", path=path, task=task, trainer=_TRAINERS[task])


def _verify(folder: Path, manifest: Manifest) -> None:
    for file in manifest.files:
        path = folder / file.path
        try:
            found = sha256_of(path)
        except OSError as error:
            raise BadInputError(
                "training_file_unreadable", path=path, reason=system_reason(error)
            ) from error
        if found != file.sha256:
            raise BadInputError("training_file_changed", path=path)


def _profile(chosen: str, manifest: Manifest | None, folder: Path) -> TextProfile:
    if manifest is None:
        if not chosen:
            raise BadInputError("training_profile_unknown", path=folder)
        return get_text_profile(chosen)
    written = manifest.profile
    if written.special_tokens_written_by == "trainer":  # the rows are messages, not yet text
        if not chosen:
            known = ", ".join(text_profile_names())
            raise BadInputError("training_profile_needed", profile=written.name, known=known)
        return get_text_profile(chosen)
    profile = text_profile_of(folder, written.name)
    if chosen and chosen not in (written.name, "" if profile is None else profile.name):
        raise BadInputError("training_profile_differs", chosen=chosen, written=written.name)
    if profile is None:
        code = "training_profile_not_known"
        if is_template(written.name):
            code = "training_template_not_known"
        raise BadInputError(code, profile=written.name, known=", ".join(profile_names()))
    tokens = (written.bos, written.eos)
    if profile.name == written.name and tokens != profile.special_tokens[:2]:
        raise BadInputError("training_profile_changed", profile=written.name)
    return profile


def _read_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        if path.suffix == ".parquet":
            yield from read_rows(path)
            return
        for number, line in enumerate(lines_of(path), 1):
            yield _parse_row(line, path, number)
    except OSError as error:
        reason = system_reason(error)
        raise BadInputError("training_file_unreadable", path=path, reason=reason) from error


def _parse_row(line: bytes, path: Path, number: int) -> Mapping[str, Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadInputError(
            "training_row_invalid", path=path, line=number, reason=reason_of(error)
        ) from error
    if not isinstance(row, dict):
        raise BadInputError(
            "training_row_invalid", path=path, line=number, reason=Phrase("fate.not_an_object", {})
        )
    return cast("dict[str, Any]", row)
