"""``raise-finetune scan``."""

from collections.abc import Callable
from pathlib import Path

import orjson
from rich.table import Table

from raise_finetune.cli.console import print_json, print_table, print_text, progress_bar
from raise_finetune.cli.data_folder import open_data_folder
from raise_finetune.cli.interrupts import cancelled_by_signals
from raise_finetune.commands.dataset_words import rule_names
from raise_finetune.dataset.browsing.scan import scan_domain
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import read_recipe
from raise_finetune.dataset.sanitize import Sanitizer
from raise_finetune.dataset.sanitize.own_list import gather_known_values
from raise_finetune.dataset.sanitize.placeholders import unescaped
from raise_finetune.dataset.sanitize.review import Review, SensitiveValue
from raise_finetune.messages import text
from raise_finetune.storage.layout import printable


def run(root: Path | None, recipe_path: Path | None, *, show: bool, as_json: bool) -> None:
    """Print what an export would mask; the values themselves only with ``show``."""
    recipe = read_recipe(recipe_path) if recipe_path else ExportRecipe()
    with progress_bar(shown=not as_json) as report, cancelled_by_signals() as cancelled:
        found = scan_domain(open_data_folder(root), recipe, Pulse(report, cancelled))
    if as_json:
        shown = _with_value if show else _without_value(recipe)
        print_json(orjson.dumps(_as_json(found, shown), option=orjson.OPT_INDENT_2))
    else:
        _print(found, show=show)


def _as_json(
    found: Review, shown: Callable[[SensitiveValue], dict[str, object]]
) -> dict[str, object]:
    return {
        "examples": found.examples,
        "types": [
            {
                **kind.model_dump(mode="json", by_alias=False),
                "found": [shown(value) for value in found.values(kind.type)],
            }
            for kind in found.types()
        ],
    }


def _with_value(value: SensitiveValue) -> dict[str, object]:
    return value.model_dump(mode="json", by_alias=False)


def _without_value(recipe: ExportRecipe) -> Callable[[SensitiveValue], dict[str, object]]:
    """Leave out the value; the name of a record or the words around may hold another one.

    The placeholders that stand there already are left as they are.
    """
    sanitizer = Sanitizer(recipe.sanitize, gather_known_values())

    def shown(value: SensitiveValue) -> dict[str, object]:
        masked = sanitizer.sanitize([[value.record, value.after]])[0].texts
        record, after = map(unescaped, masked)
        around = value.model_copy(update={"record": record, "after": after})
        hidden = {"value", "before", "start", "end"}
        return around.model_dump(mode="json", by_alias=False, exclude=hidden)

    return shown


def _print(found: Review, *, show: bool) -> None:
    types = found.types()
    if not types:
        print_text(text("cli.scan.nothing", examples=found.examples))
        print_text(text("cli.scan.limits"))
        return
    table = Table(title=text("cli.scan.title", examples=found.examples), title_justify="left")
    table.add_column(text("cli.scan.type"))
    table.add_column(text("cli.scan.findings"), justify="right")
    table.add_column(text("cli.scan.values"), justify="right")
    table.add_column(text("cli.scan.rules"), overflow="fold")
    for kind in types:
        values = f"> {kind.values}" if kind.unlisted else str(kind.values)
        counts = (str(kind.count), values)
        table.add_row(text(f"sensitive.{kind.type}"), *counts, rule_names(kind.rules))
    print_table(table)
    print_text(text("cli.scan.once"))
    for kind in types if show else ():
        print_text(text(f"sensitive.{kind.type}"))
        for value in found.values(kind.type):
            print_text(f"  {value.count} × {printable(value.value)} — {printable(value.record)}")
    print_text(text("cli.scan.limits"))
