"""The command behind “make a demo database”: a newcomer's first click."""

from typing import Annotated

from pydantic import Field

from raise_finetune.commands.application import SettingsResponse, describe
from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import data_folder
from raise_finetune.commands.opening import close_domain
from raise_finetune.commands.progress import TaskProgress, task_progress
from raise_finetune.commands.registry import command
from raise_finetune.commands.settings import AppSettings, read_settings, write_settings
from raise_finetune.commands.wire import LongRequest
from raise_finetune.dataset.progress import Progress
from raise_finetune.demo.domain import write_demo
from raise_finetune.paths import expand_home

_DEMO_FOLDER = "~/raise_demo"


class DemoRequest(LongRequest):
    """How large the demo is to be."""

    conversations: Annotated[int, Field(ge=1, le=100_000)] = 300


@command("demo_create", progress=TaskProgress)
def demo_create(request: DemoRequest, context: Context) -> SettingsResponse:
    """Write a demo database and make it the data folder.

    It goes to its own folder in the user's home; where ``PATH_RAISE_DOMAIN`` decides, there.
    """
    decided = data_folder(read_settings())
    from_environment = decided.origin == "environment"
    folder = expand_home(decided.path if from_environment else _DEMO_FOLDER)

    def report(done: int, total: int) -> None:
        context.raise_if_cancelled()
        context.report(task_progress(Progress("writing", done, total, 0.0)))

    try:
        write_demo(folder, request.conversations, progress=report)
    finally:
        close_domain()
    if not from_environment:
        write_settings(AppSettings(data_folder=str(folder)))
    return describe(read_settings())
