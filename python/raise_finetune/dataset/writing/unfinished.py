"""Exports that have begun and not ended, so that one that was killed can be told and taken up.

Each has a note in the user's state as long as it runs. A note whose export does not run any more
is of one that was killed: with its program, its machine or its power. Notes hold no text of the
users' conversations.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from raise_finetune.dataset.output import Target
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report_model import PathText, ReportModel
from raise_finetune.dataset.writing.remembered import note_name
from raise_finetune.dataset.writing.staging import staging_folder
from raise_finetune.errors import BadInputError, RaiseError
from raise_finetune.paths import state_folder
from raise_finetune.storage.atomic import make_folders, write_file

Standing = Literal["nothing", "old", "new"]
"""What is at the target: nothing, what stood there before, or the whole new dataset."""


class UnfinishedExport(ReportModel):
    """An export: when it began (RFC 3339, UTC), of which data folder, where to, by which recipe.

    ``before`` tells what stood at the target from what will: None where nothing did.
    """

    when: str
    root: PathText
    output: PathText
    recipe: ExportRecipe
    before: tuple[int, int] | None

    def standing(self) -> Standing:
        """Return what is at the target now."""
        now = _identity(Path(self.output))
        if now is None:
            return "nothing"
        return "old" if now == self.before else "new"


@contextmanager
def noted(
    root: Path, target: Target, recipe: ExportRecipe, state: Path | None = None
) -> Generator[None]:
    """Keep a note while the export to the target runs; only a kill leaves it.

    To be entered by who holds the target's staging folder. A note that cannot be kept is no
    reason not to export.
    """
    note_unfinished(root, target, recipe, state)
    try:
        yield
    finally:
        dismiss(target.path, state)


def note_unfinished(
    root: Path, target: Target, recipe: ExportRecipe, state: Path | None = None
) -> None:
    """Note an export as begun now and not ended."""
    unfinished = UnfinishedExport(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        root=str(root),
        output=str(target.path),
        recipe=recipe,
        before=_identity(target.path),
    )
    note = _note_of(target.path, state)
    with suppress(OSError, RaiseError):
        make_folders(note.parent)
        write_file(note, unfinished.to_json())


def dismiss(output: Path, state: Path | None = None) -> None:
    """Drop the note of a target, if there is one."""
    with suppress(OSError):
        _note_of(output, state).unlink(missing_ok=True)


def interrupted_exports(state: Path | None = None) -> Iterator[UnfinishedExport]:
    """Yield the exports that were killed, oldest first, having cleared what they left."""
    notes = [_read(note) for note in _notes(state).glob("*.json")]
    for each in sorted((note for note in notes if note is not None), key=lambda note: note.when):
        note = _note_of(Path(each.output), state)
        if _clear(Path(each.output)) and _read(note) == each:
            yield each


def _clear(target: Path) -> bool:
    """Empty the staging folder of a killed export; return False where one is running."""
    if not target.parent.is_dir():
        return True
    try:
        with suppress(OSError), staging_folder(target):
            pass
    except BadInputError:
        return False
    return True


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = path.stat()
        return status.st_ino, status.st_mtime_ns
    return None


def _read(note: Path) -> UnfinishedExport | None:
    try:
        return UnfinishedExport.model_validate_json(note.read_bytes())
    except (OSError, ValidationError):
        return None


def _note_of(output: Path, state: Path | None) -> Path:
    return _notes(state) / note_name(str(output))


def _notes(state: Path | None) -> Path:
    return (state or state_folder()) / "unfinished"
