"""The side of a conversation is its own, for ever."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.split import split_at, split_of

GROUPS = [f"un2/default/conversations/c{n}" for n in range(20_000)]


def sides(val: float = 0.1, test: float = 0.0, seed: int = 42) -> dict[str, str]:
    options = OutputSection(val_fraction=val, test_fraction=test, seed=seed)
    return {group: split_of(group, options) for group in GROUPS}


def test_the_very_sides_of_today():
    options = OutputSection(val_fraction=0.3, test_fraction=0.3)
    assert (
        "".join(split_of(group, options)[1] for group in GROUPS[:24]) == "errareaaeereerareaaerarr"
    )


@pytest.mark.parametrize(("val", "test"), [(0.1, 0.0), (0.2, 0.1), (0.0, 0.0), (0.5, 0.49)])
def test_fractions(val: float, test: float):
    counts = Counter(sides(val, test).values())
    assert counts["val"] / 20_000 == pytest.approx(val, abs=0.01)
    assert counts["test"] / 20_000 == pytest.approx(test, abs=0.01)
    if val == 0:
        assert counts["val"] == 0
    if test == 0:
        assert counts["test"] == 0


def test_a_place_on_a_border_belongs_to_the_side_that_begins_there():
    options = OutputSection(val_fraction=0.25, test_fraction=0.25)
    borders = (0.0, 0.2499, 0.25, 0.7499, 0.75, 0.9999)
    assert [split_at(place, options) for place in borders] == [
        *("val", "val"),
        *("train", "train"),
        *("test", "test"),
    ]


def test_the_seed_changes_the_sides():
    one, other = sides(seed=1), sides(seed=2)
    assert one != other
    assert one == sides(seed=1)


@given(
    st.floats(0, 0.5, exclude_max=True),
    st.floats(0, 0.5, exclude_max=True),
    st.floats(0, 0.5, exclude_max=True),
    st.text(),
)
def test_a_larger_fraction_only_takes_from_train(val: float, more: float, test: float, group: str):
    smaller, larger = sorted((val, more))
    before = split_of(group, OutputSection(val_fraction=smaller, test_fraction=test))
    after = split_of(group, OutputSection(val_fraction=larger, test_fraction=test))
    assert after == before or (before, after) == ("train", "val")


def test_a_space_stands_on_one_side():
    options = OutputSection(val_fraction=0.5, split_by="space")
    groups = [f"space{n % 8}/default/conversations/c{n}" for n in range(80)]
    placed = {(group.split("/")[0], split_of(group, options)) for group in groups}
    assert len(placed) == 8
    assert {split for _, split in placed} == {"train", "val"}
