"""How long a training still takes, by the time of its latest steps."""

import pytest

from raise_finetune.training.pace import Pace


def pace_of(*logged: tuple[int, float]) -> Pace:
    pace = Pace()
    for step, seconds in logged:
        pace.note(step, seconds)
    return pace


@pytest.mark.parametrize("logged", [(), ((1, 5.0),)])
def test_one_step_tells_nothing(logged: tuple[tuple[int, float], ...]):
    assert pace_of(*logged).seconds_left(10) is None


@pytest.mark.parametrize(
    ("logged", "left"),
    [
        (((1, 5.0), (2, 7.0)), 16.0),
        (((10, 0.0), (20, 30.0)), 0.0),
        (((1, 0.0), (2, 2.0), (3, 99.0), (4, 101.0)), 12.0),  # a validation stood between
        (((0, 0.0), (5, 10.0)), 10.0),  # logged every five steps
        (((6, 0.0), (7, 50.0), (5, 60.0), (6, 63.0)), 12.0),  # it went back to a checkpoint
    ],
)
def test_it_goes_by_the_median_of_the_latest_steps(
    logged: tuple[tuple[int, float], ...], left: float
):
    assert pace_of(*logged).seconds_left(10) == left


def test_it_goes_by_twenty_steps():
    slow_at_first = [(step, step * 9.0) for step in range(40)]
    now_fast = [(40 + step, 351.0 + step) for step in range(21)]
    assert pace_of(*slow_at_first, *now_fast).seconds_left(160) == 100.0
