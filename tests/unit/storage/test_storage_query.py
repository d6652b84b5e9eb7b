import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.matching import MISSING, order_key, predicate, same, value_at
from raise_finetune.storage.projection import projector
from raise_finetune.storage.query import Condition, Filter, Operator, Query
from raise_finetune.storage.reader import StoredDocument
from raise_finetune.storage.search import search

Put = Callable[..., Path]


def holds(operator: str, value: object, document: object) -> bool:
    condition = {"field": "f", "operator": operator, "value": value}
    chosen = Filter.model_validate({"operator": "And", "conditions": [condition]})
    return predicate(chosen)({} if document is MISSING else {"f": document})


CASES: list[tuple[str, Any, list[Any], list[Any]]] = [
    ("Eq", 5, [5], [5.0, "5", True, None, [5], MISSING]),
    ("Eq", 5.0, [5.0], [5, MISSING]),
    ("Eq", None, [None], [MISSING, 0, "", False]),
    ("Eq", True, [True], [1, "true", False]),
    ("Eq", "É", ["É"], ["é", "E\u0301"]),
    (
        "Eq",
        [1, {"a": 2}],
        [[1, {"a": 2}]],
        [[1, {"a": 2.0}], [{"a": 2}, 1], [1], [1, {"b": 2}]],
    ),
    ("Ne", 5, [5.0, None, MISSING, "5"], [5]),
    ("Ne", None, [MISSING, 0], [None]),
    ("Gt", 2, [3, 2.5, "", False, None, []], [2, 2.0, 1, -1e300, MISSING]),
    ("Gte", 2, [2, 2.0, 3, "a"], [1.9, MISSING]),
    ("Lt", 2, [1, 1.9], [2, 2.0, "", True, None, MISSING]),
    ("Lte", 2, [2, 2.0, 1], [2.1, "", MISSING]),
    ("Lt", "é", ["", "e", "z", 10**9], ["é", "ê", True, None, MISSING]),
    ("Gt", False, [True, None, {}], [False, "z", 1, MISSING]),
    ("Gt", [1], [[2], [], None, {}], [[1], [0], [1, 2], True, "", MISSING]),
    ("In", [1, "a", None, [2]], [1, "a", None, [2]], [1.0, "b", 2, True, MISSING]),
    ("In", [], [], [1, None, MISSING]),
    ("Contains", "bc", ["abcd", "bc", ["bc", 1]], ["b", "BC", ["abc"], {"bc": 1}, 5, MISSING]),
    ("Contains", "", ["", "a"], [5, MISSING]),
    ("Contains", 1, [[1], [0, 1]], [["1"], [1.0], [True], "1", 1, MISSING]),
    ("StartsWith", "Éc", ["Écluse", "Éc"], ["écluse", "É", ["Éc"], MISSING]),
    ("EndsWith", "se", ["Écluse", "se"], ["seul", 5, MISSING]),
    ("Matches", "^É.l", ["Écluse", "Éxl"], ["L'Écluse", "écluse", 5, MISSING]),
    ("Matches", "(?i)éCL", ["Écluse", "l'écluse\n"], ["eclu", MISSING]),
    ("Matches", "", ["", "a"], [5, None, MISSING]),
    ("Like", "Écl%", ["Écluse", "Écl"], ["L'Écluse", "écluse", "Éc", 5, MISSING]),
    ("Like", "%use", ["Écluse", "use"], ["usez", "us"]),
    ("Like", "_cl_se", ["Écluse", "acl\nse"], ["Éclusee", "clse"]),
    ("Like", "a%b%c", ["abc", "aXbYc", "a%b%c", "abcbc"], ["acb", "ab", "abcd"]),
    ("Like", "a%a", ["aa", "aba"], ["a"]),
    ("Like", "%.%", [".", "a.b"], ["ab"]),
    ("Like", "%", ["", "a\nb"], [5, None, MISSING]),
    ("Like", "", [""], ["a"]),
    ("Like", "a", ["a"], ["ab", "A"]),
]


@pytest.mark.parametrize(("operator", "value", "yes", "no"), CASES)
def test_operators(operator: str, value: object, yes: list[object], no: list[object]):
    assert [document for document in yes if not holds(operator, value, document)] == []
    assert [document for document in no if holds(operator, value, document)] == []


@pytest.mark.parametrize(
    ("operator", "value", "reason"),
    [
        ("In", "abc", "In needs a list"),
        ("StartsWith", 5, "StartsWith needs a text"),
        ("EndsWith", None, "EndsWith needs a text"),
        ("Like", ["a"], "Like needs a text"),
        ("Matches", 5, "Matches needs a text"),
        ("Matches", "(", "Matches: missing ), unterminated subpattern at position 0"),
        ("Matches", "a{99999999999}", "Matches: the repetition number is too large"),
        ("Gt", [2**80], "Integer exceeds 64-bit range"),
    ],
)
def test_values_that_an_operator_cannot_take(operator: str, value: object, reason: str):
    with pytest.raises(BadInputError) as caught:
        holds(operator, value, "text")
    assert caught.value.code == "invalid_query"
    assert caught.value.params == {"reason": reason}


