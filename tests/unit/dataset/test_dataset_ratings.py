"""Inline ratings: where they stand and what counts as one."""

import pytest

from raise_finetune.dataset.recipe import RatingSection
from raise_finetune.dataset.sources.ratings import (
    NO_RATINGS,
    InvalidRatingError,
    rating_or_invalid,
    rating_reader,
)

read = rating_reader(RatingSection())


@pytest.mark.parametrize(
    ("holder", "rating"),
    [
        ({}, None),
        ({"x_rating": None}, None),
        ({"x_rating": 1}, 1.0),
        ({"rating": 5}, 5.0),
        ({"rating": 4.5}, 4.5),
        ({"metadata": {"rating": 3}}, 3.0),
        ({"meta": {"rating": 2}}, 2.0),
        ({"metadata": {}}, None),
        ({"metadata": None}, None),
        ({"metadata": "rating"}, None),
        ({"rating": "up"}, 5.0),
        ({"rating": "down"}, 1.0),
        ({"thumbs": "up"}, 5.0),
        ({"thumbs": "down"}, 1.0),
        ({"thumbs": True}, 5.0),
        ({"thumbs": False}, 1.0),
        ({"thumbs": 1}, 5.0),
        ({"thumbs": -1}, 1.0),
        ({"x_thumbs": True}, 5.0),
        ({"metadata": {"thumbs": "up"}}, 5.0),
        ({"meta": {"thumbs": "down"}}, 1.0),
    ],
)
def test_what_counts_as_a_rating(holder: dict[str, object], rating: float | None):
    assert read(holder) == rating


@pytest.mark.parametrize(
    ("holder", "shown"),
    [
        ({"rating": True}, "True"),
        ({"rating": False}, "False"),
        ({"rating": 0}, "0"),
        ({"rating": 5.01}, "5.01"),
        ({"rating": -1}, "-1"),
        ({"rating": float("nan")}, "nan"),
        ({"rating": float("inf")}, "inf"),
        ({"rating": 10**30}, "1000000000000000000000000000000"),
        ({"rating": "5"}, "'5'"),
        ({"rating": "excellent"}, "'excellent'"),
        ({"rating": {"stars": 5}}, "{'stars': 5}"),
        ({"rating": [5]}, "[5]"),
        ({"thumbs": 0}, "0"),
        ({"thumbs": 2}, "2"),
        ({"thumbs": "yes"}, "'yes'"),
        ({"thumbs": {}}, "{}"),
    ],
)
def test_what_counts_as_none_is_named(holder: dict[str, object], shown: str):
    with pytest.raises(InvalidRatingError) as caught:
        read(holder)
    assert str(caught.value) == shown
    assert rating_or_invalid(holder, read) == (None, shown)


def test_the_first_path_that_holds_a_value_decides():
    assert read({"meta": {"rating": 1}, "rating": 2, "x_rating": 3}) == 3.0
    assert read({"x_rating": None, "rating": 2}) == 2.0
    assert read({"x_thumbs": "down", "meta": {"rating": 5}}) == 5.0
    with pytest.raises(InvalidRatingError):
        read({"x_rating": "bad", "rating": 5})


def test_paths_are_the_recipes_own():
    own = rating_reader(RatingSection(paths=("a.b.c",), thumbs_paths=()))
    assert own({"a": {"b": {"c": 4}}}) == 4.0
    assert own({"a": {"b": 4}}) is None
    assert own({"rating": 4}) is None
    assert NO_RATINGS({"rating": 4}) is None


def test_a_value_nested_a_thousand_deep_is_named_in_short():
    nested: object = 5
    for _ in range(5000):
        nested = [nested]
    rating, shown = rating_or_invalid({"rating": nested}, read)
    assert rating is None
    assert len(shown) < 100
    assert len(rating_or_invalid({"rating": "x" * 10**6}, read)[1]) < 100
