"""How rules write the phrases that they look for, and read the numbers that they find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.sanitize.rules.rule import any_of, compact, folded, width

WORDS = st.text("abeéæo", min_size=1, max_size=4)
PHRASES = st.lists(
    st.builds("".join, st.tuples(WORDS, st.sampled_from(["", " ", "'", "-", "_"]), WORDS)),
    min_size=1,
    max_size=8,
)
TAILS = st.sampled_from(["", r"(?!\w)", " ", "a", "[a-z]{2}"])
WRITTEN = st.text("abeéæoEÉA '’-_\u00a0", max_size=10)


def test_phrases_that_begin_alike_share_it():
    pattern = any_of("mdp | mur | pin | mot de | pince | mots")
    assert pattern == "(?:m(?:dp|ur|o(?:t(?:(?:[ _-]|\u00a0)?de|s)))|p(?:i(?:n(?:|ce))))"


def test_accents_and_case_are_free():
    pattern = re.compile(any_of("clé d'accès | cle wifi"), re.IGNORECASE)
    for written in (
        "clé d'accès",
        "CLE D’ACCES",
        "Clé_d'acces",
        "clédaccès",
        "CLE-WIFI",
        "clewifi",
    ):
        assert bool(pattern.fullmatch(written)) == (written != "clédaccès"), written


@given(PHRASES, TAILS, st.booleans(), st.data())
def test_phrases_are_tried_as_if_in_their_order(
    phrases: list[str], tail: str, caseless: bool, data: st.DataObject
):
    flags = re.IGNORECASE if caseless else 0
    one_by_one = re.compile("(?:" + "|".join(map(folded, phrases)) + ")" + tail, flags)
    shared = re.compile(any_of("|".join(phrases)) + tail, flags)
    text = data.draw(st.builds("".join, st.tuples(st.sampled_from(phrases), WRITTEN)) | WRITTEN)
    expected, found = one_by_one.match(text), shared.match(text)
    assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize(
    ("written", "alone"),
    [
        ("0612345678", "0612345678"),
        ("06 12 34 56 78", "0612345678"),
        ("06.12-34\u00a056\u202f78", "0612345678"),
        ("(0)6 12", "0612"),
        ("FR76·3000", "FR763000"),
    ],
)
def test_a_number_without_what_separates_it(written: str, alone: str):
    assert compact(written) == alone


@given(st.text("0A -.\u00a0", max_size=12).map(lambda text: f"1{text}"), st.data())
def test_the_first_digits_of_a_number_end_with_the_last_of_them(number: str, data: st.DataObject):
    count = data.draw(st.integers(1, len(compact(number))))
    first = number[: width(number, count)]
    assert len(compact(first)) == count
    assert first[-1].isalnum()
