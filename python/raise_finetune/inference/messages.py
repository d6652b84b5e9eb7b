"""What the application and the inference process say to each other: one JSON object a line.

The application asks one thing at a time and reads until its answer is complete. ``Cancel`` may
come at any moment and ends what is running.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from raise_finetune.json_lines import Line


class Load(Line):
    """Load a base and perhaps an adapter; answered by ``Ready`` or ``Failed``.

    ``context`` is in tokens. Without ``threads``, ``OMP_NUM_THREADS`` decides, as for other native
    libraries, else half of the processors. ``exact`` keeps keys and values as float32 and leaves
    out shortcuts: for comparing numbers with another program's.
    """

    op: Literal["load"] = "load"
    base: str
    adapter: str | None = None
    context: int
    threads: int | None = None
    exact: bool = False


class Tokenize(Line):
    """Tell the ids of a text, control strings read as control tokens; answered by ``Ids``."""

    op: Literal["tokenize"] = "tokenize"
    text: str


class Generate(Line):
    """Go on after ``ids``; answered by ``Piece`` messages and one ``Finished``.

    ``adapter`` says whether the adapter takes part. A token of ``stop_ids`` ends the answer.
    Temperature 0 always takes the likeliest token.
    """

    op: Literal["generate"] = "generate"
    ids: tuple[int, ...]
    adapter: bool
    max_tokens: int
    temperature: float
    seed: int
    stop_ids: tuple[int, ...]


class Score(Line):
    """Tell how likely ``answer`` is after ``ids``, token by token; answered by ``Scores``."""

    op: Literal["score"] = "score"
    ids: tuple[int, ...]
    answer: tuple[int, ...]
    adapter: bool


class Cancel(Line):
    """End what is running; answered by its usual last message."""

    op: Literal["cancel"] = "cancel"


class Ready(Line):
    """The models are loaded."""

    event: Literal["ready"] = "ready"


class Ids(Line):
    """The ids of a text."""

    event: Literal["ids"] = "ids"
    ids: tuple[int, ...]


class Piece(Line):
    """A piece of the answer: usually one token, more where only together they are a character."""

    event: Literal["piece"] = "piece"
    text: str


class Finished(Line):
    """The answer is complete, as long as it may be, or was cancelled."""

    event: Literal["finished"] = "finished"
    reason: Literal["stop", "length", "cancelled"]


class TokenScore(Line):
    """The natural logarithm of a token's probability, and the token that was the likeliest."""

    logprob: float
    likeliest: int


class Scores(Line):
    """One score for each token of the answer; fewer when cancelled."""

    event: Literal["scores"] = "scores"
    tokens: tuple[TokenScore, ...]


class Failed(Line):
    """It could not be done; ``code`` names the error of the catalogues."""

    event: Literal["failed"] = "failed"
    code: Literal["base_unloadable", "inference_failed"]
    reason: str


class TooLong(Line):
    """The prompt has so many ``tokens``, and the model reads ``context`` of them at most."""

    event: Literal["too_long"] = "too_long"
    tokens: int
    context: int


Request = Annotated[Load | Tokenize | Generate | Score | Cancel, Field(discriminator="op")]
Event = Annotated[
    Ready | Ids | Piece | Finished | Scores | Failed | TooLong, Field(discriminator="event")
]

REQUEST: TypeAdapter[Load | Tokenize | Generate | Score | Cancel] = TypeAdapter(Request)
EVENT: TypeAdapter[Ready | Ids | Piece | Finished | Scores | Failed | TooLong] = TypeAdapter(Event)
