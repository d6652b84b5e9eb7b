"""Shingles: what makes two texts the same, and what does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.near.shingles import shingles

texts = st.text(max_size=40)


def of(question: str, answer: str = "") -> list[int]:
    return shingles([(question, answer)]).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The pump stops", "the PUMP stops."),
        ("a b", "a,  b !"),
        ("l'été", "l été"),
        ("", " ?! "),
    ],
)
def test_case_and_punctuation_do_not_matter(one: str, other: str):
    assert of(one) == of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cat", "dog"),
        ("a b", "b a"),
        ("ab", "a b"),
        ("on", "no"),
        ("pump 101", "pump 110"),
        ("été", "ete"),
        ("a", ""),
    ],
)
def test_what_makes_a_difference(one: str, other: str):
    assert of(one) != of(other)


def test_a_question_is_no_answer():
    assert of("yes", "no") != of("no", "yes")
    assert not set(of("yes", "")) & set(of("", "yes"))


def test_each_word_with_the_one_before_it():
    assert len(of("one two three")) == 3
    assert len(of("one one one one")) == 2  # the first, and "one one"
    assert set(of("b c")) - set(of("a b c")) == set(of("b"))


def test_the_very_numbers_of_today():
    """They decide which rows are candidates: other numbers on another machine, other rows."""
    assert of("The pump", "stops.") == [1998250471, 2000767788, 4115985666]


@given(st.lists(st.tuples(texts, texts), max_size=8))
def test_a_batch_is_its_texts_one_by_one(pairs: list[tuple[str, str]]):
    found = shingles(pairs)
    assert found.dtype == np.uint64
    assert found.tolist() == [
        row << 32 | shingle for row, each in enumerate(pairs) for shingle in of(*each)
    ]


def test_a_long_text_needs_more_powers():
    long = " ".join(f"w{number}" for number in range(60_000))
    assert 60_000 - 10 < len(of(long)) <= 60_000  # a few of them share a number
