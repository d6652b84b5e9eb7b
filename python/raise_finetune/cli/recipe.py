"""``raise-finetune recipe``."""

import os
from pathlib import Path

from raise_finetune.cli.console import print_text
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text
from raise_finetune.storage.atomic import write_file


def show(path: Path | None) -> None:
    """Print the default recipe, or write it to a new file."""
    content = format_recipe(ExportRecipe())
    if path is None:
        print_text(content.rstrip("\n"))
        return
    if not path.parent.is_dir():
        raise BadInputError("output_folder_missing", path=path, parent=path.parent)
    if os.path.lexists(path):  # also a link that leads nowhere
        raise BadInputError("recipe_exists", path=path)
    write_file(path, content.encode())
    print_text(text("cli.recipe.done", path=path.resolve()))
