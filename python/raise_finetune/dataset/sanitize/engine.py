"""Finds the anchors of all rules in a block of UTF-8, in one pass or one after the other."""

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from raise_finetune.dataset.sanitize.anchors import Anchor, Candidates
from raise_finetune.paths import cache_folder


class Engine(Protocol):
    """Finds where anchors start in a block."""

    def scan(self, data: bytes) -> Candidates:
        """Return all candidates. One thread at a time."""
        ...


def best_engine(anchors: Sequence[Anchor], cache: Path | None) -> Engine:
    """Return the fastest engine this machine has.

    ``cache``: a folder for the compiled database; ``None`` keeps it in memory, which is a must
    for anchors made of a user's own values.
    """
    try:
        from raise_finetune.dataset.sanitize.hyperscan_engine import HyperscanEngine
    except ImportError:  # no wheel for Windows on Arm
        return PatternEngine(anchors)
    return HyperscanEngine(anchors, cache)


def default_cache() -> Path:
    """Return the folder where compiled rules are kept; it can be deleted at any time."""
    return cache_folder() / "rules"


class BytePattern(Protocol):
    """What ``re`` and ``re2`` patterns have in common."""

    def search(self, text: bytes, pos: int, /) -> re.Match[bytes] | None:
        """Return the first match at or after ``pos``."""
        ...


class PatternEngine:
    """One pattern after the other, with RE2 if it is installed, else ``re``: slow, same finds."""

    def __init__(self, anchors: Sequence[Anchor], cache: Path | None = None) -> None:
        del cache
        self._patterns = [_re2_pattern(anchor) or _re_pattern(anchor) for anchor in anchors]

    def scan(self, data: bytes) -> Candidates:
        """Return all candidates."""
        found = {number: _starts(pattern, data) for number, pattern in enumerate(self._patterns)}
        return {number: starts for number, starts in found.items() if starts}


def _starts(pattern: BytePattern, data: bytes) -> list[int]:
    starts: list[int] = []
    match = pattern.search(data, 0)
    while match is not None:
        starts.append(match.start())
        # Not from its end: another candidate may begin inside this one.
        match = pattern.search(data, match.start() + 1)
    return starts


def _re_pattern(anchor: Anchor) -> BytePattern:
    compiled = re.compile(b"|".join(anchor.patterns), re.IGNORECASE if anchor.caseless else 0)
    return cast("BytePattern", compiled)


def _re2_pattern(anchor: Anchor) -> BytePattern | None:
    try:
        re2 = cast("Any", import_module("re2"))
    except ImportError:
        return None
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are
    options.case_sensitive = not anchor.caseless
    return cast("BytePattern", re2.compile(b"|".join(anchor.patterns), options))
