"""The files: each one there, unchanged, and none besides."""

import os
from pathlib import Path

import orjson

from raise_finetune.dataset.formats.hashed import sha256_of
from raise_finetune.dataset.manifest import checksum_of
from raise_finetune.dataset.output import MANIFEST_FILE
from raise_finetune.dataset.verification.existing import Dataset
from raise_finetune.dataset.verification.result import Findings
from raise_finetune.dataset.writing.remembered import MANIFEST_NAME


def check_manifest(dataset: Dataset) -> Findings:
    """Compare the manifest with its checksum, and its bytes with those that an export writes."""
    findings = Findings("manifest")
    findings.checked = 1
    if dataset.kind == "file":
        content = (dataset.side_folder / MANIFEST_NAME).read_bytes()
    else:
        content = (dataset.path / MANIFEST_FILE).read_bytes()
    values = orjson.loads(content)
    written = orjson.dumps(values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if written != content or checksum_of(values) != dataset.manifest.checksum:
        findings.add("manifest_changed", MANIFEST_FILE)
    return findings


def check_files(dataset: Dataset) -> tuple[Findings, set[str]]:
    """Compare the bytes of every file with the manifest; name what it does not know.

    Also returns the files of rows that are not as they were.
    """
    findings = Findings("files")
    changed: set[str] = set()
    for file in dataset.manifest.files:
        findings.checked += 1
        if not _is_same(findings, dataset.path_of(file), file.path, file.sha256):
            changed.add(file.path)
        if file.rows == 0 and dataset.kind == "folder":
            findings.add("empty_split", file.path)
    for side_file in dataset.manifest.side_files:
        findings.checked += 1
        _is_same(findings, dataset.path / side_file.path, side_file.path, side_file.sha256)
    if dataset.kind == "folder":
        for name in _unknown_files(dataset):
            findings.add("unknown_file", name)
    return findings, changed


def _is_same(findings: Findings, path: Path, name: str, sha256: str) -> bool:
    try:
        found = sha256_of(path)
    except FileNotFoundError:
        findings.add("file_missing", name)
    except OSError as error:
        findings.add("file_unreadable", name, detail=error.strerror)
    else:
        if found == sha256:
            return True
        findings.add("file_changed", name)
    return False


def _unknown_files(dataset: Dataset) -> list[str]:
    """Name what lies there besides; loaders may take it for data."""
    manifest = dataset.manifest
    files = {MANIFEST_FILE, *(file.path for file in (*manifest.files, *manifest.side_files))}
    folders = {parent.as_posix() for file in files for parent in Path(file).parents}
    found = (
        Path(folder, name).relative_to(dataset.path).as_posix()
        for folder, folders, names in os.walk(dataset.path)
        for name in (*folders, *names)
    )
    return sorted(name for name in found if name not in files | folders)
