"""The rebuild: the same recipe on the same data gives the same bytes, or the dataset is another."""

from collections.abc import Callable
from pathlib import Path

from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.output import MANIFEST_FILE, RECIPE_FILE, REPORT_FILE
from raise_finetune.dataset.progress import Progress
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.verification.existing import Dataset, open_dataset
from raise_finetune.dataset.verification.result import Findings
from raise_finetune.dataset.writing.kept_recipe import repeatable
from raise_finetune.dataset.writing.kept_templates import with_kept_templates
from raise_finetune.storage.scratch import scratch_folder

_BLOCK = 1 << 20


def check_rebuild(
    dataset: Dataset,
    root: Path,
    known: KnownValues,
    progress: Callable[[Progress], None] | None,
    cancel: Callable[[], bool] | None,
) -> Findings:
    """Export again from ``root`` by the manifest's recipe, and compare every file byte by byte.

    Raises what an export raises.
    """
    findings = Findings("rebuild")
    with scratch_folder() as folder:
        # Under the dataset's own name: the card begins with it.
        target = folder / "made" / dataset.path.name
        target.parent.mkdir()
        state = folder / "state"
        recipe = repeatable(dataset.manifest.export_recipe())
        export_dataset(
            with_kept_templates(recipe, dataset.side_folder),
            target,
            root=root,
            progress=progress,
            cancel=cancel,
            allow_empty=True,
            known=known,
            state=state,
        )
        made = open_dataset(target, state)
        if made.manifest.input_hash != dataset.manifest.input_hash:
            findings.add("data_changed", MANIFEST_FILE)
        if made.manifest.tool_version != dataset.manifest.tool_version:
            findings.add("tool_changed", MANIFEST_FILE, detail=dataset.manifest.tool_version)
        names = {""} if dataset.kind == "file" else _files(target) | _files(dataset.path)
        for name in sorted(names - _unlike(dataset)):
            findings.checked += 1
            if not _same_bytes(dataset.path / name, target / name):
                findings.add("rebuilt_differs", name or dataset.path.name)
    return findings


def _unlike(dataset: Dataset) -> set[str]:
    """Name what cannot come out the same: where a tokenizer's file lay, no dataset tells."""
    recipe = dataset.manifest.export_recipe()
    return set() if repeatable(recipe) == recipe else {REPORT_FILE, MANIFEST_FILE, RECIPE_FILE}


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _same_bytes(one: Path, other: Path) -> bool:
    try:
        with one.open("rb") as first, other.open("rb") as second:
            while block := first.read(_BLOCK):
                if block != second.read(_BLOCK):
                    return False
            return not second.read(1)
    except OSError:
        return False
