"""What lies beside the rows: card, report, manifest, recipe and ledger, without personal data."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from raise_finetune.dataset.formats.hashed import sha256_of
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.manifest import (
    Manifest,
    SideFile,
    make_manifest,
    parse_manifest,
    sealed,
)
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.output import (
    CARD_FILE,
    LEDGER_FILE,
    MANIFEST_FILE,
    RECIPE_FILE,
    REPORT_FILE,
    SIDE_FOLDER,
)
from raise_finetune.dataset.prompts.layout import layout_of
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.writing.card import dataset_card
from raise_finetune.dataset.writing.kept_recipe import recipe_to_keep
from raise_finetune.dataset.writing.kept_templates import keep_templates
from raise_finetune.dataset.writing.remembered import remember_side_files, side_folder
from raise_finetune.dataset.writing.streams import streams_of
from raise_finetune.errors import RaiseError

if TYPE_CHECKING:  # without masking none of its rules are loaded
    from raise_finetune.dataset.sanitize.sanitizer import Sanitizer

STAGED_LEDGER = "ledger.jsonl"  # of an export to one file, which has no room for it


def write_side_files(
    made: Path,
    recipe: ExportRecipe,
    report: ExportReport,
    ledger: Ledger,
    sanitizer: "Sanitizer | None",
) -> None:
    """Write them into the new dataset folder, where the ledger lies already.

    None of them names the folders of this machine; names that are a person's are masked.
    """
    name = Path(report.output).name
    manifest = _manifest(recipe, report, ledger)
    side_files = [*_write_cards(made, name, recipe, report), REPORT_FILE, RECIPE_FILE, LEDGER_FILE]
    (made / REPORT_FILE).write_bytes(report.model_copy(update={"output": name}).to_json())
    (made / RECIPE_FILE).write_text(format_recipe(recipe_to_keep(recipe), "en"), "utf-8")
    path = made / MANIFEST_FILE
    path.write_bytes(manifest.to_json())
    if sanitizer is not None:
        _scrub([made / file for file in (MANIFEST_FILE, *side_files)], sanitizer)
        manifest = parse_manifest(path.read_bytes(), path)
    templates = keep_templates(made / SIDE_FOLDER, recipe.output, manifest.profile_names)
    side_files += [file.relative_to(made).as_posix() for file in templates]
    hashes = [SideFile(path=file, sha256=sha256_of(made / file)) for file in side_files]
    path.write_bytes(sealed(manifest, hashes).to_json())


def keep_side_files(
    staged_ledger: Path,
    recipe: ExportRecipe,
    report: ExportReport,
    ledger: Ledger,
    sanitizer: "Sanitizer | None",
    state: Path | None = None,
) -> ExportReport:
    """Keep those of one file in this machine's memory; return the report, which says if not."""
    manifest = sealed(_manifest(recipe, report, ledger))
    digest = report.files[0].sha256
    try:
        if sanitizer is not None:
            _scrub([staged_ledger], sanitizer)
        keep_templates(side_folder(digest, state), recipe.output, manifest.profile_names)
        remember_side_files(digest, manifest.to_json(), staged_ledger, state)
    except (OSError, RaiseError) as error:
        notice = Notice(code="side_files_not_kept", params={"reason": _in_english(error)})
        return report.model_copy(update={"notices": (*report.notices, notice)})
    return report


def _in_english(error: OSError | RaiseError) -> str:
    """Return why something failed as reports keep it; where the system refused, in its words."""
    cause = error if isinstance(error, OSError) else error.__cause__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return error.message("en") if isinstance(error, RaiseError) else str(error)


def _scrub(paths: list[Path], sanitizer: "Sanitizer") -> None:
    from raise_finetune.dataset.sanitize.scrub import scrub_file

    rules = sanitizer.without_tiers()
    for path in paths:
        scrub_file(path, rules)


def _write_cards(made: Path, name: str, recipe: ExportRecipe, report: ExportReport) -> list[str]:
    """Write a card into the folder of each format; return their paths."""
    paths: list[str] = []
    for root, streams in groupby(streams_of(recipe.output), key=lambda stream: stream.root):
        (made / root).mkdir(exist_ok=True)
        card = dataset_card(name, report.files, list(streams))
        (made / root / CARD_FILE).write_text(card, "utf-8")
        paths.append(f"{root}{CARD_FILE}")
    return paths


def _manifest(recipe: ExportRecipe, report: ExportReport, ledger: Ledger) -> Manifest:
    profile = resolve_profile(recipe.output.profile)
    columns = layout_of(profile, recipe.output.task).columns
    return make_manifest(recipe_to_keep(recipe), profile, columns, report, ledger.input.text())
