"""Commands of the *Compare* screen: a base and its adapter answer side by side."""

from itertools import islice
from pathlib import Path

from raise_finetune.commands.comparison_session import (
    ComparisonSession,
    close_comparison,
    close_session,
    current_session,
    new_session,
    open_session,
)
from raise_finetune.commands.comparison_wire import (
    AnswersSoFar,
    CompareCurrentResponse,
    CompareGenerateRequest,
    CompareGenerateResponse,
    CompareMarkRequest,
    CompareProgress,
    CompareStartRequest,
    CompareStartResponse,
    Exchange,
    HeldOutPrompt,
    PromptMessage,
)
from raise_finetune.commands.context import Context
from raise_finetune.commands.opening import open_domain
from raise_finetune.commands.registry import command
from raise_finetune.commands.trained_models import base_notices, convert_run
from raise_finetune.commands.wire import Done, NoRequest
from raise_finetune.dataset.exports.explanation import entries_of_first_rows, origin_of_prompt
from raise_finetune.dataset.verification.existing import LedgerEntry, open_dataset
from raise_finetune.errors import BadInputError
from raise_finetune.inference.comparison import SIDES, Answers, Loss, Side
from raise_finetune.inference.held_out import SPLIT, NoHeldOutRowsError, read_held_out
from raise_finetune.inference.marks import mark
from raise_finetune.inference.process import Sampling
from raise_finetune.paths import bases_home, runs_home
from raise_finetune.training.runs import Run, find_run

_ANSWER_ROOM = 1024  # tokens of context beyond what was trained on
_LOOKED_AT = 10  # rows for each that is to be offered: a dataset may have too long ones alone


@command("compare_start", progress=CompareProgress, only_reads=True)
def compare_start(request: CompareStartRequest, context: Context) -> CompareStartResponse:
    """Load a run's adapter beside its base, check that prompts fit, take the loss on both."""
    run = find_run(runs_home(), request.run)
    context.report(CompareProgress(stage="converting"))
    adapter = convert_run(run)
    config = run.config()
    base = _base_gguf(Path(config.model.base), request.base_gguf, context)
    context.report(CompareProgress(stage="loading"))
    session = new_session(run.name)
    try:
        session.cancel_with(context.cancelled)
        session.load(run, base, adapter, config.data.max_length + _ANSWER_ROOM)
        offered, too_long = _read_rows(session, run, request, context)
        loss = _loss(session, run, request, context)
        session.cancel_with(lambda: False)
    except BaseException:
        close_session(session)
        raise
    session.opened = CompareStartResponse(
        run=run.name,
        profile=session.comparer.profile.name,
        base_gguf=str(base),
        adapter_gguf=str(adapter),
        loss=loss,
        prompts=tuple(_prompt(session, number) for number in offered),
        too_long=too_long,
        context=session.comparer.context,
        notices=base_notices(run, Path(request.base_gguf or config.model.base), context),
    )
    return session.opened


@command("compare_current")
def compare_current(_request: NoRequest, _context: Context) -> CompareCurrentResponse:
    """Tell a page that is opened, or reloaded, which comparison is open already."""
    session = current_session()
    if session is None:
        return CompareCurrentResponse()
    return CompareCurrentResponse(opened=session.opened, exchange=session.exchange)


@command("compare_generate", progress=AnswersSoFar, only_reads=True)
def compare_generate(request: CompareGenerateRequest, context: Context) -> CompareGenerateResponse:
    """Have both sides answer, one after the other, piece by piece."""
    session = open_session(request.run)
    sampling = Sampling(request.max_tokens, request.temperature, request.seed)
    texts: dict[Side, str] = dict.fromkeys(SIDES, "")
    with session.asked_by(context) as comparer:
        session.exchange = None
        prompt, row = session.prompt(request.row, request.question)
        for side in SIDES:
            for piece in comparer.answer(prompt, sampling, side):
                texts[side] += piece
                context.report(
                    AnswersSoFar(side=side, base=texts["base"], adapter=texts["adapter"])
                )
        answers = Answers(
            prompt=prompt,
            base=texts["base"].strip(),
            adapter=texts["adapter"].strip(),
            row=request.row,
            expected="" if row is None else comparer.expected(row),
        )
        session.exchange = Exchange(row=request.row, question=request.question, answers=answers)
    return CompareGenerateResponse(answers=answers)


@command("compare_mark")
def compare_mark(request: CompareMarkRequest, _context: Context) -> Done:
    """Say which answer is better: it becomes ratings, which the next export takes."""
    session = open_session(request.run)
    messages = session.messages(request.row, request.question)
    engine = open_domain().engine
    entry = None if request.row is None else session.entries.get(request.row)
    origin = "" if entry is None else origin_of_prompt(engine, entry)
    mark(engine, messages, request.base, request.adapter, request.winner, origin)
    session.remember_mark(request.base, request.adapter, request.winner)
    return Done()


@command("compare_stop")
def compare_stop(_request: NoRequest, _context: Context) -> Done:
    """Close the comparison and free its memory."""
    close_comparison()
    return Done()


def _base_gguf(folder: Path, chosen: str | None, context: Context) -> Path:
    from raise_finetune.inference.bases import make_base_gguf

    def report(done: int, total: int) -> None:
        context.raise_if_cancelled()
        context.report(CompareProgress(stage="converting", done=done, total=total))

    return make_base_gguf(folder, bases_home(), report) if chosen is None else Path(chosen)


def _read_rows(
    session: ComparisonSession, run: Run, request: CompareStartRequest, context: Context
) -> tuple[list[int], int]:
    """Read the validation rows that are offered or scored, if the dataset still has some.

    Return the numbers of those that are offered, and how many were too long to be.
    """
    dataset = Path(run.config().data.dataset)
    if not dataset.is_dir():
        return [], 0
    try:
        rows = read_held_out(dataset, session.comparer.profile)
    except NoHeldOutRowsError:
        return [], 0
    offered: list[int] = []
    looked_at = 0
    for row in islice(rows, max(request.rows * _LOOKED_AT, request.score_rows)):
        context.raise_if_cancelled()
        is_wanted = len(offered) < request.rows
        if not is_wanted and len(session.rows) >= request.score_rows:
            break
        session.rows[row.number] = row
        if is_wanted:
            looked_at += 1
            if session.comparer.can_ask(row.prompt):
                offered.append(row.number)
    # With the rows: an export may put others in their place while they are compared.
    session.entries.update(_entries(dataset, len(session.rows)))
    return offered, looked_at - len(offered)


def _loss(
    session: ComparisonSession, run: Run, request: CompareStartRequest, context: Context
) -> Loss | None:
    """Take the loss on the first of the rows that were read."""
    scored = list(session.rows.values())[: request.score_rows]

    def report(done: int) -> None:
        context.report(CompareProgress(stage="scoring", done=done, total=len(scored)))

    report(0)
    if not scored:
        return None
    return session.comparer.loss(scored, report, section=run.config().data)


def _entries(dataset: Path, rows: int) -> dict[int, LedgerEntry]:
    """Return by their numbers what the dataset's ledger says of its first rows, if it is there."""
    try:
        entries = entries_of_first_rows(open_dataset(dataset), SPLIT, rows)
    except BadInputError:
        return {}
    return {index + 1: entry for index, entry in entries.items()}


def _prompt(session: ComparisonSession, number: int) -> HeldOutPrompt:
    messages = session.messages(number, "")
    return HeldOutPrompt(
        row=number,
        messages=tuple(PromptMessage(role=role, content=text) for role, text in messages),
        expected=session.comparer.expected(session.rows[number]),
    )
