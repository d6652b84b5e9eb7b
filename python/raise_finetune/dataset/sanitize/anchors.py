"""What engines look for, and what they find."""

from typing import NamedTuple


class Anchor(NamedTuple):
    """Byte patterns that mean the same, and whether they ignore the case of ASCII letters."""

    patterns: tuple[bytes, ...]
    caseless: bool


# Where an anchor starts (byte offset), and the number of the anchor.
Candidate = tuple[int, int]
