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
from raise_finetune.errors import BadInputError, SensitiveDataLeftError

# Makes a template write all that it ever does, around contents that no other text holds.
_CONTENT = "\0"
_CONVERSATION = tuple(
    Message(role, _CONTENT) for role in ("system", "user", "assistant", "user", "assistant")
)


def prove_masked(
    made: Path,
    kind: TargetKind,
    files: Sequence[WrittenFile],
    sanitizer: Sanitizer,
    profiles: Sequence[PromptProfile],
    pulse: Pulse,
) -> None:
    """Scan the bytes on disk again; raise ``SensitiveDataLeftError`` naming the row."""
    divide = divider(profiles)
    for file in files:
        path = made if kind == "file" else made / file.path
        if not rescan_file(path, sanitizer, divide, pulse.breathe):
            continue
        left = first_left(path, sanitizer, divide)
        if left is not None:
            types = ", ".join(left.types)
            raise SensitiveDataLeftError(
                "sensitive_data_left", file=file.path, row=left.line + 1, types=types
            )


def divider(profiles: Sequence[PromptProfile]) -> Divide | None:
    """Return what takes a rendered text apart at what its template writes.

    A cue at the end of a question and a word at the beginning of the answer belong to two
    messages, and were looked at as such; so do a role's name and the content below it, which would
    be taken for a user and their account.
    """
    of_templates = [string for profile in profiles for string in _written_by(profile)]
    if not of_templates:
        return None
    longest_first = sorted(dict.fromkeys(of_templates), key=len, reverse=True)
    return control_strings(tuple(longest_first)).texts_between


def _written_by(profile: PromptProfile) -> Sequence[str]:
    """Return what the template writes around contents: words, and control strings.

    A family has many more of these: to look for all of them would take longer than to mask.
    """
    if not isinstance(profile, TextProfile):
        return profile.control_strings
    try:
        lines = [profile.line(_CONVERSATION), profile.line(_CONVERSATION[1:])]
    except BadInputError:  # a template of the user's may take no system prompt
        return profile.control_strings
    tokens = [string for string in profile.control_strings if any(string in line for line in lines)]
    around = [piece for line in lines for piece in line.split(_CONTENT)]
    return [piece for piece in around if _holds_words(piece, tokens)] + tokens


def _holds_words(piece: str, tokens: Sequence[str]) -> bool:
    for token in tokens:
        piece = piece.replace(token, "")
    return any(map(str.isalpha, piece))
