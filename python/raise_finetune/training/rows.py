"""Rows → token ids, exactly as they are trained on: nothing added, nothing cut in silence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from raise_finetune.dataset.prompts.pieces import read_prompt
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.tokens import Tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.training.answers import Span, TrainingText, training_text
from raise_finetune.training.config import DataSection
from raise_finetune.training.source import TrainingData, check_row_task

IGNORED = -100
"""The label of a token that no loss is taken on."""


@dataclass(frozen=True, slots=True)
class EncodedRow:
    """One row: all of its ``ids``, and where in them the answers to learn stand, EOS included.

    ``prompt`` is the text before the last answer, which inference has to give the same ids.
    ``is_trimmed`` tells that it begins later than the row does, see ``encode_rows``.
    """

    number: int
    ids: list[int]
    answers: list[Span]
    prompt: str
    is_trimmed: bool = False

    @property
    def prompt_ids(self) -> list[int]:
        """The ids before the last answer."""
        return self.ids[: self.answers[-1][0]]

    def loses_end(self, max_length: int) -> bool:
        """Tell whether a cut at ``max_length`` takes the end of the last answer, and its EOS."""
        return self.answers[-1][1] > max_length

    def loses_all(self, max_length: int) -> bool:
        """Tell whether a cut at ``max_length`` leaves nothing of any answer."""
        return self.answers[0][0] >= max_length


def encode_rows(
    data: TrainingData, split: str, tokenizer: Tokenizer, section: DataSection
) -> Iterator[EncodedRow]:
    """Yield every row of a split in order.

    Of one that is too long the oldest exchanges of its context are left out, if ``section`` says
    so: an answer that was wanted is not lost for what was said long before it.

    Raises ``BadInputError`` for a row without an answer, for one of another task, and for one whose
    tokens are not what its profile promises: one BOS to begin with, an EOS to end each answer.
    """
    encoder = RowEncoder(data.profile, tokenizer, data.place(split))
    for number, columns in enumerate(data.rows(split), 1):
        check_row_task(columns, data.place(split))
        written = training_text(columns, data.profile)
        if written is None or not written.answers or not _is_read_back(written, data):
            raise BadInputError(
                "training_row_no_answer",
                path=data.place(split),
                line=number,
                profile=data.profile.name,
            )
        answers = written.answers[-1:] if data.learns_last_answers else written.answers
        row = encoder.encode(number, written.text, answers)
        if data.learns_last_answers:
            answer = written.text[len(row.prompt) :]
            encode = partial(encoder.encode_answer, number, answer)
            row = trimmed_to_fit(row, data.profile, section, encode)
        yield row


def _is_read_back(written: TrainingText, data: TrainingData) -> bool:
    """Tell whether inference can write a row's prompt.

    A profile's own rows are its own; a template may write some of its rows otherwise than the
    profile that stands for it.
    """
    if not data.is_of_template:
        return True
    prompt = written.text[: written.answers[-1][0]]
    return read_prompt(prompt, data.profile) is not None


def trimmed_to_fit(
    row: EncodedRow,
    profile: TextProfile,
    section: DataSection,
    encode: Callable[[str], EncodedRow],
) -> EncodedRow:
    """Return a row without the oldest exchanges of its context, if it is too long with them.

    Nothing is left out where ``section`` does not say so, and where question and answer alone are
    too long. ``encode`` returns the row with another prompt.
    """
    if section.overlong != "trim" or not row.loses_end(section.max_length):
        return row
    tried = map(encode, _shortened_prompts(row.prompt, profile))
    fits = next((each for each in tried if not each.loses_end(section.max_length)), None)
    return row if fits is None else replace(fits, is_trimmed=True)


def _shortened_prompts(prompt: str, profile: TextProfile) -> Iterator[str]:
    """Yield the prompt without its oldest exchange, without its two oldest, and so on.

    A system prompt stays if it has a place of its own.
    """
    messages = read_prompt(prompt, profile) or []
    system = [message for message in messages[:1] if message.role == "system"]
    turns = messages[len(system) :]
    for oldest in range(2, len(turns), 2):
        yield profile.prompt([*system, *turns[oldest:]])


class RowEncoder:
    """Encodes the lines of one profile with one tokenizer; ``place`` is what errors name."""

    def __init__(
        self, profile: TextProfile, tokenizer: Tokenizer, place: Path | None = None
    ) -> None:
        """Raise ``BadInputError`` where the tokenizer lacks the profile's BOS or EOS."""
        self._profile = profile.name
        self._path = place
        self._tokenizer = tokenizer
        self._bos_text, self._eos_text, _ = profile.special_tokens
        self._bos = self._control_id(self._bos_text) if self._bos_text else None
        self._eos = self._control_id(self._eos_text)

    def encode(self, number: int, line: str, answers: Sequence[Span]) -> EncodedRow:
        """Return a line's ids and the places of its answers among them."""
        ids = self._tokenizer.encode_line(line)
        self._check_bos(number, line, ids)
        spans = [self._span(number, line, ids, answer) for answer in answers]
        return EncodedRow(number, ids, spans, line[: answers[-1][0]])

    def encode_answer(self, number: int, answer: str, prompt: str) -> EncodedRow:
        """Return the ids of a prompt and its answer; what is behind the answer's EOS is none."""
        end = answer.rindex(self._eos_text) + len(self._eos_text)
        return self.encode(number, prompt + answer, [(len(prompt), len(prompt) + end)])

    def _span(self, number: int, line: str, ids: list[int], answer: Span) -> Span:
        # Where a token reaches over the answer's begin, the answer begins with that token.
        start = common_prefix(self._tokenizer.encode_line(line[: answer[0]]), ids)
        # An EOS is a token of its own, so that nothing reaches over the answer's end.
        end = len(self._tokenizer.encode_line(line[: answer[1]]))
        if end <= start or ids[end - 1] != self._eos:
            raise BadInputError(
                "training_row_no_eos", path=self._path, line=number, eos=self._eos_text
            )
        return start, end

    def _check_bos(self, number: int, line: str, ids: list[int]) -> None:
        if self._bos is None:
            return
        begins_once = ids[:1] == [self._bos] and ids[1:2] != [self._bos]
        if not begins_once or ids.count(self._bos) != line.count(self._bos_text):
            raise BadInputError(
                "training_row_bos", path=self._path, line=number, bos=self._bos_text
            )

    def _control_id(self, token: str) -> int:
        control_id = self._tokenizer.control_ids.get(token)
        if control_id is None:
            raise BadInputError(
                "training_token_unknown",
                profile=self._profile,
                token=token,
                tokenizer=self._tokenizer.name,
            )
        return control_id


def labels_of(row: EncodedRow, section: DataSection) -> list[int]:
    """Return the labels of all of a row's ids: the ids themselves where the loss is taken."""
    if section.train_on == "all":
        return list(row.ids)
    labels = [IGNORED] * len(row.ids)
    for start, end in row.answers:
        labels[start:end] = row.ids[start:end]
    return labels


def is_kept(row: EncodedRow, section: DataSection) -> bool:
    """Tell whether a row is trained on: what is cut must leave something to learn."""
    if section.overlong != "cut":
        return not row.loses_end(section.max_length)
    return section.train_on == "all" or not row.loses_all(section.max_length)


def common_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many ids both begin with."""
    for index, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return index
    return min(len(first), len(second))
