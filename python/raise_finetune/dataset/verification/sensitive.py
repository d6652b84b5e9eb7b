"""Sensitive data: the rules of today on the rows, where the export masked them."""

from collections.abc import Sequence
from pathlib import Path

from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.rescan import first_left, rescan_file
from raise_finetune.dataset.sanitize.stage import make_sanitizer
from raise_finetune.dataset.verification.existing import Dataset
from raise_finetune.dataset.verification.result import Findings
from raise_finetune.dataset.writing.proof import divider


def check_sensitive(
    dataset: Dataset,
    files: Sequence[WrittenFile],
    profiles: Sequence[PromptProfile],
    known: KnownValues,
    pulse: Pulse,
) -> Findings:
    """Scan the files by the recipe's choices; the first row with a finding is named."""
    findings = Findings("sensitive")
    sanitizer = None
    if dataset.manifest.sanitize.enabled:
        sanitizer = make_sanitizer(dataset.manifest.export_recipe().sanitize, known)
    if sanitizer is None:
        findings.skip("not_masked")
        return findings
    divide = divider(profiles)
    for file in files:
        path: Path = dataset.path_of(file)
        findings.checked += file.rows
        try:
            if rescan_file(path, sanitizer, divide, pulse.breathe):
                left = first_left(path, sanitizer, divide)
                if left is not None:
                    findings.add("sensitive_data", file.path, left.line, ", ".join(left.types))
        except (OSError, ValueError):
            continue  # the checks of the files and of their lines say so
    return findings
