import string
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.errors import BadInputError
from raise_finetune.storage.layout import (
    CollectionRef,
    check_id,
    check_name,
    encode_document,
    is_document_name,
    printable,
)


def test_a_collection_is_written_as_a_path():
    assert str(CollectionRef("un2", "default", "articles")) == "un2/default/articles"


def test_collections_sort_by_space_then_database_then_name():
    refs = [
        CollectionRef("b", "a", "a"),
        CollectionRef("a", "b", "a"),
        CollectionRef("a", "a", "b"),
    ]
    assert [str(ref) for ref in sorted(refs)] == ["a/a/b", "a/b/a", "b/a/a"]


@pytest.mark.parametrize(
    "document_id",
    ["a", "A-1", "x" * 128, "urn:uuid:1", "1.5", "...", "a..b", ".hidden", str(UUID(int=0))],
)
def test_valid_ids(document_id: str):
    assert check_id(document_id) == document_id


@pytest.mark.parametrize(
    ("document_id", "shown"),
    [
        ("", ""),
        (".", "."),
        ("..", ".."),
        ("/", "/"),
        ("a/../b", "a/../b"),
        ("a\\b", "a\\b"),
        ("a\0b", "a\\x00b"),
        ("a\n", "a\\n"),
        ("é", "é"),
        ("a b", "a b"),
        ("\ud800", "\\ud800"),
        ("x" * 129, "x" * 129),
        ("x" * 1000, "x" * 200 + "…"),
        # Valid characters, but every reader skips their files.
        ("_meta", "_meta"),
        ("_system", "_system"),
        ("a.tmp", "a.tmp"),
        ("a.tmp.b", "a.tmp.b"),
    ],
)
def test_other_ids_are_refused_before_they_become_a_path(document_id: str, shown: str):
    with pytest.raises(BadInputError) as caught:
        check_id(document_id)
    assert caught.value.code == "invalid_id"
    assert caught.value.params == {"id": shown}
    assert caught.value.message("en") == f"“{shown}” is not a valid document id."


@given(st.text(alphabet=string.printable + "é\0", max_size=140))
def test_an_accepted_id_names_one_document_file_in_its_folder(document_id: str):
    try:
        check_id(document_id)
    except BadInputError:
        return
    assert is_document_name(f"{document_id}.json")
    assert "/" not in document_id
    assert "\\" not in document_id
    assert len(document_id.encode()) <= 128


@pytest.mark.parametrize("name", ["un2", "_system", "exigences système", "a.b", "v1:x"])
def test_valid_names(name: str):
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "../un2", "a\\b", "a\0", ".git", "old.deleted-1767200000", "\udcff"],
)
def test_names_that_leave_the_folder_or_no_listing_shows_are_refused(name: str):
    with pytest.raises(BadInputError) as caught:
        check_name(name)
    assert caught.value.code == "invalid_name"


def test_encoding_is_era_c_to_the_byte():
    document: dict[str, Any] = {
        "é": "à\n🚀",
        "b": [1, 2.5, True, None],
        "a": {},
        "B": [],
        "A": {"z": "", "y": []},
    }
    assert encode_document(document) == (
        b"{\n"
        b'  "A": {\n'
        b'    "y": [],\n'
        b'    "z": ""\n'
        b"  },\n"
        b'  "B": [],\n'
        b'  "a": {},\n'
        b'  "b": [\n'
        b"    1,\n"
        b"    2.5,\n"
        b"    true,\n"
        b"    null\n"
        b"  ],\n"
        b'  "\xc3\xa9": "\xc3\xa0\\n\xf0\x9f\x9a\x80"\n'
        b"}"
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("\ud800", "str is not valid UTF-8: surrogates not allowed"),
        (2**64, "Integer exceeds 64-bit range"),
        ({1: 2}, "Dict key must be str"),
        (object(), "Type is not JSON serializable: object"),
        (float("nan"), "nan"),
        ([{"b": float("-inf")}], "-inf"),
    ],
)
def test_what_json_cannot_hold_is_refused(value: object, reason: str):
    with pytest.raises(BadInputError) as caught:
        encode_document({"a": value})
    assert caught.value.code == "document_not_json"
    assert caught.value.params == {"reason": reason}


def test_a_name_in_a_message_is_cut_off_after_two_hundred_characters():
    assert printable("a" * 200) == "a" * 200
    assert printable("a" * 201) == "a" * 200 + "…"
