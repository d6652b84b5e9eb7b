"""Byte offsets in a joined block become offsets in its texts."""

from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.sanitize.places import JOINT, places

TEXTS = st.lists(
    st.text(st.sampled_from("a\0é’\ud800😀"), max_size=150) | st.text(max_size=20),
    min_size=1,
    max_size=6,
)


@given(TEXTS, st.data())
def test_places_are_those_of_the_characters(texts: list[str], data: st.DataObject):
    starts = {
        len(JOINT.join([*map(encoded, texts[:number]), encoded(text[:offset])])): (number, offset)
        for number, text in enumerate(texts)
        for offset in range(len(text) + 1)
    }
    chosen = st.lists(st.sampled_from(sorted(starts)), min_size=1, unique=True).map(sorted)
    candidates = data.draw(st.dictionaries(st.integers(0, 9), chosen, min_size=1))
    assert dict(places(candidates, [*map(encoded, texts)])) == {
        anchor: [starts[start] for start in found] for anchor, found in candidates.items()
    }


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
