"""The command that checks whether an export of the list is still what it was."""

from pathlib import Path

from raise_finetune.commands import history
from raise_finetune.commands.context import Context
from raise_finetune.commands.datasets import open_export
from raise_finetune.commands.history import When
from raise_finetune.commands.progress import TaskProgress, reporting
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import LongRequest, Response
from raise_finetune.dataset.verification import Verification, verify_dataset


class VerifyExportRequest(LongRequest):
    """One export of the list, by its time; ``rebuild`` also makes it again and compares."""

    when: When
    rebuild: bool = False


class VerifyExportResponse(Response):
    """What each check says."""

    verification: Verification


@command("exports_verify", progress=TaskProgress, only_reads=True)
def exports_verify(request: VerifyExportRequest, context: Context) -> VerifyExportResponse:
    """Verify the dataset of an export."""
    past = history.find(request.when)
    verification = verify_dataset(
        open_export(past),
        rebuild_from=Path(past.root) if request.rebuild else None,
        progress=reporting(context.report),
        cancel=context.cancelled,
    )
    return VerifyExportResponse(verification=verification)
