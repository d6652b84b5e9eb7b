"""Does the base read rows as their profile is meant? An export's token check, before training."""

from collections.abc import Iterator
from itertools import islice

from raise_finetune.dataset.prompts.pieces import pieces_of, read_prompt
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import Tokenizer
from raise_finetune.dataset.tokens.check import TokenCheck, TokenChecker, pieces_shown
from raise_finetune.training.answers import TrainingText, training_text
from raise_finetune.training.notice import TrainingNotice
from raise_finetune.training.source import TrainingData

_CHECKED_ROWS = 100  # a profile that is not exact shows it in nearly every row


def check_profile(data: TrainingData, tokenizer: Tokenizer) -> TokenCheck:
    """Return the check of the first rows of training."""
    checker = TokenChecker(data.profile, tokenizer)
    for number, row in enumerate(islice(data.rows("train"), _CHECKED_ROWS), 1):
        written = training_text(row, data.profile)
        messages = None if written is None else _messages_of(written, data.profile)
        if messages is not None:
            checker.add(f"train:{number}", messages)
    return checker.check()


def _messages_of(written: TrainingText, profile: TextProfile) -> list[Message] | None:
    """Return the messages of a row, None where the profile did not write it."""
    if not written.answers:
        return None
    begin, _ = written.answers[-1]
    asked = read_prompt(written.text[:begin], profile)
    if asked is None:
        return None
    pieces = pieces_of(profile)
    answer = written.text[begin:].removeprefix(pieces.begin_answer).removesuffix(pieces.end_answer)
    messages = [*asked, Message("assistant", answer)]
    return messages if profile.line(messages) == written.text else None


def notices_of(check: TokenCheck) -> Iterator[TrainingNotice]:
    """Yield what to know of the profile before a training by it."""
    differing = check.rows - check.exact_rows
    checked: dict[str, str | int] = {"checked": str(check.rows), "profile": check.profile}
    if "unknown_control_token" in check.problems:
        yield TrainingNotice(code="profile_of_other_family", params=checked)
    elif differing:
        first = check.differences[0]
        found, expected = pieces_shown(first.found), pieces_shown(first.expected)
        params = {**checked, "rows": str(differing), "found": found, "expected": expected}
        yield TrainingNotice(code="profile_inexact", params=params)
    commands = check.problems.get("control_in_content", 0)
    if commands:
        params = {**checked, "rows": str(commands)}
        yield TrainingNotice(code="control_in_content", params=params)
