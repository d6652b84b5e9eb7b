"""Commands of the *Compare* screen: a base and its adapter answer side by side."""

from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from raise_finetune.commands.comparison_session import (
    ComparisonSession,
    close_comparison,
    close_session,
    new_session,
    open_session,
)
from raise_finetune.commands.context import Context
from raise_finetune.commands.models import (
    Done,
    LongRequest,
    NoRequest,
    Progress,
    Request,
    Response,
    WireModel,
)
from raise_finetune.commands.opening import open_domain
from raise_finetune.commands.registry import command
from raise_finetune.commands.trained_models import base_notices, convert_run
from raise_finetune.dataset.exports.explanation import entries_of_first_rows, origin_of_prompt
from raise_finetune.dataset.records import Role
from raise_finetune.dataset.verification.existing import LedgerEntry, open_dataset
from raise_finetune.errors import BadInputError
from raise_finetune.inference.comparison import SIDES, Answers, Loss, Side
from raise_finetune.inference.held_out import SPLIT, read_held_out
from raise_finetune.inference.marks import Winner, mark
from raise_finetune.inference.process import Sampling
from raise_finetune.paths import bases_home, runs_home
from raise_finetune.training.runs import Run, RunName, find_run

_ANSWER_ROOM = 1024  # tokens of context beyond what was trained on
_LOOKED_AT = 10  # rows for each that is to be offered: a dataset may have too long ones alone


class CompareStartRequest(LongRequest):
    """Which run; ``base_gguf`` is a GGUF file of its base, made from its folder where None.

    The loss is taken on the first ``score_rows`` validation rows, and the first ``rows`` that the
    context has room for are offered.
    """

    run: RunName
    base_gguf: str | None = None
    score_rows: Annotated[int, Field(ge=0, le=10_000)] = 20
    rows: Annotated[int, Field(ge=0, le=1000)] = 50


class CompareProgress(Progress):
    """What is being done: ``done`` and ``total`` count tensors, then rows of the loss."""

    stage: Literal["converting", "loading", "scoring"]
    done: int = 0
    total: int = 0


class PromptMessage(WireModel):
    """One message of a prompt, as a person wrote it."""

    role: Role
    content: str


class HeldOutPrompt(WireModel):
    """A validation row: what is asked, and the answer that the dataset holds."""

    row: int
    messages: tuple[PromptMessage, ...]
    expected: str


class CompareStartResponse(Response):
    """The comparison is open. ``loss`` is None where the dataset is gone or no row was scored.

    ``too_long`` counts the questions that were passed over for ``prompts`` because ``context``, in
    tokens, has no room for them.
    ``notices`` are things to know before believing it, in the user's language.
    """

    run: str
    profile: str
    base_gguf: str
    adapter_gguf: str
    loss: Loss | None
    prompts: tuple[HeldOutPrompt, ...]
    too_long: int
    context: int
    notices: tuple[str, ...]


class CompareGenerateRequest(LongRequest):
    """What both sides are asked: a held-out row, or a question of one's own."""

    run: RunName
    row: int | None = None
    question: Annotated[str, Field(max_length=100_000)] = ""
    max_tokens: Annotated[int, Field(ge=1, le=8192)] = 256
    temperature: Annotated[float, Field(ge=0, le=2)] = 0.0
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 42


class AnswersSoFar(Progress):
    """Both answers as far as they are written, and whose turn it is."""

    side: Side
    base: str
    adapter: str


class CompareGenerateResponse(Response):
    """Both answers."""

    answers: Answers


class CompareMarkRequest(Request):
    """Which of two answers is better; None takes back what was said."""

    run: RunName
    row: int | None = None
    question: Annotated[str, Field(max_length=100_000)] = ""
    base: str
    adapter: str
    winner: Winner | None


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
    comparer = session.comparer
    return CompareStartResponse(
        run=run.name,
        profile=comparer.profile.name,
        base_gguf=str(base),
        adapter_gguf=str(adapter),
        loss=loss,
        prompts=tuple(_prompt(session, number) for number in offered),
        too_long=too_long,
        context=comparer.context,
        notices=base_notices(run, Path(request.base_gguf or config.model.base), context),
    )


@command("compare_generate", progress=AnswersSoFar, only_reads=True)
def compare_generate(request: CompareGenerateRequest, context: Context) -> CompareGenerateResponse:
    """Have both sides answer, one after the other, piece by piece."""
    session = open_session(request.run)
    sampling = Sampling(request.max_tokens, request.temperature, request.seed)
    texts: dict[Side, str] = dict.fromkeys(SIDES, "")
    with session.asked_by(context) as comparer:
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
    except BadInputError as error:
        if error.code != "compare_no_validation":
            raise
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
