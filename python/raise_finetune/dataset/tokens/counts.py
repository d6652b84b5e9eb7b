"""How long rows are in tokens, and what a trainer's ``max_length`` would cut off."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from raise_finetune.dataset.prompts.text import TextProfile, joined, last_answer
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.tokens.tokenizer import Tokenizer

# Tokens of a row; the last bar takes all that is longer.
TOKEN_EDGES = (0, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
PERCENTILES = (50, 90, 95, 99)
NAMED_CUTS = 50

# A row that seems to be longer than this share of the limit is counted exactly: an estimate is
# off by 16 % for one row in twenty, and by more where a text is no prose.
_NEAR = 0.5
_FIRST_ROWS = 256


class TokenBar(ReportModel):
    """How many rows have at least ``at_least`` tokens and fewer than the next bar."""

    at_least: int
    rows: int


class CutRow(ReportModel):
    """A row that is too long; ``lost`` when nothing of its last answer is left."""

    record: str
    tokens: int
    lost: bool


class TokenCounts(ReportModel):
    """The lengths of some rows, of which ``counted`` were counted and the others estimated.

    Trainers cut at the end: a row of more than ``max_length`` tokens is in ``cut_rows``, one
    whose last answer loses its end (and so its EOS) in ``cut_answers``, one whose last answer
    is gone in ``lost_answers``. ``cut`` names the first fifty that lose something of it.
    ``percentiles`` maps "50", "90", … to the length that so many rows in a hundred do not exceed.
    """

    rows: int
    counted: int
    tokens: int
    longest: int
    percentiles: dict[str, int]
    bars: tuple[TokenBar, ...]
    max_length: int
    cut_rows: int
    cut_answers: int
    lost_answers: int
    cut: tuple[CutRow, ...]


class TokenCounter:
    """Counts row by row: all of them, or a sample and those that come near the limit.

    The others are estimated from their characters, by the ratio that the sample has. The sample
    is every row at first, then ever fewer: about 2,000 of a million. It depends on the order of
    the rows alone.
    """

    def __init__(
        self, profile: TextProfile, tokenizer: Tokenizer, max_length: int, *, all_exactly: bool
    ) -> None:
        self._profile, self._tokenizer = profile, tokenizer
        self._max_length, self._all_exactly = max_length, all_exactly
        self._rows = 0
        self._counted = array("Q")
        self._estimated = array("Q")  # in characters
        self._sampled_tokens = self._sampled_characters = 0
        self._cut_rows = self._cut_answers = self._lost_answers = 0
        self._cut: list[CutRow] = []

    def add(self, record: str, messages: Sequence[Message]) -> bool:
        """Count a row; return whether it belongs to the sample."""
        line = self._profile.line(messages)
        every = max(1, self._rows // _FIRST_ROWS)
        in_sample = self._rows % every == 0
        self._rows += 1
        if in_sample or self._all_exactly or len(line) * self._ratio > self._max_length * _NEAR:
            tokens = len(self._tokenizer.encode_line(line))
            self._counted.append(tokens)
            if in_sample:  # each stands for ``every`` rows
                self._sampled_tokens += tokens * every
                self._sampled_characters += len(line) * every
            if tokens > self._max_length:
                self._note_cut(record, messages, tokens)
        else:
            self._estimated.append(len(line))
        return in_sample

    def counts(self) -> TokenCounts:
        """Return what was counted so far."""
        estimates = [round(characters * self._ratio) for characters in self._estimated]
        lengths = sorted([*self._counted, *estimates])
        bars = [0] * len(TOKEN_EDGES)
        for length in lengths:
            bars[bisect_right(TOKEN_EDGES, length) - 1] += 1
        return TokenCounts(
            rows=self._rows,
            counted=len(self._counted),
            tokens=sum(lengths),
            longest=lengths[-1] if lengths else 0,
            percentiles={str(share): _percentile(lengths, share) for share in PERCENTILES},
            bars=tuple(
                TokenBar(at_least=edge, rows=rows)
                for edge, rows in zip(TOKEN_EDGES, bars, strict=True)
            ),
            max_length=self._max_length,
            cut_rows=self._cut_rows,
            cut_answers=self._cut_answers,
            lost_answers=self._lost_answers,
            cut=tuple(self._cut),
        )

    @property
    def _ratio(self) -> float:
        """Tokens to a character."""
        return self._sampled_tokens / max(1, self._sampled_characters)

    def _note_cut(self, record: str, messages: Sequence[Message], tokens: int) -> None:
        self._cut_rows += 1
        start, end = answer_span(self._profile, self._tokenizer, messages)
        if end <= self._max_length:
            return
        lost = start >= self._max_length
        self._cut_answers += 1
        self._lost_answers += lost
        if len(self._cut) < NAMED_CUTS:
            self._cut.append(CutRow(record=record, tokens=tokens, lost=lost))


def answer_span(
    profile: TextProfile, tokenizer: Tokenizer, messages: Sequence[Message]
) -> tuple[int, int]:
    """Return the tokens where the last answer begins and ends, its EOS included."""
    parts = profile.parts(messages)
    start, end = last_answer(parts)
    return (
        len(tokenizer.encode_line(joined(parts[:start]))),
        len(tokenizer.encode_line(joined(parts[:end]))),
    )


def _percentile(lengths: Sequence[int], share: int) -> int:
    """Return the smallest length that ``share`` in a hundred rows do not exceed."""
    return lengths[-(-len(lengths) * share // 100) - 1] if lengths else 0
