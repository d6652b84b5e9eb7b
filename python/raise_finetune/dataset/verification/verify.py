"""``verify``: all checks of a dataset, to be read top to bottom."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from raise_finetune.dataset.output import DEFAULT_CONFIG
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.reading import RowReader
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.own_list import values_to_mask
from raise_finetune.dataset.verification.existing import Dataset
from raise_finetune.dataset.verification.files import check_files, check_manifest
from raise_finetune.dataset.verification.leaks import LedgerCheck, check_report
from raise_finetune.dataset.verification.near import NearCheck, can_recount
from raise_finetune.dataset.verification.rebuild import check_rebuild
from raise_finetune.dataset.verification.result import Verification
from raise_finetune.dataset.verification.rows import RowChecks
from raise_finetune.dataset.verification.sensitive import check_sensitive
from raise_finetune.errors import BadInputError
from raise_finetune.storage.scratch import scratch_folder


def verify_dataset(
    dataset: Dataset,
    *,
    rebuild_from: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    known: KnownValues | None = None,
) -> Verification:
    """Check the dataset; with ``rebuild_from``, also make it again from that data folder.

    ``known`` are values that must not stand in it besides what the rules find, as for an export.

    Raises ``BadInputError`` for a dataset of a profile that this version does not know.
    """
    pulse = Pulse(progress, cancel)
    known = values_to_mask(known)  # before all that takes long
    profiles = dataset.profiles()
    of_files, changed = check_files(dataset)
    checks = [check_manifest(dataset), of_files]
    of_ledger = _check_ledger(dataset)
    # Of packed files that were changed no row can be read; the check of the files says so.
    files = [f for f in dataset.manifest.files if f.format == "jsonl" or f.path not in changed]
    with _near_check(dataset, profiles[DEFAULT_CONFIG]) as near:
        of_rows = RowChecks(profiles, dataset.manifest.task, of_ledger.leaks, near)
        of_rows.take(dataset, files, pulse)
        if near is not None:
            near.find(of_ledger.leaks, pulse)
    checks += [of_ledger.findings, of_rows.lines, of_rows.template, of_rows.control_tokens]
    sensitive = check_sensitive(dataset, files, list(profiles.values()), known, pulse)
    checks += [of_ledger.leaks, sensitive]
    if rebuild_from is not None:
        checks.append(check_rebuild(dataset, rebuild_from, known, progress, cancel))
    made = tuple(findings.check() for findings in checks)
    return Verification(
        dataset=str(dataset.path),
        rows=sum(dataset.rows_by_split().values()),
        passed=all(check.status != "failed" for check in made),
        checks=made,
    )


@contextmanager
def _near_check(dataset: Dataset, profile: PromptProfile) -> Generator[NearCheck | None]:
    recipe = dataset.manifest.export_recipe()
    reader = RowReader(profile, dataset.manifest.task)
    if not reader.can_read or not can_recount(dataset, recipe, profile):
        yield None
        return
    with (
        scratch_folder() as folder,
        NearCheck(dataset, recipe, reader, folder) as near,
    ):
        yield near


def _check_ledger(dataset: Dataset) -> LedgerCheck:
    check = LedgerCheck(dataset.rows_by_split())
    try:
        fates = check.take(dataset.ledger())
    except BadInputError as error:
        check.findings.add("ledger_damaged", detail=error.params.get("line", ""))
    else:
        if fates != dict(dataset.manifest.fates):
            check.findings.add("fates_differ")
    check_report(dataset, check.leaks)
    if len(dataset.rows_by_split()) < 2:
        check.leaks.skip("one_side")
    return check
