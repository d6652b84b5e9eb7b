"""A base against the base with its adapter: the loss on held-out rows, and answers side by side."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.inference.held_out import HeldOutRow
from raise_finetune.inference.process import Inference, Sampling
from raise_finetune.training.config import DataSection
from raise_finetune.training.rows import EncodedRow, common_prefix, is_kept, trimmed_to_fit

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
    """What a comparison found; ``loss`` is None where no rows were scored.

    ``left_out`` are the rows without an answer, since their prompts are longer than the context.
    """

    base: str
    adapter: str
    profile: str
    loss: Loss | None
    answers: tuple[Answers, ...]
    left_out: tuple[int, ...]


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
        section: DataSection | None = None,
    ) -> Loss | None:
        """Return the loss of both sides on the answers of the rows; None where none fits.

        ``on_row`` is told how many rows are done. What becomes of one that is too long is what a
        training by ``section`` makes of it; without one, rows may be as long as the context.
        """
        section = self._within_context(section)
        sums: dict[Side, float] = dict.fromkeys(SIDES, 0.0)
        scored = trimmed = tokens = 0
        for done, row in enumerate(rows, 1):
            read = self._read(row, section)
            if is_kept(read, section):
                prompt = read.prompt_ids
                answer = read.ids[len(prompt) : section.max_length]
                scored += 1
                trimmed += read.is_trimmed
                tokens += len(answer)
                for side in SIDES:
                    scores = self.inference.score(prompt, answer, adapter=side == "adapter")
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
        """Yield one side's answer piece by piece; raises ``PromptTooLongError``."""
        ids = self.inference.tokenize(prompt)
        eos = self.inference.tokenize(self.profile.special_tokens.eos)
        pieces = self.inference.generate(
            ids, sampling, adapter=side == "adapter", stop_ids=eos if len(eos) == 1 else ()
        )
        for piece in pieces:
            yield piece.text

    def answers(self, prompt: str, sampling: Sampling, row: HeldOutRow | None = None) -> Answers:
        """Return both sides' whole answers; raises ``PromptTooLongError``."""
        base, adapter = ("".join(self.answer(prompt, sampling, side)).strip() for side in SIDES)
        return Answers(
            prompt=prompt,
            base=base,
            adapter=adapter,
            row=None if row is None else row.number,
            expected="" if row is None else self.expected(row),
        )

    def can_ask(self, prompt: str) -> bool:
        """Tell whether the context has room for a prompt and something of an answer."""
        return len(self.inference.tokenize(prompt)) < self.context

    def expected(self, row: HeldOutRow) -> str:
        """Return a row's answer as people read it."""
        return row.answer.removesuffix(self.profile.special_tokens.eos).strip()

    def _within_context(self, section: DataSection | None) -> DataSection:
        """Return how rows are read that have to fit into the context; their answers are scored."""
        longest = self.context if section is None else min(section.max_length, self.context)
        changes = {"max_length": longest, "train_on": "answers"}
        return (section or DataSection()).model_copy(update=changes)

    def _read(self, row: HeldOutRow, section: DataSection) -> EncodedRow:
        """Return a row's ids as a training would have them."""
        read = self._encode(row, row.prompt)
        if not row.is_trimmable:
            return read
        return trimmed_to_fit(read, self.profile, section, partial(self._encode, row))

    def _encode(self, row: HeldOutRow, prompt: str) -> EncodedRow:
        """Return the ids of a prompt and the row's answer.

        As in training, a token that reaches over the answer's begin belongs to the answer.
        """
        ids = self.inference.tokenize(prompt + row.answer)
        start = common_prefix(self.inference.tokenize(prompt), ids)
        return EncodedRow(row.number, ids, [(start, len(ids))], prompt)
