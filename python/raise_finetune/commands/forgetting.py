"""Commands that keep a record out of all exports, and make those that hold it again."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from raise_finetune.commands import history
from raise_finetune.commands.context import Context
from raise_finetune.commands.data_folder import open_data_folder
from raise_finetune.commands.progress import TaskProgress, reporting
from raise_finetune.commands.registry import command
from raise_finetune.commands.settings import current_language
from raise_finetune.commands.wire import LongRequest, NoRequest, Request, Response, WireModel
from raise_finetune.dataset.exports.forgetting import (
    ForgetPlan,
    Forgetting,
    Holder,
    forget,
    plan_forgetting,
)
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.sources.forgotten import (
    entry_of,
    list_forgotten,
    take_back,
    take_back_entry,
)
from raise_finetune.dataset.writing.remembered import datasets_made_of
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

Record = Annotated[str, Field(min_length=1, max_length=1000)]


class RecordRequest(Request):
    """A record: a conversation or document, or one answer (``…#3``)."""

    record: Record


class ForgetPlanResponse(Response):
    """What forgetting the record means."""

    plan: ForgetPlan


class ForgetRequest(LongRequest):
    """The record, and the plan's records, which the user has seen and agreed to."""

    record: Record
    agreed: tuple[str, ...]


class ForgetResponse(Response):
    """What was done."""

    forgetting: Forgetting


class TakenBackResponse(Response):
    """Whether the record had been forgotten."""

    was_forgotten: bool


class ForgottenView(WireModel):
    """A record on the data folder's list; an answer that is gone has its conversation's name."""

    id: str
    record: str


class ForgottenResponse(Response):
    """The records that no export holds, because somebody asked to forget them."""

    records: tuple[ForgottenView, ...]


class ForgottenRequest(Request):
    """One record of the list, by its id there."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


@command("record_forget_plan")
def record_forget_plan(request: RecordRequest, _context: Context) -> ForgetPlanResponse:
    """Say what forgetting a record means; nothing is changed."""
    return ForgetPlanResponse(plan=_plan(open_data_folder(), request.record))


@command("record_forget", progress=TaskProgress)
def record_forget(request: ForgetRequest, context: Context) -> ForgetResponse:
    """Keep a record out of all exports, and make the datasets that hold it again."""
    engine = open_data_folder()
    plan = _plan(engine, request.record)
    if set(plan.records) != set(request.agreed):
        raise BadInputError("forget_plan_changed", record=request.record)
    done = forget(
        engine,
        plan,
        progress=reporting(context.report),
        cancel=context.cancelled,
        made=_remember,
        language=current_language(),
    )
    return ForgetResponse(forgetting=done)


@command("record_take_back")
def record_take_back(request: RecordRequest, _context: Context) -> TakenBackResponse:
    """Let the next exports hold a forgotten record again."""
    engine = open_data_folder()
    return TakenBackResponse(was_forgotten=take_back(engine, entry_of(engine, request.record)))


@command("forgotten_list")
def forgotten_list(_request: NoRequest, _context: Context) -> ForgottenResponse:
    """Return the records that were forgotten in the data folder."""
    return _forgotten(open_data_folder())


@command("forgotten_take_back")
def forgotten_take_back(request: ForgottenRequest, _context: Context) -> ForgottenResponse:
    """Let the next exports hold a record of the list again; return what is left on it."""
    engine = open_data_folder()
    take_back_entry(engine, request.id)
    return _forgotten(engine)


def _forgotten(engine: StorageEngine) -> ForgottenResponse:
    return ForgottenResponse(
        records=tuple(ForgottenView(id=each, record=name) for each, name in list_forgotten(engine))
    )


def _remember(holder: Holder, recipe: ExportRecipe, report: ExportReport) -> None:
    """List a dataset that was made again as the export that it is; the older report is history."""
    history.remember(Path(holder.root), recipe, report)


def _plan(engine: StorageEngine, record: str) -> ForgetPlan:
    return plan_forgetting(engine, record, datasets_made_of(engine.root))
