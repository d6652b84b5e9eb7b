"""Damaged files and values of wrong types, made from good ones, and what a parser may do with them.

``make fuzz`` (``RAISE_FUZZ``, a factor) tries more and others of them than the test run does.
"""

import json
import os
import resource
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar, cast

import orjson
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from raise_finetune.errors import BadInputError, RaiseError

_FACTOR = int(os.environ.get("RAISE_FUZZ", "1"))
_CPU_SECONDS = 20.0
_MEMORY = 1 << 20  # KiB, what reading one damaged file may take besides
_Test = TypeVar("_Test", bound=Callable[..., None])

# Numbers, names and shapes that parsers stumble over.
_ODD_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 10**30, -(10**30), 0.5, 1e308),
    *("", "\0", "../../x", "/etc/passwd", "a\nb", "{", "{x.__class__}", "é" * 300),
    *([], {}, [[]], [{}], {"": None}, [None, 1, "x"], {"a": {"b": [1]}}),
]
_ODD: st.SearchStrategy[Any] = st.sampled_from(_ODD_VALUES).map(deepcopy)
_JSON: st.SearchStrategy[Any] = st.recursive(
    _ODD | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=8,
)


def tries(number: int) -> Callable[[_Test], _Test]:
    """Let a property be tried so many times, or more when fuzzing for long."""
    return settings(
        max_examples=number * _FACTOR,
        derandomize=_FACTOR == 1,  # the test run finds the same every time, fuzzing something new
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
        ],
    )


@contextmanager
def only_bad_input(
    naming: Path | None = None, kind: type[RaiseError] = BadInputError
) -> Generator[None]:
    """Let nothing but ``BadInputError`` come out, and nothing take for ever or all the memory.

    Ever is twenty seconds of this process's own work, however busy the machine is. What comes out
    has to name the file, where one is given. ``kind`` allows another error.
    """
    before = signal.signal(signal.SIGVTALRM, _give_up)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.setitimer(signal.ITIMER_VIRTUAL, _CPU_SECONDS)
    try:
        yield
    except kind as error:
        for language in ("fr", "en"):
            assert naming is None or naming.name in error.message(language), error  # noqa: PT017
            assert error.message(language)  # noqa: PT017 - any of them will do
            assert error.hint(language)  # noqa: PT017
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < most + _MEMORY


@contextmanager
def nothing_synced() -> Generator[None]:
    """Write without waiting for the disk: nothing here is about what has reached it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", _at_once)
        yield


def _at_once(_descriptor: int) -> None:
    pass


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise AssertionError("it takes for ever")


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Draw the good bytes with up to four faults: cut, changed, taken out, put in, doubled."""
    content = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        end = min(len(content), at + draw(st.integers(0, 16)))
        match draw(st.sampled_from(["cut", "change", "take", "put", "double", "number"])):
            case "cut":
                del content[at:]
            case "change" if content:
                content[at % len(content)] = draw(st.integers(0, 255))
            case "take":
                del content[at:end]
            case "put":
                content[at:at] = draw(st.binary(max_size=8))
            case "double":
                content[at:at] = content[at:end]
            case _:
                size = draw(st.sampled_from([4, 8]))
                number = draw(
                    st.sampled_from([0, 1, 2**31 - 1, 2**32 - 1, 2**40, 2**63, 2**64 - 1])
                )
                content[at : at + size] = (number % 256**size).to_bytes(size, "little")
    return bytes(content)


@st.composite
def wrong(draw: st.DrawFn, good: Any) -> Any:
    """Draw the good value with up to three parts of it replaced by something odd, or taken out."""
    value: Any = orjson.loads(orjson.dumps(good))
    for _ in range(draw(st.integers(1, 3))):
        found = _place(draw, value)
        if found is None:
            return draw(_JSON)
        container, key = found
        if draw(st.integers(0, 2)):
            container[key] = draw(_ODD | _JSON)
        else:
            del container[key]
    return value


def _place(draw: st.DrawFn, value: Any) -> tuple[Any, Any] | None:
    """Draw a place in the value: its container, and its key there; the outer ones more often."""
    place: tuple[Any, Any] | None = None
    while isinstance(value, dict | list) and value:
        inside = cast("dict[str, Any] | list[Any]", value)
        key: Any = draw(
            st.sampled_from([*inside] if isinstance(inside, dict) else range(len(inside)))
        )
        place = inside, key
        value = cast("Any", inside)[key]
        if draw(st.integers(0, 2)) == 0:
            break
    return place


def encoded(value: Any) -> bytes:
    """Return JSON as a careless program would write it: big integers, NaN, lone surrogates."""
    return json.dumps(value).encode()


def files_like(good: Any) -> st.SearchStrategy[bytes]:
    """Return JSON files of wrong values, damaged ones, and bytes of no meaning."""
    return (
        wrong(good).map(encoded)
        | damaged(orjson.dumps(good, option=orjson.OPT_INDENT_2))
        | st.binary(max_size=64)
    )
