"""What is proved about the finished files before they take the target's place."""

from collections.abc import Sequence
from pathlib import Path

from raise_finetune.dataset.output import TargetKind
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.control import control_strings
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.sanitize.rescan import Divide, first_left, rescan_file
from raise_finetune.dataset.sanitize.sanitizer import Sanitizer
from raise_finetune.errors import BadInputError, FailedError

# Makes a template write all that it ever does.
_CONVERSATION = (
    Message("system", "-"),
    Message("user", "-"),
    Message("assistant", "-"),
    Message("user", "-"),
    Message("assistant", "-"),
)


def prove_masked(
    made: Path,
    kind: TargetKind,
    files: Sequence[WrittenFile],
    sanitizer: Sanitizer,
    profiles: Sequence[PromptProfile],
    pulse: Pulse,
) -> None:
    """Scan the bytes on disk again; raises ``FailedError`` naming the row with a finding."""
    divide = divider(profiles)
    for file in files:
        path = made if kind == "file" else made / file.path
        if not rescan_file(path, sanitizer, divide, pulse.breathe):
            continue
        left = first_left(path, sanitizer, divide)
        if left is not None:
            types = ", ".join(left.types)
            raise FailedError("sensitive_data_left", file=file.path, row=left.line + 1, types=types)


def divider(profiles: Sequence[PromptProfile]) -> Divide | None:
    """Return what takes a rendered text apart at its template's tokens.

    A cue at the end of a question and a word at the beginning of the answer belong to two
    messages, and were looked at as such.
    """
    of_templates = [string for profile in profiles for string in _written_by(profile)]
    if not of_templates:
        return None
    return control_strings(tuple(dict.fromkeys(of_templates))).texts_between


def _written_by(profile: PromptProfile) -> Sequence[str]:
    """Return the control strings that the template writes around contents.

    A family has many more: to look for all of them would take longer than to mask.
    """
    if not isinstance(profile, TextProfile):
        return profile.control_strings
    try:
        lines = profile.line(_CONVERSATION) + profile.line(_CONVERSATION[1:])
    except BadInputError:  # a template of the user's may take no system prompt
        return profile.control_strings
    return [string for string in profile.control_strings if string in lines]
