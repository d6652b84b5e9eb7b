"""Many claims are ranked as two of them compare."""

from functools import cmp_to_key
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.dedup import strings
from raise_finetune.dataset.dedup.claims import Claims

DATES = st.sampled_from(["", "2024-05-01T08:00:00", "2025-01-31"])
NAMES = st.text(st.characters(codec=None, exclude_characters="\0"), min_size=1, max_size=12)


class Claim(NamedTuple):
    """One row's claim, the strongest part first."""

    rating: float
    date: str
    record: str

    def beats(self, other: "Claim") -> bool:
        """Compare rating, then date; the smaller name decides last."""
        if self[:2] != other[:2]:
            return self[:2] > other[:2]
        return self.record < other.record


@given(
    st.lists(
        st.builds(Claim, st.sampled_from([0.0, 4.0, 5.0]), DATES, NAMES),
        unique_by=lambda claim: claim.record,
        max_size=40,
    )
)
def test_the_ranking_is_that_of_pairs(each: list[Claim]):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strings, "_STRINGS_AT_ONCE", 7)
        claims = Claims()
        for claim in each:
            claims.add(*claim)
        ranking: list[int] = claims.ranking().tolist()
        assert [claims.record(number) for number in range(len(each))] == [c.record for c in each]
    best_first = sorted(each, key=cmp_to_key(lambda one, other: -1 if one.beats(other) else 1))
    assert [each[number] for number in ranking] == best_first
    assert all(one.beats(other) for one, other in pairwise(best_first))
