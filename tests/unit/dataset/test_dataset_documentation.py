"""Articles, elements, requirements and chunks: recognised by their fields, told in words."""

from typing import Any

import pytest

from raise_finetune.dataset.recipe import RatingSection
from raise_finetune.dataset.records import Documentation
from raise_finetune.dataset.sources.documentation import read_documentation
from raise_finetune.dataset.sources.ratings import rating_reader

READ_RATING = rating_reader(RatingSection())


def read(document: dict[str, Any], database: str = "default") -> Documentation:
    item = read_documentation("r", database, document, READ_RATING)
    assert isinstance(item, Documentation), item
    return item


def fate(document: dict[str, Any]) -> str:
    item = read_documentation("r", "default", document, READ_RATING)
    assert isinstance(item, str), item
    return item


def known(item: Documentation) -> dict[str, dict[str, str]]:
    """Return the fields that hold something."""
    return {
        language: {name: value for name, value in fields.items() if value}
        for language, fields in item.fields.items()
    }


def test_an_article():
    item = read(
        {
            "handle": "h",
            "displayName": "D",
            "slug": "s",
            "title": "Titre",
            "summary": {"fr": "Résumé", "en": "Summary"},
            "tags": ["t"],
            "status": "published",
            "publishedAt": "2026-01-01T00:00:00Z",
            "rating": 4,
        }
    )
    assert (item.record, item.kind, item.status) == ("r", "article", "published")
    assert (item.date, item.tags) == ("2026-01-01T00:00:00Z", ("t",))
    assert (item.rating, item.invalid_rating) == (4.0, "")
    assert known(item) == {
        "fr": {"title": "Titre", "text": "Résumé"},
        "en": {"title": "Titre", "text": "Summary"},
    }


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"body": "B", "summary": "S", "excerpt": "E"}, "B"),
        ({"body": "", "summary": {}, "excerpt": "E"}, "E"),
        ({"body": None, "summary": {"en": "S"}}, "S"),
        ({"body": {"fr": " ", "en": None}, "summary": "\0", "excerpt": "E"}, "E"),
        ({"body": ["B"], "summary": 5, "excerpt": "E"}, "E"),
    ],
)
def test_the_longest_text_of_an_article_counts(texts: dict[str, object], expected: str):
    item = read({"title": "The title of the thing", **texts})
    assert [fields["text"] for fields in item.fields.values()] == [expected]


def test_an_article_is_named_by_its_title_or_what_stands_in_its_place():
    assert read({"displayName": "D", "handle": "h", "body": "x"}).fields["fr"]["title"] == "D"
    assert read({"title": "", "displayName": "", "slug": "s"}).fields == {}
    titles: dict[str, object] = {"title": {"fr": "", "en": None}, "displayName": " ", "slug": "s"}
    assert read({**titles, "body": "x"}).fields["fr"]["title"] == "s"
    item = read({"title": {"en": "T", "fr": "U"}, "body": {"en": "the x", "fr": "le x"}})
    assert (item.fields["en"]["title"], item.fields["fr"]["title"]) == ("T", "U")


def test_an_element_written_by_an_agent():
    item = read(
        {
            "name": "Piloter",
            "description": "Piloter le drone",
            "layer": "SA",
            "type": "SystemFunction",
            "createdAt": "2026-01-01T00:00:00+00:00",
        },
        database="sa",
    )
    assert item.kind == "element"
    assert known(item) == {
        "fr": {
            "name": "Piloter",
            "text": "Piloter le drone",
            "type": "System Function",
            "layer": "SA",
        }
    }


@pytest.mark.parametrize(
    ("fields", "database", "type_name", "layer"),
    [
        ({"@type": "https://raise.io/arcadia/sa#SystemFunction"}, "sa", "System Function", "SA"),
        ({"@type": "sa:LogicalComponent"}, "la", "Logical Component", "LA"),
        ({"@type": ["A", "B"]}, "transverse", "", "TRANSVERSE"),
        ({"type": "Actor", "layer": "OA"}, "default", "Actor", "OA"),
        ({"type": 5, "layer": 5}, "default", "", ""),
    ],
)  # fmt: skip
def test_type_and_layer(fields: dict[str, object], database: str, type_name: str, layer: str):
    item = read({"name": "N", "description": "the D", **fields}, database)
    assert (item.fields["en"]["type"], item.fields["en"]["layer"]) == (type_name, layer)


def test_a_requirement_in_two_languages():
    item = read(
        {
            "reqId": "REQ-1",
            "name": {"fr": "Nom", "en": "Name"},
            "statement": {"fr": "Doit", "en": "Shall"},
            "category": "Safety",
        }
    )
    assert item.kind == "requirement"
    assert known(item) == {
        "fr": {"id": "REQ-1", "name": "Nom", "text": "Doit", "category": "Safety"},
        "en": {"id": "REQ-1", "name": "Name", "text": "Shall", "category": "Safety"},
    }
    assert list(item.fields) == ["fr", "en"]


def test_a_requirement_without_a_name():
    item = read({"reqId": "REQ-1", "statement": "The system shall be safe."})
    assert known(item) == {"en": {"id": "REQ-1", "text": "The system shall be safe."}}


def test_a_knowledge_chunk_counts_from_one():
    metadata = {"source": "a.pdf", "chunk_index": 2, "total_chunks": 7}
    item = read({"_id": "x", "content": "The text", "metadata": metadata})
    assert item.kind == "chunk"
    assert known(item) == {"en": {"source": "a.pdf", "part": "3", "parts": "7", "text": "The text"}}
    alone = read({"content": "The text", "metadata": {"source": "a.pdf", "chunk_index": "2"}})
    assert (alone.fields["en"]["part"], alone.fields["en"]["parts"]) == ("1", "1")


def test_a_text_without_words_to_tell_by_is_taken_for_french():
    assert list(read({"name": "N", "description": "42"}).fields) == ["fr"]


def test_other_languages_are_left_out():
    assert read({"name": "N", "description": {"de": "Text"}}).fields == {}


def test_nul_never_reaches_a_text():
    fields = read({"name": "N\0", "description": "the\0 D"}).fields["en"]
    assert (fields["name"], fields["text"]) == ("N", "the D")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "N", "description": "D"},
        {"title": "T", "body": "B"},
        {"statement": "S"},
        {"content": "C", "metadata": {"source": "s"}},
    ],
)
def test_whoever_has_an_address_is_a_person(fields: dict[str, object]):
    assert fate({"displayName": "X", "email": "x@y.z", **fields}) == "personal_record"
    assert fate({"displayName": "X", "phone": "+33", **fields}) == "personal_record"


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"displayName": "X"},
        {"name": "N"},
        {"description": "D"},
        {"content": "C"},
        {"content": "C", "metadata": {}},
        {"content": "C", "metadata": "source"},
        {"title": "T"},
        {"messages": []},
        {"history": "none"},
    ],
)
def test_what_is_no_documentation(document: dict[str, object]):
    assert fate(document) == "not_training_material"


def test_a_bad_rating_is_kept_for_the_ledger():
    item = read({"name": "N", "description": "D", "rating": "high"})
    assert (item.rating, item.invalid_rating) == (None, "'high'")
