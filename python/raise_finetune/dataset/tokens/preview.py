"""A row as tokens: which of them are trained, masked or cut off."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Literal

from raise_finetune.dataset.prompts.text import TextProfile, joined, last_answer
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
    profile: TextProfile,
    tokenizer: Tokenizer,
    messages: Sequence[Message],
    max_length: int,
    *,
    whole: bool = False,
) -> list[TokenView]:
    """Return the tokens of the line, in order.

    Of a ``whole`` conversation all answers are trained, else the last one: the rest is its context.
    """
    control_ids = set(tokenizer.control_ids.values())
    borders = _borders(profile, tokenizer, messages, whole=whole)
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


def _borders(
    profile: TextProfile, tokenizer: Tokenizer, messages: Sequence[Message], *, whole: bool
) -> list[int]:
    """Return where masked tokens give way to trained ones, where those end, and so on.

    Found as trainers do: by tokenizing the line as far as each border.
    """
    borders: list[int] = []
    parts = profile.parts(messages)
    first = 0 if whole else last_answer(parts)[0]
    trained = [part.trained and index >= first for index, part in enumerate(parts)]
    text = ""
    for _, group in groupby(zip(trained, parts, strict=True), key=itemgetter(0)):
        text += joined([part for _, part in group])
        borders.append(len(tokenizer.encode_line(text)))
    return borders
