"""The parts of a templated line: control tokens, and the texts between them."""

from collections.abc import Sequence
from typing import NamedTuple

from raise_finetune.dataset.records import Message


class Part(NamedTuple):
    """One part of a line.

    ``text`` is what stands in the line. ``encoded`` is what the model's own encoder is given for
    it, None for a control token: they differ where SentencePiece puts a space before each text
    that it encodes, which the line has to spell out. ``trained`` marks answers and their EOS.
    With ``continues``, the encoder takes the text together with the part before it.
    """

    text: str
    encoded: str | None
    trained: bool = False
    continues: bool = False


def control(token: str, *, trained: bool = False) -> Part:
    """Return a part that stands for one id."""
    return Part(token, None, trained)


def words(text: str, *, lead: str = "", trained: bool = False) -> Part:
    """Return a text that is encoded alone; ``lead`` is the space the encoder adds by itself."""
    return Part(lead + text, text, trained)


def continued(text: str, *, trained: bool = False) -> Part:
    """Return a text that is encoded together with the part before it."""
    return Part(text, text, trained, continues=True)


def split_system(messages: Sequence[Message]) -> tuple[str, Sequence[Message]]:
    """Return the system prompt, empty if there is none, and the turns."""
    if messages[0].role == "system":
        return messages[0].content, messages[1:]
    return "", messages
