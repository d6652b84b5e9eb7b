"""The command that shows near-duplicates side by side, before an export."""

from typing import Annotated

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import open_data_folder
from raise_finetune.commands.progress import TaskProgress, reporting_pulse
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import LongRequest, Response
from raise_finetune.dataset.browsing.near_preview import NearDuplicate, preview_near_duplicates
from raise_finetune.dataset.recipe import ExportRecipe

_MOST = 200


class NearDuplicatesRequest(LongRequest):
    """The recipe by which rows are made and compared, and how many pairs to show."""

    recipe: ExportRecipe
    pairs: Annotated[int, Field(ge=0, le=_MOST)] = 50


class NearDuplicatesResponse(Response):
    """How many rows near others would be left out, and some pairs, the least alike first."""

    total: int
    pairs: tuple[NearDuplicate, ...]


@command("dataset_near_duplicates", progress=TaskProgress, only_reads=True)
def dataset_near_duplicates(
    request: NearDuplicatesRequest, context: Context
) -> NearDuplicatesResponse:
    """Show near-duplicates beside what would stay in their place."""
    engine = open_data_folder()
    found = preview_near_duplicates(engine, request.recipe, request.pairs, reporting_pulse(context))
    return NearDuplicatesResponse(total=found.total, pairs=found.pairs)
