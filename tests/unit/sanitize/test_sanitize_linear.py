"""Catastrophic input costs work in proportion to its size, and no more.

Work is counted, not timed: candidates looked at, and Python calls made.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer
from raise_finetune.dataset.sanitize.detector import Detector
from raise_finetune.dataset.sanitize.engine import default_cache

UNIT = [
    "a@", "a@b.", "1", "1 ", "06 ", "\"", "'", "0x", "é", "a.", "://a:", "mdp ", "mot de passe : \"",
    "token=", "-----BEGIN PRIVATE KEY-----", "eyJaaaaaaaaa.", "1.2.", "12 rue ", "né le ", "Jean ",
    "\u200b", "\\n", "a\u0301", "<EMAIL_1>", "FR76 ", "Bonjour ", "/home/", "2a01:", "api_key ",
    "password is ", "aa:", "C:\\Users\\", "tél ", "\n", "Cordialement,\n", "<\\",
]  # fmt: skip
SIZE = 1 << 20


@pytest.mark.parametrize("unit", UNIT)
def test_candidates_grow_with_the_text(unit: str):
    detector = Detector(KnownValues(), default_cache())
    detector.detect([unit * (SIZE // len(unit))])
    # Three rules at most look at any one place, and the plain text is scanned once more.
    assert detector.checked <= 6 * SIZE


@pytest.mark.parametrize("unit", UNIT)
def test_calls_grow_with_the_text(unit: str, tmp_path: Path):
    sanitizer = Sanitizer(SanitizeOptions(), KnownValues())
    small, large = (unit * (size // len(unit)) for size in (8_192, 32_768))
    few = calls(lambda: sanitizer.sanitize([[small]]))
    many = calls(lambda: sanitizer.sanitize([[large]]))
    assert many <= 5 * few + 1000


def calls(job: Callable[[], object]) -> int:
    count = 0

    def profile(frame: FrameType, event: str, arg: object) -> None:
        del frame, arg
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(profile)
    try:
        job()
    finally:
        sys.setprofile(None)
    return count
