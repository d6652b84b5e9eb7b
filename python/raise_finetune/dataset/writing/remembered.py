"""What this machine remembers of its exports: where each one lies, and of which data it was made.

A dataset that is one file has no room beside it: its manifest and its ledger are kept here, under
the hash of its bytes, so that they are found again when the file is moved or copied. Nothing of
the users' conversations is kept, only names, counts and hashes. ``state`` is the folder it is kept
in, by default the user's.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from xxhash import xxh3_64_hexdigest

from raise_finetune.dataset.report_model import PathText
from raise_finetune.errors import BadInputError
from raise_finetune.paths import state_folder
from raise_finetune.storage.atomic import make_folders, publish, sync_file, temporary_in, write_file
from raise_finetune.storage.layout import is_unicode, printable

if TYPE_CHECKING:
    from raise_finetune.dataset.report import ExportReport

MANIFEST_NAME = "manifest.json"
LEDGER_NAME = "ledger.jsonl.gz"
_KEPT = 50
_FASTEST = 1  # a ledger is so regular that better compression hardly makes it smaller


class KnownDataset(BaseModel):
    """One dataset; ``sha256`` are its bytes where it is one file, else empty."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    path: PathText
    kind: Literal["file", "folder"]
    root: PathText
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


def remember_dataset(root: Path, report: "ExportReport", state: Path | None = None) -> None:
    """Note where an export was written; one that is made anew replaces the older note."""
    known = KnownDataset(
        path=report.output,
        kind=report.kind,
        root=str(root),
        sha256=report.files[0].sha256 if report.kind == "file" else "",
    )
    target = _note_of(report.output, state)
    make_folders(target.parent)
    write_file(target, known.model_dump_json().encode())


def known_datasets(state: Path | None = None) -> Iterator[KnownDataset]:
    """Yield what is remembered, by path; what cannot be read is passed over."""
    found = [_read(note) for note in _notes(state).glob("*.json")]
    yield from sorted((each for each in found if each is not None), key=lambda each: each.path)


def known_dataset(path: Path, state: Path | None = None) -> KnownDataset | None:
    """Return what is remembered of the dataset at a path."""
    return _read(_note_of(str(path), state))


def datasets_made_of(root: Path, further: Iterable[Path] = ()) -> list[KnownDataset]:
    """Return the known datasets of a data folder, and others that a user says are made of it."""
    root = root.resolve()
    found = {each.path: each for each in known_datasets() if Path(each.root).resolve() == root}
    for path in further:
        if not is_unicode(str(path)):
            raise BadInputError("argument_not_unicode", value=printable(str(path)))
        known = known_dataset(path.resolve())
        kind = "folder" if path.is_dir() else "file"
        sha256 = "" if known is None else known.sha256
        one = KnownDataset(path=str(path.resolve()), kind=kind, root=str(root), sha256=sha256)
        found[one.path] = one
    return sorted(found.values(), key=lambda each: each.path)


def remember_side_files(
    sha256: str, manifest: bytes, ledger: Path, state: Path | None = None
) -> None:
    """Keep the manifest and the ledger of a dataset that is one file; the oldest ones may go.

    The manifest comes last: where it is, the rest is. Raises ``OSError`` or ``RaiseError``.
    """
    import gzip  # takes a while to load, and most only ask what is remembered

    folder = side_folder(sha256, state)
    make_folders(folder)
    temporary = temporary_in(folder)
    try:
        with ledger.open("rb") as written, gzip.open(temporary, "wb", _FASTEST) as packed:
            shutil.copyfileobj(written, packed, 1 << 20)
        sync_file(temporary)
        publish(temporary, folder / LEDGER_NAME)
    finally:
        temporary.unlink(missing_ok=True)
    write_file(folder / MANIFEST_NAME, manifest)
    folder.touch()
    _drop_oldest(folder, state)


def _drop_oldest(newest: Path, state: Path | None) -> None:
    """Let the oldest ones go, but none of a file that still lies where it was written.

    What such a file holds, ``forget`` has to know, however many there are.
    """
    # Never the newest, whatever the clock says: it may have been put back since the others.
    others = (each for each in newest.parent.iterdir() if each != newest)
    if oldest := sorted(others, key=_age)[_KEPT - 1 :]:
        needed = {each.sha256 for each in known_datasets(state) if Path(each.path).is_file()}
        for old in oldest:
            if old.name not in needed:
                shutil.rmtree(old, ignore_errors=True)


def side_folder(sha256: str, state: Path | None = None) -> Path:
    """Return where the manifest and the ledger of a file of these bytes are kept."""
    return (state or state_folder()) / "files" / sha256


def note_name(path: str) -> str:
    """Return the name of the file that notes something of the dataset at a path."""
    return f"{xxh3_64_hexdigest(path.encode('utf-8', 'surrogatepass'))}.json"


def _age(folder: Path) -> float:
    with suppress(OSError):
        return -folder.stat().st_mtime
    return 0.0


def _read(note: Path) -> KnownDataset | None:
    try:
        return KnownDataset.model_validate_json(note.read_bytes())
    except (OSError, ValidationError):
        return None


def _note_of(path: str, state: Path | None = None) -> Path:
    return _notes(state) / note_name(path)


def _notes(state: Path | None = None) -> Path:
    return (state or state_folder()) / "datasets"
