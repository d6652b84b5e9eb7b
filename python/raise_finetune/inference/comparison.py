"""A base against the base with its adapter: the loss on held-out rows, and answers side by side."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.inference.held_out import HeldOutRow
from raise_finetune.inference.process import Inference, Sampling
from raise_finetune.training.config import Overlong
from raise_finetune.training.rows import shortened_prompts

Side = Literal["base", "adapter"]
SIDES: tuple[Side, Side] = ("base", "adapter")


@dataclass(frozen=True, slots=True)
class ComparedModels:
    """A base and an adapter, as GGUF files, and how to load them; see ``messages.Load``.

    Prompts are compared by their ids with those in ``parity``, which the training has recorded, or
    with those of the tokenizer in ``base_model``, the folder that was trained on. ``profile`` names
    the one of an adapter that does not name it itself.
    """

    base: Path
    adapter: Path
    context: int
    parity: Path | None = None
    base_model: Path | None = None
    profile: str | None = None
    threads: int | None = None
    exact: bool = False


class Loss(ReportModel):
    """The mean of −log p over all tokens of the answers, in nats; lower is better.

    ``trimmed`` rows were read without the oldest exchanges of their context, ``skipped`` ones were
    too long all the same.
    """

    rows: int
    trimmed: int
    skipped: int
    tokens: int
    base: float
    adapter: float


class Answers(ReportModel):
    """Both answers to one prompt; ``row`` and ``expected`` where it is a held-out row."""

    prompt: str
    base: str
    adapter: str
    row: int | None = None
    expected: str = ""


class Comparison(ReportModel):
    """What a comparison found; ``loss`` is None where no rows were scored."""

    base: str
    adapter: str
    profile: str
    loss: Loss | None
    answers: tuple[Answers, ...]


class _Read(NamedTuple):
    """A row's ids, as training reads it: of its prompt, perhaps a shorter one, and its answer."""

    prompt: list[int]
    answer: list[int]
    is_trimmed: bool = False

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.answer)


@dataclass(frozen=True, slots=True)
class Comparer:
    """Asks both sides the same; ``context`` is the longest text in tokens."""

    inference: Inference
    profile: TextProfile
    context: int

    def loss(
        self,
        rows: Sequence[HeldOutRow],
        on_row: Callable[[int], None] = lambda _: None,
        *,
        longest: int | None = None,
        overlong: Overlong = "trim",
    ) -> Loss | None:
        """Return the loss of both sides on the answers of the rows; None where none fits.

        ``on_row`` is told how many rows are done. What becomes of one of more than ``longest``
        tokens (else than the context has) is what becomes of it in a training, see
        ``training.rows``.
        """
        sums: dict[Side, float] = dict.fromkeys(SIDES, 0.0)
        scored = trimmed = tokens = 0
        for done, row in enumerate(rows, 1):
            read = self._read(row, min(longest or self.context, self.context), overlong)
            if read is not None:
                scored += 1
                trimmed += read.is_trimmed
                tokens += len(read.answer)
                for side in SIDES:
                    is_adapter = side == "adapter"
                    scores = self.inference.score(read.prompt, read.answer, adapter=is_adapter)
                    sums[side] -= sum(score.logprob for score in scores)
            on_row(done)
        if not scored:
            return None
        return Loss(
            rows=scored,
            trimmed=trimmed,
            skipped=len(rows) - scored,
            tokens=tokens,
            base=sums["base"] / tokens,
            adapter=sums["adapter"] / tokens,
        )

    def answer(self, prompt: str, sampling: Sampling, side: Side) -> Generator[str]:
        """Yield one side's answer piece by piece."""
        ids = self.inference.tokenize(prompt)
        eos = self.inference.tokenize(self.profile.special_tokens.eos)
        pieces = self.inference.generate(
            ids, sampling, adapter=side == "adapter", stop_ids=eos if len(eos) == 1 else ()
        )
        for piece in pieces:
            yield piece.text

    def answers(self, prompt: str, sampling: Sampling, row: HeldOutRow | None = None) -> Answers:
        """Return both sides' whole answers."""
        base, adapter = ("".join(self.answer(prompt, sampling, side)).strip() for side in SIDES)
        return Answers(
            prompt=prompt,
            base=base,
            adapter=adapter,
            row=None if row is None else row.number,
            expected="" if row is None else self.expected(row),
        )

    def expected(self, row: HeldOutRow) -> str:
        """Return a row's answer as people read it."""
        return row.answer.removesuffix(self.profile.special_tokens.eos).strip()

    def _read(self, row: HeldOutRow, longest: int, overlong: Overlong) -> _Read | None:
        """Return a row's ids as a training would have them; None where it leaves the row out."""
        read = self._encode(row.prompt, row.answer)
        if read.length <= longest:
            return read
        if overlong == "cut":
            answer = read.answer[: max(longest - len(read.prompt), 0)]
            return read._replace(answer=answer) if answer else None
        if overlong == "drop" or not row.is_trimmable:
            return None
        shorter = shortened_prompts(row.prompt, self.profile)
        tried = (self._encode(prompt, row.answer) for prompt in shorter)
        fits = next((each for each in tried if each.length <= longest), None)
        return None if fits is None else fits._replace(is_trimmed=True)

    def _encode(self, prompt: str, answer: str) -> _Read:
        """Return the ids of a prompt and its answer.

        As in training, a token that reaches over the answer's begin belongs to the answer.
        """
        ids = self.inference.tokenize(prompt + answer)
        asked = self.inference.tokenize(prompt)
        pairs = enumerate(zip(asked, ids, strict=False))
        start = next((index for index, (one, other) in pairs if one != other), len(asked))
        return _Read(ids[:start], ids[start:])
