"""Write the parts of the documentation that the program itself knows best.

The pages ``docs/cli.md`` and ``docs/recipe.md`` hold blocks between ``<!-- begin NAME -->`` and
``<!-- end NAME -->``. This command fills them; with ``--check`` it only says whether they are
current (exit code 1 when not), which is what the tests call.
"""

import os
import re
import sys
from pathlib import Path

os.environ["RAISE_LANG"] = "en"  # before the command line reads its help texts
os.environ["COLUMNS"] = "90"

from typer.testing import CliRunner

from raise_finetune.cli.application import app
from raise_finetune.cli.commands import COMMANDS
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe

DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"(<!-- begin (?P<name>[\w-]+) -->\n).*?(<!-- end (?P=name) -->)", re.DOTALL)


def current_blocks() -> dict[str, str]:
    """Return what each block should hold, by name."""
    blocks = {"recipe": _fenced("toml", format_recipe(ExportRecipe(), "en"))}
    for name in COMMANDS:
        help_text = CliRunner().invoke(app, [*name.split(), "--help"]).output
        blocks[f"help-{name.replace(' ', '-')}"] = _fenced(
            "text", help_text.replace("Usage: root", "Usage:")
        )
    return blocks


def refreshed(page: str, blocks: dict[str, str]) -> str:
    """Return the page with its blocks filled; raises ``KeyError`` for an unknown block."""
    return _BLOCK.sub(lambda found: found[1] + blocks[found["name"]] + found[3], page)


def main() -> int:
    """Refresh or check the pages; return the exit code."""
    blocks = current_blocks()
    stale = [
        path
        for path in sorted(DOCS.glob("*.md"))
        if refreshed(path.read_text("utf-8"), blocks) != path.read_text("utf-8")
    ]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path} is stale: run scripts/refresh_docs.py", file=sys.stderr)
        else:
            path.write_text(refreshed(path.read_text("utf-8"), blocks), "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


def _fenced(language: str, content: str) -> str:
    return f"```{language}\n{content.strip()}\n```\n"


if __name__ == "__main__":
    sys.exit(main())
