import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.sanitize.ner.labels import EntityKind, Label, entity_kind, read_label
from raise_finetune.dataset.sanitize.ner.pieces import LONGEST_PIECE, pieces
from raise_finetune.dataset.sanitize.ner.spans import Entity, Token, entities_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PER", "person"),
        ("Person", "person"),
        ("FIRST_NAME", "person"),
        ("GPE", "place"),
        ("org", "organisation"),
        ("MISC", None),
        ("DATE", None),
        ("O", None),
    ],
)
def test_kinds(name: str, kind: EntityKind | None):
    assert entity_kind(name) == kind


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("B-PER", Label("person", begins=True)),
        ("I-PER", Label("person", begins=False)),
        ("S-LOC", Label("place", begins=True)),
        ("U-ORG", Label("organisation", begins=True)),
        ("L-ORG", Label("organisation", begins=False)),
        ("PER", Label("person", begins=False)),
        ("O", None),
        ("B-MISC", None),
        ("LABEL_1", None),
    ],
)
def test_labels(label: str, read: Label | None):
    assert read_label(label) == read


def spans(text: str, *tokens: tuple[str, int, int]) -> list[str]:
    read = [Token(label, s, e) for name, s, e in tokens if (label := read_label(name))]
    return [text[entity.start : entity.end] for entity in entities_of(text, read)]


def test_neighbours_are_one_name_unless_the_second_begins_one():
    text = "Anne Marie Paul"
    assert spans(text, ("B-PER", 0, 4), ("I-PER", 5, 10), ("B-PER", 11, 15)) == [
        "Anne Marie",
        "Paul",
    ]


def test_parts_of_a_word_are_one_name_whatever_they_begin():
    assert spans("Dupont", ("B-PER", 0, 3), ("B-PER", 3, 6)) == ["Dupont"]


def test_a_token_may_hold_the_blank_before_it():
    assert spans("Anne Paul", ("B-PER", 0, 4), ("B-PER", 4, 9)) == ["Anne", "Paul"]


def test_an_initial_and_an_apostrophe_join():
    text = "J. O’Brien"
    assert spans(text, ("B-PER", 0, 1), ("I-PER", 3, 4), ("I-PER", 5, 10)) == [text]


def test_a_line_end_parts_two_names():
    assert spans("Anne\nPaul", ("B-PER", 0, 4), ("I-PER", 5, 9)) == ["Anne", "Paul"]


def test_other_kinds_are_not_joined():
    assert spans("Anne Lyon", ("B-PER", 0, 4), ("I-LOC", 5, 9)) == ["Anne", "Lyon"]


def test_words_are_completed_and_edges_trimmed():
    text = "(Dupont) vu"
    assert spans(text, ("B-PER", 0, 4)) == ["Dupont"]
    assert spans(text, ("B-PER", 7, 9)) == []


def test_a_word_is_completed_only_so_far():
    text = "a" * 1000
    (entity,) = entities_of(text, [Token(Label("person", begins=True), 500, 501)])
    assert entity == Entity("person", 500 - 64, 501 + 64)


@given(st.text(st.sampled_from(["a", "é", "🚆", " ", "\n", "1"]), max_size=3 * LONGEST_PIECE))
def test_pieces_hold_all_letters_at_their_place(text: str):
    cut = list(pieces(text))
    assert all(text.startswith(piece, offset) for offset, piece in cut)
    assert all(len(piece) <= LONGEST_PIECE for _, piece in cut)
    covered = {offset + place for offset, piece in cut for place in range(len(piece))}
    assert all(place in covered for place, char in enumerate(text) if char in "aé")
    assert sum(len(piece) for _, piece in cut) == len(covered)


def test_cuts_fall_after_line_ends_then_after_blanks():
    line = "x" * 2500 + "\n"
    assert [offset for offset, _ in pieces(line * 3)] == [0, 2501, 5002]
    words = "y" * 2500 + " "
    assert [offset for offset, _ in pieces(words * 3)] == [0, 2501, 5002]
    assert [offset for offset, _ in pieces("z" * 9000)] == [0, 4000, 8000]
