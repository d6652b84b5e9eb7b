"""Templates: what each notation expands to, and which ones are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.demo.draws import Draws
from raise_finetune.demo.template import Pools, Scope, Template, parse

RECORDS = {"parts": [{"part": "a"}, {"part": "b"}, {"part": "c"}]}


def expand(source: str, pools: Pools | None = None, seed: int = 0) -> str:
    scope = Scope({"own": "O"}, [{"near": "N", "own": "hidden"}, {"far": "F"}], RECORDS)
    return parse(source, pools or {}, " and ").expand(scope, Draws(seed, "test"))


def pool(*texts: str) -> dict[str, tuple[Template, ...]]:
    return {"pool": tuple(parse(text, {}, " and ") for text in texts)}


def test_plain_text_stays_as_it_is() -> None:
    assert expand('{"a": [1, 2]} 100 % | x') == '{"a": [1, 2]} 100 % | x'


def test_slots_take_the_nearest_value() -> None:
    assert expand("$own-$near, $far.") == "O-N, F."


def test_an_unknown_slot_is_an_error() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        expand("$nowhere")


def test_alternatives_nest_and_may_be_empty() -> None:
    found = {expand("x⟦a¦b⟦1¦2⟧¦⟧y", seed=seed) for seed in range(60)}
    assert found == {"xay", "xb1y", "xb2y", "xy"}


def test_one_text_of_a_pool() -> None:
    found = {expand("⟦one pool⟧", pool("p", "$near"), seed) for seed in range(20)}
    assert found == {"p", "N"}


def test_bullets_come_in_any_order_and_steps_in_theirs() -> None:
    texts = pool("a", "b", "c")
    bullets = {expand("⟦bullets 3-3 pool⟧", texts, seed) for seed in range(200)}
    assert len(bullets) == 6
    assert "- c\n- a\n- b" in bullets
    assert expand("⟦steps 3-3 pool⟧", texts) == "1. a\n2. b\n3. c"
    steps = {expand("⟦steps 2-2 pool⟧", texts, seed) for seed in range(60)}
    assert steps == {"1. a\n2. b", "1. a\n2. c", "1. b\n2. c"}


def test_each_record_on_its_line_and_listed_in_a_sentence() -> None:
    lines = {expand("⟦each 3-3 parts: $part$own⟧", seed=seed) for seed in range(200)}
    assert len(lines) == 6
    assert "aO\nbO\ncO" in lines
    assert "b, a and c" in {expand("⟦list 3-3 parts: $part⟧", seed=seed) for seed in range(200)}
    assert expand("⟦list 1-1 parts: x⟧") == "x"


@pytest.mark.parametrize("source", ["⟦a¦b", "a⟧", "a¦b", "⟦one pool", "⟦each 1-2 parts: $part"])
def test_brackets_must_match(source: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        parse(source, {}, " and ")


def test_draws_are_the_same_on_every_machine() -> None:
    draws = Draws(42, "conversation", 7)
    assert [draws.word() for _ in range(4)] == [996003271, 301442819, 1495779945, 541920128]
    assert Draws(42, "conversation", 7).identifier() == "3b5dcdc7-11f7-4703-9927-ca69204d0b80"


@given(st.integers(), st.integers(1, 1000), st.integers(0, 30))
def test_draws_stay_in_bounds(seed: int, limit: int, count: int) -> None:
    draws = Draws(seed, "bounds")
    assert 0 <= draws.below(limit) < limit
    assert 3 <= draws.between(3, 3 + limit) <= 3 + limit
    sample = draws.sample(range(10), count)
    assert len(set(sample)) == len(sample) == min(count, 10)
    ordered = draws.sample(range(10), count, ordered=True)
    assert ordered == sorted(ordered)


def test_draws_are_fair_and_never_end() -> None:
    draws = Draws(1, "fair")
    counts = [0] * 10
    for _ in range(20_000):
        counts[draws.below(10)] += 1
    assert min(counts) > 1800
    assert max(counts) < 2200
