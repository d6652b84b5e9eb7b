"""What the operators of a query mean, exactly.

Text is compared by code points, with case. The twelve operators, for a field's value ``v`` and
the condition's value ``c``:

- ``Eq``: the same JSON value, types included (5 is not 5.0, null is not a missing field).
  ``Ne``: not ``Eq``, so it holds for a missing field.
- ``Gt``, ``Gte``, ``Lt``, ``Lte``: by ``order_key``; never for a missing field.
- ``In``: ``c`` is a list, one element of which equals ``v`` (``Eq``).
- ``Contains``: ``c`` is a part of the text ``v``, or equals an element of the list ``v``.
- ``StartsWith``, ``EndsWith``: ``v`` is a text that begins or ends with the text ``c``.
- ``Matches``: Python's regular expression ``c`` is found somewhere in the text ``v``. Its time
  is not bounded: a pattern with nested repetitions can take very long on a text made for it.
- ``Like``: SQL's pattern ``c`` covers the whole text ``v``; ``%`` stands for any characters,
  ``_`` for one. There is no escape character. Its time is bounded.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

import orjson

from raise_finetune.errors import BadInputError
from raise_finetune.storage.query import Condition, Filter, Operator

MISSING = object()

Test = Callable[[object], bool]
OrderKey = tuple[int, Any]


def predicate(chosen: Filter | None) -> Callable[[Mapping[str, Any]], bool]:
    """Return the filter as a function of a document.

    Raises ``BadInputError`` for a value that its operator cannot take.
    """
    if chosen is None:
        return lambda _document: True
    tests = [_test(condition) for condition in chosen.conditions]
    if chosen.operator == "And":
        return lambda document: all(test(document) for test in tests)
    if chosen.operator == "Or":
        return lambda document: any(test(document) for test in tests)
    return lambda document: not any(test(document) for test in tests)


def value_at(document: Mapping[str, Any], path: list[str]) -> object:
    """Return the value at a path of keys, ``MISSING`` where there is none."""
    value: object = document
    for key in path:
        if not isinstance(value, dict):
            return MISSING
        value = cast("dict[str, object]", value).get(key, MISSING)
    return value


def same(left: object, right: object) -> bool:
    """Compare two JSON values strictly: type, then content."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        ours, theirs = cast("list[object]", left), cast("list[object]", right)
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(left, dict):
        mine, other = cast("dict[str, object]", left), cast("dict[str, object]", right)
        return mine.keys() == other.keys() and all(same(mine[key], other[key]) for key in mine)
    return left == right


def order_key(value: object) -> OrderKey:
    """Return what to compare: missing < number < text < boolean < the JSON text of the rest."""
    if value is MISSING:
        return 0, None
    if isinstance(value, bool):
        return 3, value
    if isinstance(value, int | float):
        return 1, value
    if isinstance(value, str):
        return 2, value
    return 4, orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _test(condition: Condition) -> Callable[[Mapping[str, Any]], bool]:
    path = condition.field.split(".")
    test = _TESTS[condition.operator](condition.value)
    return lambda document: test(value_at(document, path))


def _equals(operand: object) -> Test:
    return lambda value: same(value, operand)


def _differs(operand: object) -> Test:
    return lambda value: not same(value, operand)


def _ordered(accept: Callable[[OrderKey, OrderKey], bool]) -> Callable[[object], Test]:
    def make(operand: object) -> Test:
        try:
            bound = order_key(operand)
        except orjson.JSONEncodeError as error:
            raise BadInputError("invalid_query", reason=str(error)) from error
        return lambda value: value is not MISSING and accept(order_key(value), bound)

    return make


def _is_one_of(operand: object) -> Test:
    if not isinstance(operand, list):
        raise BadInputError("invalid_query", reason="In needs a list")
    choices = cast("list[object]", operand)
    return lambda value: any(same(value, choice) for choice in choices)


def _contains(operand: object) -> Test:
    def test(value: object) -> bool:
        if isinstance(value, list):
            return any(same(item, operand) for item in cast("list[object]", value))
        return isinstance(value, str) and isinstance(operand, str) and operand in value

    return test


def _starts_with(operand: object) -> Test:
    prefix = _text(operand, "StartsWith")
    return lambda value: isinstance(value, str) and value.startswith(prefix)


def _ends_with(operand: object) -> Test:
    suffix = _text(operand, "EndsWith")
    return lambda value: isinstance(value, str) and value.endswith(suffix)


def _matches(operand: object) -> Test:
    try:
        pattern = re.compile(_text(operand, "Matches"))
    except (re.error, OverflowError, RecursionError) as error:
        raise BadInputError("invalid_query", reason=f"Matches: {error}") from error
    return lambda value: isinstance(value, str) and pattern.search(value) is not None


def _like(operand: object) -> Test:
    # Between two "%" lies a segment of fixed length; the leftmost place of each is as good as
    # any other, so nothing is ever tried twice.
    segments = _text(operand, "Like").split("%")
    head, *others = map(_segment, segments)
    if not others:
        return lambda value: isinstance(value, str) and head.fullmatch(value) is not None
    *middle, tail = others
    tail_length = len(segments[-1])

    def test(value: object) -> bool:
        if not isinstance(value, str) or (found := head.match(value)) is None:
            return False
        for segment in middle:
            if (found := segment.search(value, found.end())) is None:
                return False
        last = len(value) - tail_length
        return last >= found.end() and tail.match(value, last) is not None

    return test


def _segment(text: str) -> re.Pattern[str]:
    return re.compile(".".join(map(re.escape, text.split("_"))), re.DOTALL)


def _text(operand: object, operator: Operator) -> str:
    if not isinstance(operand, str):
        raise BadInputError("invalid_query", reason=f"{operator} needs a text")
    return operand


_TESTS: dict[Operator, Callable[[object], Test]] = {
    "Eq": _equals,
    "Ne": _differs,
    "Gt": _ordered(lambda value, bound: value > bound),
    "Gte": _ordered(lambda value, bound: value >= bound),
    "Lt": _ordered(lambda value, bound: value < bound),
    "Lte": _ordered(lambda value, bound: value <= bound),
    "In": _is_one_of,
    "Contains": _contains,
    "StartsWith": _starts_with,
    "EndsWith": _ends_with,
    "Matches": _matches,
    "Like": _like,
}
