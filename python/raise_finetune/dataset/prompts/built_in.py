"""Which of the built-in profiles writes what a user's own chat template writes.

The templates of most models do: rows that were written by one are trained on, and asked for, by
the built-in profile, which says where answers stand and travels with the adapter by its name.
"""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.pieces import pieces_of
from raise_finetune.dataset.prompts.registry import get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.errors import BadInputError

_SYSTEM = Message("system", "Be brief.")
_EXCHANGES = (
    Message("user", "What is « a »?\n\n- one\n- two"),
    Message("assistant", 'It’s a "letter": <b>a</b>'),
    Message("user", "b"),
    Message("assistant", "c\n\n    d"),
    Message("user", "{{ e }}"),
    Message("assistant", "f"),
)
_PROBES = tuple(
    [*system, *_EXCHANGES[:length]] for system in ((), (_SYSTEM,)) for length in (2, 4, 6)
)


def built_in_like(template: TextProfile) -> TextProfile | None:
    """Return the built-in profile that writes conversations as a template does; None without one.

    It has to find its own control strings again, so the template must have kept them out of
    people's words.
    """
    written = [_line(template, messages) for messages in _PROBES]
    if None in written[:3]:
        return None
    for name in text_profile_names():
        profile = get_text_profile(name)
        is_same = all(
            line in (None, profile.line(messages))
            for line, messages in zip(written, _PROBES, strict=True)
        )
        if is_same and _control_strings_written(profile) <= {*template.control_strings}:
            return profile
    return None


def _line(template: TextProfile, messages: Sequence[Message]) -> str | None:
    """Return the line; None where the template refuses it, as some do a system prompt.

    An export by it has no such row then.
    """
    try:
        return template.line(messages)
    except BadInputError:
        return None


def _control_strings_written(profile: TextProfile) -> set[str]:
    """Return those of the control strings that the profile itself writes around contents."""
    pieces = "\0".join(map(str, pieces_of(profile)))
    return {string for string in profile.control_strings if string in pieces}
