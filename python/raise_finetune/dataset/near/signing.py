"""Texts → what they are compared by: all that the index keeps of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from raise_finetune.dataset.near.bands import Signatures, sign
from raise_finetune.dataset.near.shingles import ROW_SHIFT, QuestionAnswer, shingles
from raise_finetune.dataset.records import Example

# Fewer would cost more for each call into compiled code, more would leave the processor's cache.
_ROWS_AT_ONCE = 64


class Signed(NamedTuple):
    """What some texts are compared by, one text after another."""

    sizes: NDArray[np.uint32]  # (rows,): how many shingles each has
    shingles: NDArray[np.uint32]  # those of each row, sorted
    signatures: Signatures


def sign_texts(pairs: Sequence[QuestionAnswer]) -> Signed:
    """Return what texts are compared by."""
    parts = [
        _sign_part(pairs[start : start + _ROWS_AT_ONCE])
        for start in range(0, len(pairs), _ROWS_AT_ONCE)
    ]
    return Signed(
        np.concatenate([part.sizes for part in parts]),
        np.concatenate([part.shingles for part in parts]),
        Signatures(
            np.concatenate([part.signatures.band_keys for part in parts], axis=1),
            np.concatenate([part.signatures.sketches for part in parts]),
        ),
    )


def _sign_part(pairs: Sequence[QuestionAnswer]) -> Signed:
    found = shingles(pairs)
    rows = (found >> ROW_SHIFT).astype(np.int64)
    sizes = np.bincount(rows, minlength=len(pairs)).astype(np.uint32)
    return Signed(sizes, found.astype(np.uint32), sign(found, len(pairs)))


def compared_texts(example: Example, *, whole: bool) -> QuestionAnswer:
    """Return what an example is compared by.

    That is its last question and the answer to learn, and the one to avoid: the context alone
    makes no row a copy of another. With ``whole``, all its questions and all its answers.
    """
    question, answer = example.exchange(whole=whole)
    if example.paired:
        answer = f"{example.messages[-2].content}\n{answer}"
    return question, answer