def test_like_takes_no_longer_than_the_text():
    assert not holds("Like", "%a" * 200 + "%b", "a" * 20_000)


@pytest.mark.parametrize(("operator", "expected"), [("And", [3]), ("Or", [1, 2, 3]), ("Not", [0])])
def test_filters_combine_conditions(operator: str, expected: list[int]):
    documents = [{}, {"a": 1}, {"b": 1}, {"a": 1, "b": 1}]
    conditions = [{"field": name, "operator": "Eq", "value": 1} for name in ("a", "b")]
    accepts = predicate(Filter.model_validate({"operator": operator, "conditions": conditions}))
    assert [number for number, document in enumerate(documents) if accepts(document)] == expected


@pytest.mark.parametrize(("operator", "expected"), [("And", True), ("Or", False), ("Not", True)])
def test_filters_without_conditions(operator: str, expected: bool):
    empty = Filter.model_validate({"operator": operator, "conditions": []})
    assert predicate(empty)({}) is expected


def test_paths_lead_through_objects_only():
    document = {"a": {"b": {"c": 1}, "": 2}, "a.b": 3, "list": [{"c": 1}], "text": "abc"}
    paths = ["a.b.c", "a.", "a.b", "a.x", "list.0", "list.c", "text.b", "a.b.c.d"]
    assert [value_at(document, path.split(".")) for path in paths] == [
        1,
        2,
        {"c": 1},
        *[MISSING] * 5,
    ]


def test_the_order_of_types():
    ascending: list[Any] = [MISSING, -1, 0.5, 1, "", "B", "a", "é", False, True]
    # Of the rest, the JSON text: "[0]" comes before "[]".
    ascending += [[0], [], None, {"a": 1}, {}]
    shuffled = ascending[::-1]
    assert sorted(shuffled, key=order_key) == ascending


DOCUMENT: dict[str, Any] = {"a": 1, "b": {"c": 2, "d": {"e": 3}}, "f": None, "g": [1]}


class TestProjection:
    def project(self, projection: dict[str, list[str]]) -> dict[str, Any]:
        query = Query.model_validate({"collection": "c", "projection": projection})
        before = orjson.dumps(DOCUMENT)
        projected = projector(query.projection)(DOCUMENT)
        assert orjson.dumps(DOCUMENT) == before
        return projected

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ([], {}),
            (["a"], {"a": 1}),
            (["f", "x"], {"f": None}),
            (["b.c"], {"b": {"c": 2}}),
            (["b.c", "b.d.e"], {"b": {"c": 2, "d": {"e": 3}}}),
            (["b.c", "b"], {"b": {"c": 2, "d": {"e": 3}}}),
            (["b", "b.c"], {"b": {"c": 2, "d": {"e": 3}}}),
            (["b.x", "a.x", "g.0", "x.y"], {}),
        ],
    )
    def test_include(self, fields: list[str], expected: dict[str, Any]):
        assert self.project({"Include": fields}) == expected

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ([], DOCUMENT),
            (["a", "b"], {"f": None, "g": [1]}),
            (["a", "f", "g", "b.d"], {"b": {"c": 2}}),
            (["a", "f", "g", "b.d.e"], {"b": {"c": 2, "d": {}}}),
            (["b", "b.c", "f", "g"], {"a": 1}),
            (["b.x", "a.x", "g.0", "x.y"], DOCUMENT),
        ],
    )
    def test_exclude(self, fields: list[str], expected: dict[str, Any]):
        assert self.project({"Exclude": fields}) == expected


class TestModel:
    def test_the_wire_names(self):
        wire = {
            "collection": "articles",
            "filter": {
                "operator": "And",
                "conditions": [{"field": "metadata.rating", "operator": "Gte", "value": 4}],
            },
            "sort": [{"field": "title", "order": "Desc"}],
            "limit": 10,
            "offset": 5,
            "projection": {"Include": ["title"]},
        }
        assert Query.model_validate(wire).model_dump(by_alias=True) == wire

    @pytest.mark.parametrize(
        "change",
        [
            {"limit": -1},
            {"offset": -1},
            {"limit": "many"},
            {"unknown": 1},
            {"projection": {"Include": [], "Exclude": []}},
            {"projection": {}},
            {"sort": [{"field": "a", "order": "asc"}]},
            {"filter": {"operator": "Xor", "conditions": []}},
            {"filter": {"operator": "And", "conditions": [{"field": "a", "operator": "Eq"}]}},
            {
                "filter": {
                    "operator": "And",
                    "conditions": [{"field": "", "operator": "Eq", "value": 1}],
                }
            },
            {
                "filter": {
                    "operator": "And",
                    "conditions": [{"field": "a", "operator": "eq", "value": 1}],
                }
            },
        ],
    )
    def test_what_it_refuses(self, change: dict[str, Any]):
        with pytest.raises(ValidationError):
            Query.model_validate({"collection": "c", **change})

    def test_a_collection_is_needed(self):
        with pytest.raises(ValidationError):
            Query.model_validate({})


