"""A row as tokens: which of them are trained, masked or cut off."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from raise_finetune.dataset.prompts.text import TextProfile, joined
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.tokens.tokenizer import Tokenizer

TokenState = Literal["trained", "masked", "truncated"]


class TokenView(ReportModel):
    """One token of a row. ``masked`` ones belong to prompts, if a trainer leaves those out."""

    id: int
    piece: str
    control: bool
    state: TokenState


def preview_tokens(
    profile: TextProfile, tokenizer: Tokenizer, messages: Sequence[Message], max_length: int
) -> list[TokenView]:
    """Return the tokens of the line, in order."""
    control_ids = set(tokenizer.control_ids.values())
    borders = _borders(profile, tokenizer, messages)
    views: list[TokenView] = []
    for index, token in enumerate(tokenizer.encode_line(profile.line(messages))):
        trained = bisect_right(borders, index) % 2 == 1
        views.append(
            TokenView(
                id=token,
                piece=tokenizer.piece(token),
                control=token in control_ids,
                state="truncated" if index >= max_length else "trained" if trained else "masked",
            )
        )
    return views


def _borders(profile: TextProfile, tokenizer: Tokenizer, messages: Sequence[Message]) -> list[int]:
    """Return where masked tokens give way to trained ones, where those end, and so on.

    Found as trainers do: by tokenizing the line as far as each border.
    """
    borders: list[int] = []
    text = ""
    for _, parts in groupby(profile.parts(messages), key=lambda part: part.trained):
        text += joined(list(parts))
        borders.append(len(tokenizer.encode_line(text)))
    return borders
