"""How long rows are in tokens, and what a trainer's ``max_length`` would cut off."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from raise_finetune.dataset.prompts.text import TextProfile, joined, last_answer
from raise_finetune.dataset.records import Example, Message
from raise_finetune.dataset.report import ReportModel
from raise_finetune.dataset.tokens.tokenizer import Tokenizer

# Tokens of a row; the last bar takes all that is longer.
TOKEN_EDGES = (0, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
NAMED_CUTS = 50


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
    """The lengths of some rows.

    Trainers cut at the end: a row of more than ``max_length`` tokens is in ``cut_rows``, one
    whose last answer loses its end (and so its EOS) in ``cut_answers``, one whose last answer
    is gone in ``lost_answers``. ``cut`` names the first fifty that lose something of it.
    """

    rows: int
    tokens: int
    longest: int
    bars: tuple[TokenBar, ...]
    max_length: int
    cut_rows: int
    cut_answers: int
    lost_answers: int
    cut: tuple[CutRow, ...]


def count_tokens(
    profile: TextProfile, tokenizer: Tokenizer, examples: Iterable[Example], max_length: int
) -> TokenCounts:
    """Count the tokens of every example's line."""
    bars = [0] * len(TOKEN_EDGES)
    total = longest = cut_rows = 0
    cut: list[CutRow] = []
    for example in examples:
        tokens = len(tokenizer.encode_line(profile.line(example.messages)))
        bars[bisect_right(TOKEN_EDGES, tokens) - 1] += 1
        total += tokens
        longest = max(longest, tokens)
        if tokens > max_length:
            cut_rows += 1
            start, end = answer_span(profile, tokenizer, example.messages)
            if end > max_length:
                lost = start >= max_length
                cut.append(CutRow(record=example.record, tokens=tokens, lost=lost))
    return TokenCounts(
        rows=sum(bars),
        tokens=total,
        longest=longest,
        bars=tuple(
            TokenBar(at_least=edge, rows=rows) for edge, rows in zip(TOKEN_EDGES, bars, strict=True)
        ),
        max_length=max_length,
        cut_rows=cut_rows,
        cut_answers=len(cut),
        lost_answers=sum(row.lost for row in cut),
        cut=tuple(cut[:NAMED_CUTS]),
    )


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
