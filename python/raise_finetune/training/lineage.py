"""By which recipe the dataset of a run was exported, as far as it is not the default one."""

from raise_finetune.dataset.exports.comparison import recipe_changes
from raise_finetune.dataset.manifest import parse_manifest
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.errors import BadInputError
from raise_finetune.training.runs import Run


class RecipeChoice(ReportModel):
    """One key of a recipe, such as ``rating.minimum``, and its value as JSON shows it."""

    key: str
    value: str


def recipe_choices(run: Run) -> tuple[RecipeChoice, ...] | None:
    """Return the keys that differ from the default recipe.

    They come from the manifest that the run keeps, so that they are known when the dataset is gone.
    None where it was trained without a manifest, or this version cannot read the manifest.
    """
    try:
        recipe = parse_manifest(run.manifest.read_bytes(), run.manifest).export_recipe()
    except (OSError, BadInputError):
        return None
    default, own = (
        each.model_dump(mode="json", by_alias=False) for each in (ExportRecipe(), recipe)
    )
    return tuple(
        RecipeChoice(key=change.key, value=change.new) for change in recipe_changes(default, own)
    )
