"""``raise-finetune recipe``."""

from pathlib import Path

from raise_finetune.cli.console import print_text
from raise_finetune.cli.new_file import write_new_file
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe
from raise_finetune.messages import text


def show(path: Path | None) -> None:
    """Print the default recipe, or write it to a new file."""
    content = format_recipe(ExportRecipe())
    if path is None:
        print_text(content.rstrip("\n"))
        return
    write_new_file(path, content)
    print_text(text("cli.recipe.done", path=path.resolve()))
