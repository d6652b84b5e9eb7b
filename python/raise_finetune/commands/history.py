"""The exports made on this machine, newest first: their reports and recipes, in the user's state.

Nothing of the users' conversations is kept here: a report holds counts, paths and names.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import orjson
from pydantic import Field, ValidationError

from raise_finetune.commands.wire import WireModel
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport
from raise_finetune.errors import BadInputError, RaiseError
from raise_finetune.paths import state_folder
from raise_finetune.storage.atomic import write_file

_KEPT = 200
_SUFFIX = ".json"
_FORGOTTEN = ".forgotten"  # until the next export, for who forgot the wrong one

When = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$")]
"""What names an export: its time, in UTC."""


class PastExport(WireModel):
    """One export: when (RFC 3339, UTC), of which data folder, by which recipe, its result."""

    when: When
    root: str
    recipe: ExportRecipe
    report: ExportReport


def remember(root: Path, recipe: ExportRecipe, report: ExportReport) -> PastExport:
    """Keep the report of an export and return it; the oldest ones go.

    The dataset is there, whether its report can be kept or not.
    """
    when = _written(datetime.now(UTC))
    past = PastExport(when=when, root=str(root), recipe=recipe, report=report)
    with suppress(OSError, RaiseError):
        past = _keep(past)
    return past


def _keep(past: PastExport) -> PastExport:
    """Keep an export under a time of its own, and return it with that time."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    past = past.model_copy(update={"when": _claim(past.when, folder)})
    file = folder / f"{_stem(past.when)}{_SUFFIX}"
    write_file(file, orjson.dumps(past.model_dump(mode="json", by_alias=False)))
    # Never this one: the clock may have been put back since the others.
    others = sorted(each for each in folder.glob(f"*{_SUFFIX}") if each != file)
    for old in (*others[: 1 - _KEPT], *folder.glob(f"*{_FORGOTTEN}")):
        old.unlink(missing_ok=True)
    return past


def _claim(when: str, folder: Path) -> str:
    """Return the first time from ``when`` on that names no export yet, and take it."""
    while any(folder.glob(f"{_stem(when)}*")) or not _took(folder / f"{_stem(when)}{_SUFFIX}"):
        when = _written(datetime.fromisoformat(when) + timedelta(milliseconds=1))
    return when


def _took(file: Path) -> bool:
    """Make an empty file where there is none: of two processes, one gets it."""
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def past_exports() -> list[PastExport]:
    """Return the exports that are remembered, newest first; what cannot be read is passed over."""
    found: list[PastExport] = []
    for file in sorted(_folder().glob(f"*{_SUFFIX}"), reverse=True):
        try:
            found.append(PastExport.model_validate_json(file.read_bytes()))
        except (OSError, ValidationError):
            continue
    return found


def find(when: str) -> PastExport:
    """Return an export of the list; the page never names a path."""
    past = next((each for each in past_exports() if each.when == when), None)
    if past is None:
        raise BadInputError("export_gone", path=when)
    return past


def dataset_of(past: PastExport) -> Path:
    """Return where an export's dataset lies; raises ``BadInputError`` where it is gone."""
    path = Path(past.report.output)
    if not path.exists():
        raise BadInputError("export_gone", path=path)
    return path


def forget(when: str) -> None:
    """Take one export off the list; its dataset stays."""
    _rename(when, _SUFFIX, _FORGOTTEN)


def restore(when: str) -> None:
    """Put a forgotten export back on the list, if no export was made since."""
    _rename(when, _FORGOTTEN, _SUFFIX)


def _rename(when: str, old: str, new: str) -> None:
    for file in _folder().glob(f"{_stem(when)}*{old}"):
        file.rename(file.with_suffix(new))


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _stem(when: str) -> str:
    return when[:23].replace(":", "")


def _folder() -> Path:
    return state_folder() / "exports"
