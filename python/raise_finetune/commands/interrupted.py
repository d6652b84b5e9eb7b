"""Commands on exports that were killed: by a crash, the end of the session, a power cut."""

from pathlib import Path

from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import data_root
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import NoRequest, Request, Response, WireModel
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.writing.unfinished import (
    Standing,
    UnfinishedExport,
    dismiss,
    interrupted_exports,
)


class InterruptedExport(WireModel):
    """An export that was killed; ``when`` it began (RFC 3339, UTC).

    ``is_of_this_folder`` tells whether it was made of the data folder that is open.
    """

    when: str
    output: str
    recipe: ExportRecipe
    standing: Standing
    is_of_this_folder: bool


class InterruptedExportsResponse(Response):
    """The exports that were killed and neither made again nor dismissed, oldest first."""

    exports: tuple[InterruptedExport, ...]


class DismissRequest(Request):
    """An export that was killed, by where it was to go."""

    output: str


@command("exports_interrupted")
def exports_interrupted(_request: NoRequest, _context: Context) -> InterruptedExportsResponse:
    """Return the exports that were killed, having cleared what they left."""
    return _list()


@command("exports_interrupted_dismiss")
def exports_interrupted_dismiss(
    request: DismissRequest, _context: Context
) -> InterruptedExportsResponse:
    """Speak of an export that was killed no more."""
    for each in interrupted_exports():
        if each.output == request.output:
            dismiss(Path(each.output))
    return _list()


def _list() -> InterruptedExportsResponse:
    root = data_root().resolve()
    exports = tuple(_view(each, root) for each in interrupted_exports())
    return InterruptedExportsResponse(exports=exports)


def _view(unfinished: UnfinishedExport, root: Path) -> InterruptedExport:
    return InterruptedExport(
        when=unfinished.when,
        output=unfinished.output,
        recipe=unfinished.recipe,
        standing=unfinished.standing(),
        is_of_this_folder=Path(unfinished.root).resolve() == root,
    )
