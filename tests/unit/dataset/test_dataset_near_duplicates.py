"""Of near-duplicates one row stays: the best-rated, then the newest, then the first by name."""

from itertools import permutations
from pathlib import Path
from random import Random

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.edits import edited, pair, words
from domains.tree import Tree, exchange, export, taken_in
from raise_finetune.dataset.browsing.near_preview import preview_near_duplicates
from raise_finetune.dataset.dedup import Deduplication, NearSearch
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.near.shingles import QuestionAnswer, shingles
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.storage.engine import StorageEngine

_RANDOM = Random(11)  # noqa: S311
# Three texts of nothing in common, each with four copies that differ in one word of fifty.
COPIES = [
    [pair(text), *(pair(edited(_RANDOM, text, 0.02)) for _ in range(4))]
    for text in (words(_RANDOM, 80), words(_RANDOM, 40), words(_RANDOM, 200))
]
TEXTS = [text for copies in COPIES for text in copies]


def row(record: str, text: QuestionAnswer, rating: float = 4.0, date: str = "") -> Row:
    line = f"{text[0]} {text[1]}\n".encode()
    return Row(record, record, "conversation", line, rating, date, [])


def kept(folder: Path, texts: list[tuple[Row, QuestionAnswer]]) -> tuple[list[str], dict[str, str]]:
    """Return the records that stay, and for each that goes the one in its place."""
    options = OutputSection(val_fraction=0)
    search = NearSearch(NearIndex(folder), 0.7)
    with (folder / "ledger").open("w+b") as file:
        ledger = Ledger(file)
        with Deduplication(options, folder, search) as duplicates:
            for row, text in texts:
                duplicates.add(taken_in([row], options, [text]))
            staying = [
                each.record for batch in duplicates.drop(ledger, Pulse()) for _, each in batch
            ]
        ledger.flush()
        file.seek(0)
        entries = [orjson.loads(line) for line in file]
    return staying, {entry["record"]: entry["detail"] for entry in entries}


@pytest.mark.parametrize(
    ("claims", "winner"),
    [
        ([("a", 4, ""), ("b", 5, "")], "b"),
        ([("a", 4, "2026"), ("b", 5, "2020")], "b"),
        ([("a", 4, "2026-01-01T00:00:00"), ("b", 4, "2026-01-01T00:00:00.1")], "b"),
        ([("b", 4, ""), ("a", 4, "")], "a"),
        ([("a", 0, ""), ("b", 1, ""), ("c", 1, "")], "b"),
        ([("é", 4, ""), ("z", 4, "")], "z"),
    ],
)
def test_which_one_stays(tmp_path: Path, claims: list[tuple[str, float, str]], winner: str):
    copies = [
        (row(*claim[:1], text, *claim[1:]), text)
        for claim, text in zip(claims, COPIES[0], strict=False)
    ]
    for order in permutations(copies):
        staying, gone = kept(tmp_path, list(order))
        assert staying == [winner]
        assert gone == {name: winner for name, *_ in claims if name != winner}


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXTS) - 1),
            st.sampled_from([0.0, 4.0, 5.0]),
            st.sampled_from(["", "2025", "2026"]),
        ),
        max_size=16,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=30, deadline=None)
def test_one_of_each_stays_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, float, str]], random: Random
):
    folder = tmp_path_factory.mktemp("spool")
    rows = [
        (row(f"r{number}", TEXTS[text], rating, date), TEXTS[text])
        for number, (text, rating, date) in enumerate(drawn)
    ]
    staying, gone = kept(folder, rows)
    assert sorted([*staying, *gone]) == sorted(each.record for each, _ in rows)
    claims = {each.record: (each.rating, each.date) for each, _ in rows}
    for record, better in gone.items():
        assert claims[better] >= claims[record]
    family = {each.record: text // 5 for (each, _), (text, *_) in zip(rows, drawn, strict=True)}
    assert sorted(family[record] for record in staying) == sorted(set(family.values()))
    shuffled = list(rows)
    random.shuffle(shuffled)
    again, gone_again = kept(folder, shuffled)
    assert (sorted(again), gone_again) == (sorted(staying), gone)


def test_the_fate_names_the_row_that_stays(tree: Tree, output: Path):
    first, second = (exchange(*text) for text in COPIES[1][:2])
    worse = tree.conversation("worse", *first, rating=4)
    better = tree.conversation("better", *second, rating=5)
    other = tree.conversation("other", *exchange(*COPIES[2][0]), rating=4)
    exported = export(tree.root, output)
    assert exported.fates == {
        f"{worse}#1": "near_duplicate",
        f"{better}#1": "exported",
        f"{other}#1": "exported",
    }
    assert [entry["detail"] for entry in exported.ledger if "detail" in entry] == [f"{better}#1"]
    everything = export(tree.root, output, dedup={"near": "off"})
    assert set(everything.fates.values()) == {"exported"}
    assert len(export(tree.root, output, dedup={"threshold": 0.99}).rows) == 3


def test_short_answers_stay_beside_each_other(tree: Tree, output: Path):
    for name, (question, answer) in {
        "cat": ("Un animal ?", "cat"),
        "dog": ("Un animal ?", "dog"),
        "yes": ("Is the pump safe?", "Yes."),
        "no": ("Is the pump safe?", "No."),
    }.items():
        tree.conversation(name, *exchange(question, answer), rating=5)
    assert len(export(tree.root, output).rows) == 4


def test_the_context_makes_no_row_a_copy(tree: Tree, output: Path):
    """The answers of one conversation have nearly all of their text in common."""
    turns = [
        turn
        for number in range(6)
        for turn in exchange(*pair(words(Random(number), 60)), rating=5)  # noqa: S311
    ]
    tree.conversation("long", *turns)
    assert len(export(tree.root, output).rows) == 6


def test_whole_conversations_are_compared_whole(tree: Tree, output: Path):
    opening, other = exchange(*COPIES[2][0]), exchange(*pair(words(_RANDOM, 200)))
    tree.conversation("short", *opening, rating=5)
    tree.conversation("longer", *opening, *other, rating=5)
    tree.conversation("copy", *exchange(*COPIES[2][1]), *other, rating=5)
    exported = export(tree.root, output, examples={"unit": "conversation"})
    assert sorted(exported.fates.values()) == ["exported", "exported", "near_duplicate"]


def test_copies_differ_as_much_as_they_should():
    for copies in COPIES:
        sets = [set(shingles([text]).tolist()) for text in copies]
        assert all(0.7 < len(sets[0] & each) / len(sets[0] | each) < 1 for each in sets[1:])


def test_a_look_at_them_shows_pairs_and_counts_rows(tree: Tree):
    for number, (question, answer) in enumerate(TEXTS):
        tree.conversation(f"c{number:02}", *exchange(question, answer, rating=5))
    seen: list[Progress] = []
    engine = StorageEngine(tree.root)
    found = preview_near_duplicates(engine, ExportRecipe(), 2, Pulse(seen.append), KnownValues())
    assert (found.total, len(found.pairs)) == (len(TEXTS) - len(COPIES), 2)
    assert (seen[-1].stage, seen[-1].done) == ("writing", len(COPIES))
