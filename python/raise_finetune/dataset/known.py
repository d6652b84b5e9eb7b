"""What this machine remembers of its exports: where each one lies, and of which data it was made.

A dataset that is one file has no room beside it: its manifest and its ledger are kept here, under
the hash of its bytes, so that they are found again when the file is moved or copied. Nothing of
the users' conversations is kept, only names, counts and hashes.
"""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from platformdirs import user_state_path
from pydantic import BaseModel, ConfigDict, ValidationError
from xxhash import xxh3_64_hexdigest

from raise_finetune.dataset.report import ExportReport
from raise_finetune.storage.atomic import write_file

MANIFEST_NAME = "manifest.json"
LEDGER_NAME = "ledger.jsonl.gz"
_KEPT = 50
_FASTEST = 1  # a ledger is so regular that better compression hardly makes it smaller


class KnownDataset(BaseModel):
    """One dataset; ``sha256`` are its bytes where it is one file, else empty."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    path: str
    kind: Literal["file", "folder"]
    root: str
    sha256: str = ""


def remember_dataset(root: Path, report: ExportReport) -> None:
    """Note where an export was written; one that is made anew replaces the older note."""
    known = KnownDataset(
        path=report.output,
        kind=report.kind,
        root=str(root),
        sha256=report.files[0].sha256 if report.kind == "file" else "",
    )
    target = _note_of(report.output)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_file(target, known.model_dump_json().encode(), target.with_suffix(".tmp"))


def known_datasets() -> Iterator[KnownDataset]:
    """Yield what is remembered, by path; what cannot be read is passed over."""
    found = [_read(note) for note in _notes().glob("*.json")]
    yield from sorted((each for each in found if each is not None), key=lambda each: each.path)


def known_dataset(path: Path) -> KnownDataset | None:
    """Return what is remembered of the dataset at a path."""
    return _read(_note_of(str(path)))


def remember_side_files(sha256: str, manifest: bytes, ledger: Path) -> None:
    """Keep the manifest and the ledger of a dataset that is one file; the oldest ones go.

    The manifest comes last: where it is, the rest is. Raises ``OSError`` or ``RaiseError``.
    """
    folder = side_folder(sha256)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{LEDGER_NAME}.tmp"
    with ledger.open("rb") as written, gzip.open(temporary, "wb", _FASTEST) as packed:
        shutil.copyfileobj(written, packed, 1 << 20)
    temporary.replace(folder / LEDGER_NAME)
    write_file(folder / MANIFEST_NAME, manifest, folder / f"{MANIFEST_NAME}.tmp")
    folder.touch()
    for old in sorted(folder.parent.iterdir(), key=_age)[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def side_folder(sha256: str) -> Path:
    """Return where the manifest and the ledger of a file of these bytes are kept."""
    return _state() / "files" / sha256


def _age(folder: Path) -> float:
    with suppress(OSError):
        return -folder.stat().st_mtime
    return 0.0


def _read(note: Path) -> KnownDataset | None:
    try:
        return KnownDataset.model_validate_json(note.read_bytes())
    except (OSError, ValidationError):
        return None


def _note_of(path: str) -> Path:
    return _notes() / f"{xxh3_64_hexdigest(path.encode('utf-8', 'surrogatepass'))}.json"


def _notes() -> Path:
    return _state() / "datasets"


def _state() -> Path:
    return user_state_path("raise-finetune", appauthor=False)
