"""A second core, whatever it is asked, in any order, whenever it dies: the same results."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains import calls
from domains.fuzzing import tries
from raise_finetune.dataset.second_core import SecondCore

Call = tuple[Callable[..., Any], object]


@pytest.fixture(autouse=True, scope="module")
def importable() -> Any:
    """Let the other process find the functions of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        places = [str(Path(calls.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, places)))
        yield


def sized(size: int) -> Call:
    return calls.measure, b"y" * size


def dying() -> Call:
    return calls.die_elsewhere, os.getpid()


def unsendable(number: int) -> Call:
    """Return a call of no function of a module."""

    def add(more: int) -> int:
        return number + more

    return add, 1


good: st.SearchStrategy[Call] = st.one_of(
    st.tuples(st.just(calls.square), st.integers()),
    st.tuples(st.just(calls.nothing), st.just(0)),
    st.tuples(st.just(calls.echo), st.sampled_from([0, 1, 70_000, 3_000_000])),
    st.builds(sized, st.sampled_from([0, 1, 5_000_000])),
)
bad: st.SearchStrategy[Call] = st.one_of(
    st.tuples(st.sampled_from([calls.fail, calls.lock, calls.torn]), st.integers(0, 9)),
    st.builds(dying),
    st.builds(unsendable, st.integers(0, 9)),
)


@tries(15)
@given(st.data())
def test_every_call_has_its_own_result(data: st.DataObject) -> None:
    asked: list[Call] = data.draw(
        st.lists(good, max_size=8) | st.lists(good | bad, min_size=1, max_size=8)
    )
    killed_at = data.draw(st.none() | st.integers(0, 2 * len(asked)))
    waiting: dict[int, Callable[[], object]] = {}
    left = list(enumerate(asked))
    steps = 0
    with SecondCore(start_after=0) as core:
        while left or waiting:
            if steps == killed_at and core.pid is not None and psutil.pid_exists(core.pid):
                psutil.Process(core.pid).kill()
            steps += 1
            if left and (not waiting or data.draw(st.booleans(), label="begin")):
                number, (function, argument) = left.pop(0)
                at_once = data.draw(st.booleans(), label="at once")
                waiting[number] = begun(core, function, argument, at_once=at_once)
            else:
                number = data.draw(st.sampled_from(sorted(waiting)), label="wait for")
                function, argument = asked[number]
                expected = calls.outcome(lambda: function(argument))  # noqa: B023
                assert calls.outcome(waiting.pop(number)) == expected


def begun(
    core: SecondCore, function: Callable[..., Any], argument: object, *, at_once: bool
) -> Callable[[], object]:
    """Begin a call; what is done at once may fail at once."""
    try:
        return core.begin(function, argument, at_once=at_once)
    except LookupError as error:
        failure = error

    def fails() -> object:
        raise failure

    return fails
