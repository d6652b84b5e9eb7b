"""Commands on the exports made before."""

from pathlib import Path

from raise_finetune.commands import file_manager, history
from raise_finetune.commands.command_line import command_line
from raise_finetune.commands.context import Context
from raise_finetune.commands.history import PastExport, When
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Done, NoRequest, Request, Response, WireModel
from raise_finetune.dataset.report import loader_line


class PastExportView(WireModel):
    """One export of the list; ``exists`` tells whether the dataset is still there."""

    past: PastExport
    exists: bool
    loader: str
    command_line: str


class PastExportsResponse(Response):
    """The exports made on this machine, newest first."""

    exports: tuple[PastExportView, ...]


class PastExportRequest(Request):
    """One export of the list, by its time."""

    when: When


@command("exports_list")
def exports_list(_request: NoRequest, _context: Context) -> PastExportsResponse:
    """Return the exports made on this machine."""
    return _list()


@command("exports_forget")
def exports_forget(request: PastExportRequest, _context: Context) -> PastExportsResponse:
    """Take an export off the list; its dataset stays where it is."""
    history.forget(request.when)
    return _list()


@command("exports_restore")
def exports_restore(request: PastExportRequest, _context: Context) -> PastExportsResponse:
    """Put an export back that was just taken off the list."""
    history.restore(request.when)
    return _list()


@command("exports_reveal")
def exports_reveal(request: PastExportRequest, _context: Context) -> Done:
    """Show an export's dataset in the system's file manager.

    The page names an export, never a path: it cannot open anything else.
    """
    file_manager.show(history.dataset_of(history.find(request.when)))
    return Done()


def _list() -> PastExportsResponse:
    return PastExportsResponse(exports=tuple(_view(past) for past in history.past_exports()))


def _view(past: PastExport) -> PastExportView:
    return PastExportView(
        past=past,
        exists=Path(past.report.output).exists(),
        loader=loader_line(past.report),
        command_line=command_line(past.recipe, Path(past.root), past.report),
    )
