"""The exports made on this machine, newest first: their reports and recipes, in the user's state.

Nothing of the users' conversations is kept here: a report holds counts, paths and names.
"""

from datetime import UTC, datetime
from pathlib import Path

import orjson
from platformdirs import user_state_path
from pydantic import ValidationError
from xxhash import xxh3_64_hexdigest

from raise_finetune.commands.models import WireModel
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport
from raise_finetune.storage.atomic import write_file

_KEPT = 200


class PastExport(WireModel):
    """One export: when (RFC 3339, UTC), of which data folder, by which recipe, its result."""

    when: str
    root: str
    recipe: ExportRecipe
    report: ExportReport


def remember(root: Path, recipe: ExportRecipe, report: ExportReport) -> None:
    """Keep the report of an export; the oldest ones go."""
    when = datetime.now(UTC).isoformat(timespec="milliseconds")
    past = PastExport(when=when, root=str(root), recipe=recipe, report=report)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{when[:23].replace(':', '')}-{xxh3_64_hexdigest(report.output.encode())[:8]}.json"
    content = orjson.dumps(past.model_dump(mode="json", by_alias=False))
    write_file(folder / name, content, folder / f"{name}.tmp")
    for old in sorted(folder.glob("*.json"))[:-_KEPT]:
        old.unlink(missing_ok=True)


def past_exports() -> list[PastExport]:
    """Return the exports that are remembered, newest first; what cannot be read is passed over."""
    found: list[PastExport] = []
    for file in sorted(_folder().glob("*.json"), reverse=True):
        try:
            found.append(PastExport.model_validate_json(file.read_bytes()))
        except (OSError, ValidationError):
            continue
    return found


def forget(when: str) -> bool:
    """Remove one export from the list, not from the disk; return whether it was there."""
    removed = False
    for file in _folder().glob(f"{when[:23].replace(':', '')}-*.json"):
        file.unlink(missing_ok=True)
        removed = True
    return removed


def _folder() -> Path:
    return user_state_path("raise-finetune", appauthor=False) / "exports"
