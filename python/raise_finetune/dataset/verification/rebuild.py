"""The rebuild: the same recipe on the same data gives the same bytes, or the dataset is another."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import orjson

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
_NAME = re.compile(r"(?!\.{1,2}$)[^/\\\0]+")  # of a folder, whatever somebody wrote into a report


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
        target = _target(folder / "made", dataset)
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


def _target(folder: Path, dataset: Dataset) -> Path:
    """Return where to make a dataset of the same kind, whatever this one is called by now."""
    folder.mkdir()
    if dataset.kind == "file":
        return folder / "rows.jsonl"
    target = folder / _exported_as(dataset)
    target.mkdir()  # a folder that is there may have any name
    return target


def _exported_as(dataset: Dataset) -> str:
    """Return the name that a folder was exported under: its card and its report hold it."""
    name = dataset.path.name
    with suppress(OSError, ValueError, KeyError, TypeError):  # the checks of the files say so
        told = orjson.loads((dataset.path / REPORT_FILE).read_bytes())["output"]
        name = told if _NAME.fullmatch(told) else name
    return "dataset" if name.endswith(".jsonl") else name  # which would be one file


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
