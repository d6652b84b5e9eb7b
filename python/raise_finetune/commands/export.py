"""Commands that preview an export, choose its place and make it."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from raise_finetune.commands import history
from raise_finetune.commands.command_line import command_line
from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import data_root, open_data_folder
from raise_finetune.commands.jobs import Job, Jobs
from raise_finetune.commands.outputs import check_output, remember_choice
from raise_finetune.commands.progress import TaskProgress, reporting, reporting_pulse
from raise_finetune.commands.recipes import default_recipe
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import LongRequest, Request, Response
from raise_finetune.dataset.browsing.glance import glance_at_export
from raise_finetune.dataset.browsing.preview import preview_export
from raise_finetune.dataset.browsing.tally import ExportPreview
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.output import resolve_target
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport, loader_line
from raise_finetune.dataset.writing.unfinished import note_unfinished
from raise_finetune.errors import CancelledError
from raise_finetune.messages import text
from raise_finetune.paths import dataset_home

_SAMPLE = 200


class ExportRequest(LongRequest):
    """Where to write, and by which recipe; without one, by the user's defaults."""

    output_path: Annotated[str, Field(min_length=1, max_length=4096)]
    recipe: ExportRecipe | None = None


class ExportResponse(Response):
    """The report, the line that loads the dataset and the command line that makes it again.

    ``when`` names the export in the list of past ones.
    """

    when: str
    report: ExportReport
    loader: str
    command_line: str


class FollowExportRequest(LongRequest):
    """The export to follow, by the ``request_id`` that it was begun under."""

    export_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]


class PreviewRequest(LongRequest):
    """The recipe to try, and how many rows to show."""

    recipe: ExportRecipe
    rows: Annotated[int, Field(ge=0, le=_SAMPLE)] = 50


class PreviewResponse(Response):
    """What an export by this recipe would do."""

    preview: ExportPreview


class GlanceResponse(Response):
    """The same, estimated from a sample; None where that would not be quicker, or not tell."""

    preview: ExportPreview | None


class ChooseOutputRequest(Request):
    """Under which name to save: ending in ``.jsonl`` for one file."""

    name: Annotated[str, Field(max_length=200)] = "dataset.jsonl"


class ChosenOutput(Response):
    """What the user picked; None when the dialog was dismissed."""

    path: str | None


_exports: Jobs[ExportResponse] = Jobs()


@command("ai_export_dataset", progress=TaskProgress)
def ai_export_dataset(request: ExportRequest, context: Context) -> ExportResponse:
    """Export a dataset from the user's data folder."""
    path = Path(request.output_path)
    check_output(path, context)
    recipe = request.recipe or default_recipe()
    return _exports.run(request.request_id, context, lambda job: _export(job, path, recipe))


def _export(job: Job[ExportResponse], path: Path, recipe: ExportRecipe) -> ExportResponse:
    root = data_root()
    try:
        report = export_dataset(
            recipe,
            path,
            root=root,
            progress=reporting(job.report),
            cancel=job.cancelled,
        )
    except CancelledError:
        if not job.was_asked_to_stop():  # the next start tells of it
            note_unfinished(root, resolve_target(path, root.resolve()), recipe)
        raise
    past = history.remember(root, recipe, report)
    return ExportResponse(
        when=past.when,
        report=report,
        loader=loader_line(report),
        command_line=command_line(recipe, root, report),
    )


@command("export_follow", progress=TaskProgress, only_waits=True)
def export_follow(request: FollowExportRequest, context: Context) -> ExportResponse:
    """Follow an export that a page began before it was reloaded: its progress and its result."""
    return _exports.follow(request.export_id, context)


@command("export_preview", progress=TaskProgress, only_reads=True)
def export_preview(request: PreviewRequest, context: Context) -> PreviewResponse:
    """Say what an export would do, and show the first rows it would write."""
    engine = open_data_folder()
    preview = preview_export(engine, request.recipe, request.rows, reporting_pulse(context))
    return PreviewResponse(preview=preview)


@command("export_glance", progress=TaskProgress, only_reads=True)
def export_glance(request: PreviewRequest, context: Context) -> GlanceResponse:
    """Say at once about what an export would do, by a sample of a large data folder."""
    engine = open_data_folder()
    pulse = reporting_pulse(context)
    return GlanceResponse(preview=glance_at_export(engine, request.recipe, request.rows, pulse))


@command("export_choose_output")
def export_choose_output(request: ChooseOutputRequest, context: Context) -> ChosenOutput:
    """Let the user pick where to save, in the system's dialog."""
    start = dataset_home() / "training"
    title = text("dialog.choose_output", context.language)
    chosen = context.face.choose_save_path(title, start, request.name)
    if chosen is not None:
        remember_choice(chosen)
    return ChosenOutput(path=None if chosen is None else str(chosen))
