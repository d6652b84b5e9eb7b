"""The command that checks whether an export of the list is still what it was."""

from pathlib import Path

from raise_finetune.commands import history
from raise_finetune.commands.context import Context
from raise_finetune.commands.history import When
from raise_finetune.commands.models import LongRequest, Response
from raise_finetune.commands.progress import TaskProgress, describe
from raise_finetune.commands.registry import command
from raise_finetune.dataset.existing import open_dataset
from raise_finetune.dataset.verification import Verification, verify_dataset
from raise_finetune.errors import BadInputError


class VerifyExportRequest(LongRequest):
    """One export of the list, by its time: the page never names a path."""

    when: When


class VerifyExportResponse(Response):
    """What each check says."""

    verification: Verification


@command("exports_verify", progress=TaskProgress, only_reads=True)
def exports_verify(request: VerifyExportRequest, context: Context) -> VerifyExportResponse:
    """Verify the dataset of an export."""
    past = next((each for each in history.past_exports() if each.when == request.when), None)
    if past is None or not Path(past.report.output).exists():
        raise BadInputError("export_gone", path="?" if past is None else past.report.output)
    verification = verify_dataset(
        open_dataset(Path(past.report.output)),
        progress=lambda progress: context.report(describe(progress)),
        cancel=context.cancelled,
    )
    return VerifyExportResponse(verification=verification)
