"""What the commands of the *Compare* screen are asked, and what they answer."""

from typing import Annotated, Literal

from pydantic import Field

from raise_finetune.commands.wire import LongRequest, Progress, Request, Response, WireModel
from raise_finetune.dataset.records import Role
from raise_finetune.inference.comparison import Answers, Loss, Side
from raise_finetune.inference.marks import Winner
from raise_finetune.training.runs import RunName


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


class Exchange(WireModel):
    """What was asked last, what both sides answered, and which answer was said to be better."""

    row: int | None
    question: str
    answers: Answers
    winner: Winner | None = None


class CompareCurrentResponse(Response):
    """The comparison that is open, and what it was asked last; None each where there is none."""

    opened: CompareStartResponse | None = None
    exchange: Exchange | None = None