class TestEngine:
    @pytest.fixture
    def engine(self, domain: Path, put: Put) -> StorageEngine:
        for name, title, rating in [("a", "B", 3), ("b", "A", 5), ("c", "C", 5), ("d", "D", None)]:
            document = {"id": name, "title": title, "metadata": {"rating": rating}}
            if rating is None:
                del document["metadata"]
            put(f"un2/default/collections/notes/{name}.json", orjson.dumps(document).decode())
        put("un2/default/collections/notes/bad.json", "{")
        return StorageEngine(domain)

    def ids(self, engine: StorageEngine, **query: Any) -> list[str]:
        wanted = Query.model_validate({"collection": "notes", **query})
        result = engine.query("un2", "default", wanted)
        return [document["id"] for document in result.documents]

    def test_everything_in_the_order_of_file_names(self, engine: StorageEngine):
        result = engine.query("un2", "default", Query(collection="notes"))
        assert [document["id"] for document in result.documents] == ["a", "b", "c", "d"]
        assert [(problem.file, problem.problem) for problem in result.problems] == [
            ("bad.json", "invalid_json")
        ]

    def test_sort_limit_and_offset(self, engine: StorageEngine):
        by_rating = [{"field": "metadata.rating", "order": "Desc"}]
        by_both = [*by_rating, {"field": "title", "order": "Asc"}]
        assert self.ids(engine, sort=by_rating) == ["b", "c", "a", "d"]
        assert self.ids(engine, sort=by_both) == ["b", "c", "a", "d"]
        assert self.ids(engine, sort=[{"field": "title", "order": "Desc"}]) == ["d", "c", "a", "b"]
        assert self.ids(engine, sort=by_rating, limit=2, offset=1) == ["c", "a"]
        assert self.ids(engine, limit=2) == ["a", "b"]
        assert self.ids(engine, offset=3) == ["d"]
        assert self.ids(engine, limit=0) == []
        assert self.ids(engine, offset=9) == []

    def test_filter_and_projection(self, engine: StorageEngine):
        wanted = Query.model_validate(
            {
                "collection": "notes",
                "filter": {
                    "operator": "And",
                    "conditions": [{"field": "metadata.rating", "operator": "Gte", "value": 5}],
                },
                "sort": [{"field": "title", "order": "Desc"}],
                "projection": {"Exclude": ["id"]},
            }
        )
        assert engine.query("un2", "default", wanted).documents == [
            {"title": "C", "metadata": {"rating": 5}},
            {"title": "A", "metadata": {"rating": 5}},
        ]

    def test_names_that_are_no_text_are_sorted_like_others(
        self, engine: StorageEngine, domain: Path
    ):
        folder = os.fsencode(domain / "un2/default/collections/notes")
        for name, title in [(b"caf\xe9", "AA"), (b"a\\b", "AB")]:
            with open(folder + b"/" + name + b".json", "wb") as file:  # noqa: PTH123
                file.write(b'{"id":"%s","title":"%s"}' % (title.encode(), title.encode()))
        by_title = Query.model_validate(
            {"collection": "notes", "sort": [{"field": "title", "order": "Asc"}]}
        )
        result = engine.query("un2", "default", by_title)
        assert [each["title"] for each in result.documents] == ["A", "AA", "AB", "B", "C", "D"]
        assert [each.file for each in result.problems] == ["bad.json"]

    def test_an_unknown_collection_is_a_problem(self, engine: StorageEngine):
        result = engine.query("un2", "default", Query(collection="nothing"))
        assert result == ([], [("", None, "vanished", "", 0)])

    def test_a_collection_that_leaves_the_folder(self, engine: StorageEngine):
        with pytest.raises(BadInputError) as caught:
            engine.query("un2", "default", Query(collection="../notes"))
        assert caught.value.code == "invalid_name"

    def test_no_cap(self, domain: Path):
        folder = domain / "un2/default/collections/many"
        folder.mkdir(parents=True)
        for number in range(1100):
            (folder / f"{number:04}.json").write_bytes(b'{"n":%d}' % number)
        wanted = Query.model_validate(
            {"collection": "many", "sort": [{"field": "n", "order": "Desc"}], "limit": 1050}
        )
        found = StorageEngine(domain).query("un2", "default", wanted).documents
        assert [document["n"] for document in found] == list(range(1099, 49, -1))


