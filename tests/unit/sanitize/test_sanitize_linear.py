"""Catastrophic input costs work in proportion to its size, and no more.

Work is counted, not timed: candidates looked at, and Python calls made.
"""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest

from raise_finetune.dataset.sanitize import KnownValues, Sanitizer
from raise_finetune.dataset.sanitize.detector import Detector
from raise_finetune.dataset.sanitize.engine import default_cache

UNIT = [
    "a@", "a@b.", "1", "1 ", "06 ", '"', "'", "0x", "é", "a.", "://a:", "mdp ", 'mot de passe : "',
    "token=", "-----BEGIN PRIVATE KEY-----", "eyJaaaaaaaaa.", "1.2.", "12 rue ", "né le ", "Jean ",
    "\u200b", "\\n", "a\u0301", "<EMAIL_1>", "FR76 ", "Bonjour ", "/home/", "2a01:", "api_key ",
    "٠", "a\u2009", "1\u2013", "0\ufe0f\u20e3",
    "ZA A, ", "75001 A ", "A, A1 1AA ", "née en mai ", "api_key a1 ", "a:b1@",
    "login ", "login a:", "use a1 to ", "pass: a1", " is the password",
    "licence A1B2-", "codes de secours : 1234 ", "né\n1,2000-01-01", "Rue A 1, 1000 A",
    ":5432:a:a:", ", c'est a1 ", "wifi a ",
    "permis,", "(id, login, email, ",
    "name,\n", "nom|prénom\n", "a,name\nA,A\n", "password|a\na|a\n", "(pwd) VALUES (a), ",
    "pin 1234 puis 1234 ", "mdp a1, coffre 1234", "réseau s'appelle A ", "de la table d'",
    'login("a", ', 'login("a","a1!b",', "code banque 12345 12345 ", "account number 12345678 ",
    "skype : a.b.", "linkedin.com/in/a%C3", "github.com/", "db_pass=", "ssid a, clé ",
    "/user:A\\a ", "pseudo : ",
    "password is ", "aa:", "C:\\Users\\", "tél ", "\n", "Cordialement,\n", "<\\",
]  # fmt: skip
SIZE = 1 << 20


def repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def names(size: int) -> str:
    """Ever new people with the same first name: what is carried grows with the text."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    surnames = ("Dupon" + a + b + c for a in letters for b in letters for c in letters)
    return "".join(f"Je m'appelle Jean {next(surnames)}. " for _ in range(size // 30))


def passwords(size: int) -> str:
    return "".join(f"mdp : a{number}! " for number in range(size // 14))


@pytest.mark.parametrize("unit", UNIT)
def test_candidates_grow_with_the_text(unit: str):
    detector = Detector(KnownValues(), default_cache())
    detector.detect([repeated(unit, SIZE)])
    # Three rules at most look at any one place, and the plain text is scanned once more.
    assert detector.checked <= 6 * SIZE


@pytest.mark.parametrize("make", [*(partial(repeated, unit) for unit in UNIT), names, passwords])
def test_calls_grow_with_the_text(make: Callable[[int], str], sanitizer: Sanitizer):
    few = calls(lambda: sanitizer.sanitize([[make(16_384)]]))
    many = calls(lambda: sanitizer.sanitize([[make(65_536)]]))
    # Four times the text; twice that where a second round is needed, sixteen times if quadratic.
    assert many <= 8 * few + 1000


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
