"""Conversation documents: shape, dates, ratings, planted copies; stable and independent."""

import re
import subprocess
import sys
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from raise_finetune.demo.conversation import Origin, conversation
from raise_finetune.demo.draws import Draws
from raise_finetune.demo.edits import edit
from raise_finetune.storage.layout import encode_document

COUNT = 3000
DATE = re.compile(r"202[45]-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6}|\.\d{9})?\+00:00")
PLACES = ("rating", "x_rating", "metadata.rating", "meta.rating")
THUMBS = ("thumbs", "x_thumbs", "metadata.thumbs")

Document = dict[str, Any]


@pytest.fixture(scope="module")
def generated() -> list[tuple[Origin, Document]]:
    return [conversation(5, index) for index in range(COUNT)]


@pytest.fixture(scope="module")
def documents(generated: list[tuple[Origin, Document]]) -> list[Document]:
    return [document for _, document in generated]


def answers(document: Document) -> list[Document]:
    return [message for message in document["messages"] if message["role"].lower() == "assistant"]


def follow(holder: Document, place: str) -> object:
    section, _, key = place.partition(".")
    value = holder.get(section)
    return value.get(key) if key and isinstance(value, dict) else value  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def contents(document: Document) -> list[str]:
    return [message["content"] for message in document["messages"]]


def test_a_document_has_the_shape_of_the_user_interface(documents: list[Document]) -> None:
    keys = {"createdAt", "id", "language", "messages", "tags", "title", "updatedAt"}
    extra = {"rating", "x_rating", "metadata", "meta"}
    for document in documents:
        assert keys <= set(document) <= keys | extra
        assert UUID(document["id"]).version == 4
        assert document["language"] in ("fr", "en")
        assert len(document["tags"]) == 2
        assert document["title"]
        assert document["messages"]
        for message in document["messages"]:
            assert {"content", "createdAt", "id", "role"} <= set(message)
            assert UUID(message["id"]).version == 4


def test_identifiers_are_unique(documents: list[Document]) -> None:
    everything = [document["id"] for document in documents] + [
        message["id"] for document in documents for message in document["messages"]
    ]
    assert len(set(everything)) == len(everything)


def test_dates_are_rfc_3339_and_in_order(documents: list[Document]) -> None:
    fractions: Counter[int] = Counter()
    for document in documents:
        dates = [document["createdAt"]]
        dates += [message["createdAt"] for message in document["messages"]]
        dates.append(document["updatedAt"])
        assert dates == sorted(dates)
        for date in dates:
            match = DATE.fullmatch(date)
            assert match, date
        fractions[len(document["createdAt"])] += 1
    assert len(fractions) == 4
    assert min(fractions.values()) > COUNT // 6


def test_the_mean_document_has_about_three_kilobytes(documents: list[Document]) -> None:
    mean = sum(len(encode_document(document)) for document in documents) / COUNT
    assert 2700 < mean < 3300


def test_ratings_stand_where_users_leave_them(documents: list[Document]) -> None:
    found: Counter[str] = Counter()
    for document in documents:
        in_messages = [
            place
            for answer in answers(document)
            for place in (*PLACES, *THUMBS)
            if follow(answer, place) is not None
        ]
        on_document = [place for place in PLACES if follow(document, place) is not None]
        assert not (in_messages and on_document)
        kinds = (
            {f"message {place}" for place in in_messages}
            | {f"document {place}" for place in on_document}
        ) or {"unrated"}
        found.update(kinds)
    assert {f"message {place}" for place in (*PLACES, *THUMBS)} <= set(found)
    assert {f"document {place}" for place in PLACES} <= set(found)
    assert 0.36 < found["unrated"] / COUNT < 0.46


def test_stars_and_thumbs_have_every_spelling(documents: list[Document]) -> None:
    stars: Counter[object] = Counter()
    thumbs: set[tuple[type, object]] = set()
    for document in documents:
        for holder in (document, *answers(document)):
            for place in PLACES:
                value = follow(holder, place)
                if value is not None:
                    stars[repr(value)] += 1
            thumbs |= {
                (type(value), value)
                for place in THUMBS
                if (value := follow(holder, place)) is not None
            }
    assert thumbs == {(str, "up"), (str, "down"), (int, 1), (int, -1), (bool, True), (bool, False)}
    assert {"1", "2", "3", "4", "5", "4.5", "3.5", "2.5"} <= set(stars)
    assert {"True", "7", "0", "'cinq'"} <= set(stars)  # what no one should take for a rating
    assert stars["5"] > stars["4"] > stars["3"] > stars["1"]


def test_planted_copies_have_the_same_texts_and_another_identity(
    generated: list[tuple[Origin, Document]],
) -> None:
    originals = {tuple(contents(document)) for kind, document in generated if kind == "original"}
    copies = [document for kind, document in generated if kind == "copy"]
    assert 0.03 < len(copies) / COUNT < 0.05
    for document in copies:
        assert tuple(contents(document)) in originals


def test_near_copies_differ_in_about_one_word_in_twenty(
    generated: list[tuple[Origin, Document]],
) -> None:
    by_title: dict[str, list[Document]] = {}
    for kind, document in generated:
        if kind == "original":
            by_title.setdefault(document["title"], []).append(document)
    near = [document for kind, document in generated if kind == "near copy"]
    assert 0.02 < len(near) / COUNT < 0.04
    for document in near:
        source = min(by_title[document["title"]], key=lambda other: distance(document, other))
        assert 0 < distance(document, source) <= 0.08


def distance(one: Document, other: Document) -> float:
    """Return the share of words that differ; 1 where the texts cannot be aligned."""
    first = " ".join(contents(one)).split()
    second = " ".join(contents(other)).split()
    if len(first) != len(second):
        return 1.0
    return sum(a != b for a, b in zip(first, second, strict=True)) / len(first)


@pytest.mark.parametrize("text", ["", "le la un", "12 34", "é", "un mot"])
def test_short_texts_are_left_as_they_are(text: str) -> None:
    assert edit(text, Draws(0, "edit")) == text


def test_an_edit_changes_one_word_in_twenty() -> None:
    text = " ".join(f"exigence{'abcdefghij'[n % 10]}" for n in range(200))
    edited = edit(text, Draws(0, "edit")).split()
    assert len(edited) == 200
    assert sum(a != b for a, b in zip(edited, text.split(), strict=True)) == pytest.approx(
        10, abs=3
    )


def test_a_conversation_depends_on_its_number_alone() -> None:
    assert conversation(5, 1234) == conversation(5, 1234)
    alone = (
        "from raise_finetune.demo.conversation import conversation\n"
        "from raise_finetune.storage.layout import encode_document\n"
        "import sys\n"
        "sys.stdout.buffer.write(encode_document(conversation(5, 1234)[1]))\n"
    )
    for hash_seed in ("0", "1"):
        result = subprocess.run(
            [sys.executable, "-c", alone],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": hash_seed, "LC_ALL": "C"},
        )
        assert result.stdout == encode_document(conversation(5, 1234)[1])