def test_a_document_that_vanishes_between_sorting_and_reading_is_a_problem():
    gone = StoredDocument("b.json", None, "vanished", "")
    scan = [
        [StoredDocument("b.json", {"n": 1}, None, ""), StoredDocument("a.json", {"n": 2}, None, "")]
    ]
    query = Query.model_validate({"collection": "c", "sort": [{"field": "n", "order": "Asc"}]})
    result = search(query, scan, {"b.json": gone, "a.json": scan[0][1]}.__getitem__)
    assert result == ([{"n": 2}], [gone])


def test_reading_stops_at_the_limit():
    scan = iter(
        [[StoredDocument("a.json", {}, None, "")], [StoredDocument("b.json", {}, None, "")]]
    )
    result = search(Query(collection="c", limit=1), scan, lambda _file: pytest.fail("read"))
    assert result.documents == [{}]
    assert len(list(scan)) == 1


# A naive oracle, written from the specification without the implementation's means.

scalars = st.sampled_from([None, True, False, 0, 1, 1.0, -2, 2.5, "", "a", "ab", "b%", "é", "_"])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=2), max_leaves=3)
texts = st.text("ab%_é", max_size=4)
OPERATORS: list[Operator] = ["Eq", "Ne", "Gt", "Gte", "Lt", "Lte", "Contains"]


def json_text(value: object) -> str:
    return orjson.dumps(value).decode()


def rank(value: object) -> tuple[int, object]:
    kinds: list[tuple[type, ...]] = [(int, float), (str,), (bool,)]
    for number, kind in enumerate(kinds):
        if type(value) in kind:
            return number, value
    return 3, json_text(value)


def like(text: str, pattern: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(like(text[start:], pattern[1:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in ("_", text[0]) and like(text[1:], pattern[1:])


def oracle(operator: str, value: object, operand: object) -> bool:
    comparable = cast("Any", (rank(value), rank(operand)))
    match operator:
        case "Eq":
            return json_text(value) == json_text(operand)
        case "Ne":
            return json_text(value) != json_text(operand)
        case "Gt":
            return comparable[0] > comparable[1]
        case "Gte":
            return comparable[0] >= comparable[1]
        case "Lt":
            return comparable[0] < comparable[1]
        case "Lte":
            return comparable[0] <= comparable[1]
        case _:
            if isinstance(value, list):
                return json_text(operand) in map(json_text, cast("list[object]", value))
            return isinstance(value, str) and isinstance(operand, str) and operand in value


@given(st.sampled_from(OPERATORS), values, values)
def test_operators_agree_with_the_oracle(operator: Operator, value: object, operand: Any):
    accepts = predicate(
        Filter(operator="And", conditions=[Condition(field="f", operator=operator, value=operand)])
    )
    assert accepts({"f": value}) is oracle(operator, value, operand)


@given(texts, texts)
def test_text_operators_agree_with_the_oracle(text: str, operand: str):
    assert holds("Like", operand, text) is like(text, operand)
    assert holds("StartsWith", operand, text) is (text[: len(operand)] == operand)
    assert holds("EndsWith", operand, text) is (text[len(text) - len(operand) :] == operand)
    assert holds("Matches", re.escape(operand), text) is (operand in text)


@given(values, values)
def test_same_is_equality_of_the_json_text(left: object, right: object):
    assert same(left, right) is (json_text(left) == json_text(right))


inner_objects: st.SearchStrategy[Any] = st.fixed_dictionaries({"c": scalars})
with_optional_fields: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={"a": values, "b": inner_objects}
)
documents = st.lists(with_optional_fields, max_size=12)
orders = st.sampled_from(["Asc", "Desc"])


@given(documents, orders, orders, st.none() | st.integers(0, 5), st.integers(0, 5))
def test_sorting_agrees_with_the_oracle(
    found: list[dict[str, Any]], first: str, second: str, limit: int | None, offset: int
):
    stored = [StoredDocument(f"{number:02}", value, None, "") for number, value in enumerate(found)]
    query = Query.model_validate(
        {
            "collection": "c",
            "sort": [{"field": "a", "order": first}, {"field": "b.c", "order": second}],
            "limit": limit,
            "offset": offset,
        }
    )

    def key(value: dict[str, Any], path: str) -> Any:
        outer, _, inner = path.partition(".")
        if outer not in value:
            return (-1, 0)
        return rank(value[outer][inner] if inner else value[outer])

    expected = list(found)
    expected.sort(key=lambda value: key(value, "b.c"), reverse=second == "Desc")
    expected.sort(key=lambda value: key(value, "a"), reverse=first == "Desc")
    end = None if limit is None else offset + limit
    by_file = {document.file: document for document in stored}
    result = search(query, [stored], by_file.__getitem__)
    assert result == (expected[offset:end], [])
