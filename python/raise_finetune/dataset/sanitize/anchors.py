"""What engines look for, and what they find."""

from typing import NamedTuple


class Anchor(NamedTuple):
    """Byte patterns that mean the same, and whether they ignore the case of ASCII letters."""

    patterns: tuple[bytes, ...]
    caseless: bool


# Where anchors start, by the number of the anchor: byte offsets, in order, each once. An anchor
# that starts nowhere is left out.
Candidates = dict[int, list[int]]
