"""Is a profile exact for a tokenizer? Compared by ids, never by the look of the text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.prompts.text import TextProfile, joined, last_answer
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.tokens.reference import reference_ids
from raise_finetune.dataset.tokens.tokenizer import Tokenizer

TokenProblem = Literal[
    "double_bos", "missing_bos", "missing_eos", "unknown_control_token", "control_in_content"
]

SHOWN_DIFFERENCES = 20
_SHOWN_TOKENS = 16  # of each; one can go on for a whole text
_SAID_TOKENS = 8


class TokenPiece(ReportModel):
    """One token."""

    id: int
    piece: str


def pieces_shown(pieces: Sequence[TokenPiece]) -> str:
    """Return the first tokens of a difference as people are told them."""
    return " ".join(repr(piece.piece) for piece in pieces[:_SAID_TOKENS]) or "—"


class TokenDifference(ReportModel):
    """Where a line's tokens, from ``position`` on, are not what the model's encoder gives."""

    record: str
    position: int
    found: tuple[TokenPiece, ...]
    expected: tuple[TokenPiece, ...]


class TokenCheck(ReportModel):
    """What the check of some rows found.

    ``reference`` is the profile that says what is right: the tokenizer's own where it is known,
    else the checked one. ``problems`` counts rows. ``differences`` are the first ones.
    ``trainer_adds_bos`` warns of a second BOS in trainers that let the tokenizer add special
    tokens to a finished text.
    """

    profile: str
    tokenizer: str
    reference: str
    rows: int
    exact_rows: int
    problems: dict[TokenProblem, int]
    differences: tuple[TokenDifference, ...]
    trainer_adds_bos: bool

    @property
    def exact(self) -> bool:
        """Tell whether every row has exactly the ids that it should."""
        return self.exact_rows == self.rows


class TokenChecker:
    """Compares row by row the ids of the line with ids assembled role by role."""

    def __init__(self, profile: TextProfile, tokenizer: Tokenizer) -> None:
        self._profile, self._tokenizer = profile, tokenizer
        self._reference = get_text_profile(tokenizer.profile) if tokenizer.profile else profile
        self._rows = self._exact_rows = 0
        self._problems: Counter[TokenProblem] = Counter()
        self._found: list[TokenDifference] = []

    def add(self, record: str, messages: Sequence[Message]) -> None:
        """Check a row."""
        found = self._tokenizer.encode_line(self._profile.line(messages))
        expected = reference_ids(self._reference, self._tokenizer, messages)
        self._rows += 1
        self._exact_rows += found == expected
        if found != expected and len(self._found) < SHOWN_DIFFERENCES:
            self._found += _differences(record, found, expected, self._tokenizer)
        self._problems.update(_problems(self._profile, self._tokenizer, messages, found))

    def check(self) -> TokenCheck:
        """Return what was found so far."""
        bos = self._tokenizer.control_ids.get(self._profile.special_tokens.bos)
        return TokenCheck(
            profile=self._profile.name,
            tokenizer=self._tokenizer.name,
            reference=self._reference.name,
            rows=self._rows,
            exact_rows=self._exact_rows,
            problems=dict(self._problems),
            differences=tuple(self._found[:SHOWN_DIFFERENCES]),
            trainer_adds_bos=bos is not None and bos == self._tokenizer.bos_added,
        )


def _differences(
    record: str, found: Sequence[int], expected: Sequence[int], tokenizer: Tokenizer
) -> list[TokenDifference]:
    matcher = SequenceMatcher(None, found, expected, autojunk=False)
    return [
        TokenDifference(
            record=record,
            position=found_from,
            found=_pieces(found[found_from:found_to], tokenizer),
            expected=_pieces(expected[expected_from:expected_to], tokenizer),
        )
        for tag, found_from, found_to, expected_from, expected_to in matcher.get_opcodes()
        if tag != "equal"
    ]


def _pieces(ids: Sequence[int], tokenizer: Tokenizer) -> tuple[TokenPiece, ...]:
    shown = ids[:_SHOWN_TOKENS]
    return tuple(TokenPiece(id=token, piece=tokenizer.piece(token)) for token in shown)


def _problems(
    profile: TextProfile, tokenizer: Tokenizer, messages: Sequence[Message], found: Sequence[int]
) -> Iterator[TokenProblem]:
    parts = profile.parts(messages)
    bos, eos, _ = profile.special_tokens
    bos_id, eos_id = tokenizer.control_ids.get(bos), tokenizer.control_ids.get(eos)
    if any(part.encoded is None and part.text not in tokenizer.control_ids for part in parts):
        yield "unknown_control_token"
    # A damaged tokenizer may give no tokens at all.
    if bos and found[:1] != [bos_id]:
        yield "missing_bos"
    elif bos and found[1:2] == [bos_id]:
        yield "double_bos"
    _, end = last_answer(parts)
    if tokenizer.encode_line(joined(parts[:end]))[-1:] != [eos_id]:
        yield "missing_eos"
    placeholders = [Message(role, "x") for role, _ in messages]
    own = tokenizer.encode_line(profile.line(placeholders))
    if _control_tokens(found, tokenizer) > _control_tokens(own, tokenizer):
        yield "control_in_content"


def _control_tokens(ids: Iterable[int], tokenizer: Tokenizer) -> int:
    control_ids = set(tokenizer.control_ids.values())
    return sum(token in control_ids for token in ids)
