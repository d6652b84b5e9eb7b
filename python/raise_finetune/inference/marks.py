"""Which answer is better, said by a person: it becomes ratings, and so feeds the next export."""

from collections.abc import Sequence
from typing import Literal

from raise_finetune.dataset.records import HIGHEST_RATING, LOWEST_RATING, Message
from raise_finetune.dataset.sources.judgements import Judgement, rate_generated, unrate_generated
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine

Winner = Literal["base", "adapter", "both", "neither"]

TAG = "comparison"
_GOOD: dict[Winner, tuple[bool, bool]] = {
    "base": (True, False),
    "adapter": (False, True),
    "both": (True, True),
    "neither": (False, False),
}


def mark(
    engine: StorageEngine,
    messages: Sequence[Message],
    base: str,
    adapter: str,
    winner: Winner | None,
    origin: str = "",
) -> None:
    """Rate both answers to the messages: 5 stars for a good one, 1 for another; None takes it back.

    The next export takes the good ones; one good and one bad answer are a preference pair.
    ``origin`` is the record that the messages were taken from, if it is known.

    Raises ``BadInputError`` where one of two equal answers is said to be better.
    """
    if winner is None:
        for answer in (base, adapter):
            unrate_generated(engine, messages, answer)
        return
    if base == adapter and winner in ("base", "adapter"):
        raise BadInputError("compare_same_answers")
    for answer, good in zip((base, adapter), _GOOD[winner], strict=True):
        rating = HIGHEST_RATING if good else LOWEST_RATING
        rate_generated(engine, messages, answer, Judgement(rating, tags=(TAG,)), origin)
