"""The fields that documents of every era share."""

import pytest

from raise_finetune.dataset.sources.fields import (
    clean,
    declared_language,
    first,
    in_language,
    localised,
    newest_date,
    tags,
)


def test_the_first_key_that_holds_something_counts():
    document: dict[str, object] = {"a": None, "b": "", "c": {}, "d": 0, "e": 1}
    assert first(document, ("a", "b", "c", "d", "e")) == 0
    assert first(document, ("a", "x")) is None


@pytest.mark.parametrize(
    ("document", "date"),
    [
        ({"createdAt": "1", "updatedAt": "2"}, "2"),
        ({"_created_at": "1", "_updated_at": "2"}, "2"),
        ({"created_at": "1", "updated_at": "2"}, "2"),
        ({"createdAt": "1", "publishedAt": "2"}, "2"),
        ({"createdAt": "1", "updatedAt": None}, "1"),
        ({}, None),
    ],
)
def test_the_last_change_is_the_date(document: dict[str, object], date: object):
    assert newest_date(document) == date


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"tags": ["a", "b"]}, ("a", "b")),
        ({"metadata": {"tags": ["a"]}}, ("a",)),
        ({"meta": {"tags": ["a"]}}, ("a",)),
        ({"tags": [], "metadata": {"tags": ["a"]}}, ()),
        ({"tags": ["a", 1, None, ["b"]]}, ("a",)),
        ({"tags": "a"}, ()),
        ({"metadata": ["tags"]}, ()),
    ],
)
def test_tags(document: dict[str, object], expected: tuple[str, ...]):
    assert tags(document) == expected


@pytest.mark.parametrize(
    ("document", "language"),
    [
        ({"language": "fr"}, "fr"),
        ({"language": "FR-be"}, "fr"),
        ({"lang": "en_GB"}, "en"),
        ({"language": "de"}, ""),
        ({"language": 5}, ""),
        ({}, ""),
    ],
)
def test_declared_language(document: dict[str, object], language: str):
    assert declared_language(document) == language


def test_texts_by_language_come_in_raises_order():
    texts = localised({"en": "B", "de": "C", "fr-FR": " A ", "it": "", "es": None})
    assert list(texts.items()) == [("fr", "A"), ("en", "B"), ("de", "C")]
    assert localised({"FR": "A"}) == {"fr": "A"}
    assert localised(" A\0 ") == {"": "A"}
    assert localised("\0") == localised(" ") == localised(None) == localised([]) == {}


def test_a_text_in_a_language_falls_back():
    assert in_language("fr", {"fr": "A", "en": "B"}) == "A"
    assert in_language("fr", {"": "A"}) == "A"
    assert in_language("fr", {"en": "B"}) == "B"
    assert in_language("fr", {}) == ""


def test_clean_trims_and_drops_nul():
    assert clean(" \0a\0b \n") == "ab"
