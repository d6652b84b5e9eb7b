"""Commands that let the user pick a folder or a file in the system's dialog.

The page says what is picked, not what the dialog says: it cannot ask for a password with it.
"""

from pathlib import Path
from typing import Literal

from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import data_root
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Request, Response
from raise_finetune.messages import text
from raise_finetune.paths import expand_home


class ChooseFolderRequest(Request):
    """What the folder is for, and where the dialog starts; in the data folder when not given."""

    purpose: Literal["data", "dataset", "base_model", "ner_model"] = "data"
    start: str | None = None


class ChooseFileRequest(Request):
    """What the file is for, and the file or folder that the dialog starts from."""

    purpose: Literal["base_gguf"]
    start: str | None = None


class ChosenPath(Response):
    """What the user picked; ``None`` when the dialog was dismissed."""

    path: str | None


@command("app_choose_folder")
def choose_folder(request: ChooseFolderRequest, context: Context) -> ChosenPath:
    """Let the user pick a folder in the system's dialog."""
    start = expand_home(request.start or data_root())
    title = text(f"dialog.choose_folder.{request.purpose}", context.language)
    return _answer(context.face.choose_folder(title, start))


@command("app_choose_file")
def choose_file(request: ChooseFileRequest, context: Context) -> ChosenPath:
    """Let the user pick a file in the system's dialog."""
    start = expand_home(request.start or "~")
    title = text(f"dialog.choose_file.{request.purpose}", context.language)
    folder = start.parent if start.is_file() else start
    return _answer(context.face.choose_file(title, folder, ("gguf",)))


def _answer(chosen: Path | None) -> ChosenPath:
    return ChosenPath(path=None if chosen is None else str(chosen))
