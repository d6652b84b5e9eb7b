"""What is tested was never learned: no conversation and no copy stands on two sides."""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import combinations, count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.edits import edited, pair, words
from domains.tree import Exported, Json, Tree, exchange, export
from raise_finetune.dataset.dedup import leaks as leaks_module
from raise_finetune.dataset.dedup.dropped import DroppedRows
from raise_finetune.dataset.dedup.grouping import Grouping, GroupingSpool
from raise_finetune.dataset.dedup.leaks import HABIT, count_both_sides, find_leaks
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.near.codes import codes_of
from raise_finetune.dataset.near.shingles import QuestionAnswer, shingles
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.split import split_of
from raise_finetune.dataset.verification import verify_dataset
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.dataset.writing import columns

SPLIT = {"val_fraction": 0.3, "test_fraction": 0.3}
OPTIONS = OutputSection.model_validate(SPLIT)
PREFIX = "un2/default/conversations/"


def names(side: str) -> Iterator[str]:
    """Yield names of conversations that fall on a side."""
    return (name for name in map("c{}".format, count()) if split_of(PREFIX + name, OPTIONS) == side)


TRAIN, VAL, TEST = (next(names(side)) for side in ("train", "val", "test"))
FILLER = "filler0"  # so that there is always something to train on
assert split_of(PREFIX + FILLER, OPTIONS) == "train"


def turns(seed: int, exchanges: int, rating: int | None = 5, share: float = 0.0) -> list[Json]:
    """Return exchanges of 60 words; ``share`` of the words are edited, differently each time."""
    random, editing = Random(seed), Random(share)  # noqa: S311
    texts = [words(random, 60) for _ in range(exchanges)]
    fields = {} if rating is None else {"rating": rating}
    return [
        turn
        for text in texts
        for turn in exchange(*pair(edited(editing, text, share) if share else text), **fields)
    ]


def sides(exported: Exported) -> dict[str, str]:
    return {
        entry["record"].removeprefix(PREFIX): entry["split"]
        for entry in exported.ledger
        if entry["fate"] == "exported" and FILLER not in entry["record"]
    }


def divided(tree: Tree, output: Path, **recipe: object) -> Exported:
    tree.conversation(FILLER, *exchange("What shall be trained on?", "This.", rating=5))
    exported = export(tree.root, output, output=SPLIT, **recipe)
    assert exported.report.both_sides.conversations == 0
    assert exported.report.both_sides.near_duplicates == 0
    return exported


@pytest.mark.parametrize(("weaker", "stronger"), [(TRAIN, VAL), (TRAIN, TEST), (VAL, TEST)])
def test_a_continued_conversation_stays_with_its_beginning(
    tree: Tree, output: Path, weaker: str, stronger: str
):
    tree.conversation(stronger, *turns(1, 2))
    continued = [*turns(1, 2, rating=None), *turns(2, 1)]
    tree.conversation(weaker, *continued)
    exported = divided(tree, output)
    assert set(sides(exported)) == {f"{stronger}#1", f"{stronger}#3"}
    assert exported.fates[f"{PREFIX}{weaker}#5"] == "split_leak"
    details = {entry["record"]: entry.get("detail", "") for entry in exported.ledger}
    assert details[f"{PREFIX}{weaker}#5"].startswith(f"{PREFIX}{stronger}#")


def test_a_paraphrased_copy_never_crosses(tree: Tree, output: Path):
    tree.conversation(VAL, *turns(1, 3), *turns(2, 1))
    better = [*turns(1, 3, share=0.04), *turns(4, 1)]
    better[1]["rating"] = 4  # so that each of the two conversations would keep some rows
    tree.conversation(TRAIN, *better)
    exported = divided(tree, output)
    assert set(sides(exported).values()) == {"val"}
    assert "split_leak" in exported.fates.values()


def test_on_one_side_both_stay(tree: Tree, output: Path):
    others = names("train")
    one, other = next(others), next(others)
    tree.conversation(one, *turns(1, 2))
    tree.conversation(other, *turns(1, 2, rating=None), *turns(2, 1))
    assert len(sides(divided(tree, output))) == 3


def test_a_habit_of_speech_joins_nothing(tree: Tree, output: Path):
    """What dozens of conversations begin with does not make them one."""
    for seed, name in enumerate([*_several("train", 12), *_several("val", 12)]):
        tree.conversation(name, *turns(99, 1, rating=None), *turns(seed, 1))
    assert len(sides(divided(tree, output))) == 24


def _several(side: str, number: int) -> list[str]:
    found = names(side)
    return [next(found) for _ in range(number)]


def test_short_beginnings_join_nothing(tree: Tree, output: Path):
    greeting = exchange("Hello", "Hello! How can I help?")
    tree.conversation(TRAIN, *greeting, *turns(1, 1))
    tree.conversation(VAL, *greeting, *turns(2, 1))
    assert len(sides(divided(tree, output))) == 2


def test_near_duplicates_that_are_kept_stay_on_one_side(tree: Tree, output: Path):
    in_train = _several("train", 3)
    for number, name in enumerate([*in_train, VAL]):
        tree.conversation(name, *turns(1, 1, share=0.01 * number))
    alone = divided(tree, output, dedup={"near": "keep"})
    assert sides(alone) == {f"{VAL}#1": "val"}
    (tree.root / f"un2/default/collections/conversations/{VAL}.json").unlink()
    together = divided(tree, output, dedup={"near": "keep"})
    assert set(sides(together).values()) == {"train"}
    assert len(sides(together)) == 3


@pytest.mark.parametrize("near", ["keep", "drop"])
def test_nothing_of_a_crowd_stays_on_two_sides(tree: Tree, output: Path, near: str):
    """Where more rows resemble each other than are compared at once, they are compared again."""
    random = Random(5)  # noqa: S311
    texts: dict[str, QuestionAnswer] = {}
    for family, share in enumerate((0.01, 0.06, 0.1)):
        base = words(random, 90)
        for number in range(60):
            name = f"f{family}n{number}"
            texts[name] = pair(edited(random, base, share))
            tree.conversation(name, *exchange(*texts[name], rating=5))
    staying = sides(divided(tree, output, dedup={"near": near}))
    assert set(staying.values()) == {"train", "val", "test"}
    found = {record: set(shingles([texts[record[:-2]]]).tolist()) for record in staying}
    for one, other in combinations(staying, 2):
        if near == "drop" or staying[one] != staying[other]:
            assert not _near(found[one], found[other])
    assert verify_dataset(open_dataset(output)).passed


def _near(one: set[int], other: set[int]) -> bool:
    """Compare the whole, then the answers alone, whose shingles are odd."""
    return _jaccard(one, other) >= 0.7 and (
        _jaccard({each for each in one if each % 2}, {each for each in other if each % 2}) >= 0.7
    )


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


def test_of_a_long_conversation_one_near_row_goes_alone(tree: Tree, output: Path):
    tree.conversation(VAL, *turns(1, 1), *turns(2, 3))
    tree.conversation(TRAIN, *turns(3, 3), *turns(1, 1, share=0.02))
    exported = divided(tree, output, dedup={"near": "keep"})
    lost = [record for record, fate in exported.fates.items() if fate == "split_leak"]
    assert lost == [f"{PREFIX}{TRAIN}#7"]


def test_one_file_holds_the_same_rows(tree: Tree, tmp_path: Path):
    """One recipe, the same rows; without a split nothing leaks."""
    tree.conversation(VAL, *turns(1, 2))
    tree.conversation(TRAIN, *turns(1, 2, rating=None), *turns(2, 1))
    for fractions, fates in (
        (SPLIT, {"exported": 2, "split_leak": 1, "unrated": 2}),
        ({"val_fraction": 0}, {"exported": 3, "unrated": 2}),
    ):
        recipe = ExportRecipe.model_validate({"output": fractions})
        report = export_dataset(recipe, tmp_path / "rows.jsonl", root=tree.root)
        assert (report.rows, dict(sorted(report.fates.items()))) == (fates["exported"], fates)


def test_ten_percent_more_data_moves_no_row(tree: Tree, output: Path):
    """Among them continued conversations and paraphrased copies of what was there before."""
    for number in range(90):
        tree.conversation(
            f"old{number}", *turns(number, 2), updatedAt=f"2026-01-{1 + number % 28:02}"
        )
    before = sides(divided(tree, output))
    for number in range(10):
        copied = turns(number, 2, rating=None if number % 2 else 4, share=0.03 * (number % 3))
        tree.conversation(f"new{number}", *copied, *turns(1000 + number, 1), updatedAt="2025-06-01")
    after = sides(divided(tree, output))
    assert len(before) == 180
    assert len(after) > 180
    assert {record: after[record] for record in before if record in after} == {
        record: side for record, side in before.items() if record in after
    }
    # What is tested is what was tested before: only training rows can go.
    assert {record for record, side in before.items() if side == "test"} <= after.keys()


class Grouped(NamedTuple):
    """What is known of a row: hashes of its group and of how this begins, and its side."""

    group: int
    opening: int
    side: int


@contextmanager
def spooled(rows: list[Grouped], at_once: int = 1 << 16) -> Generator[GroupingSpool]:
    """Yield the rows as they wait, read so many at once."""
    grouping = Grouping(OPTIONS)
    for row in rows:
        grouping.groups.append(row.group)
        grouping.openings.append(row.opening)
        grouping.sides.append(row.side)
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        spool = GroupingSpool(OPTIONS, Path(folder))
        for module in (columns, leaks_module):
            patch.setattr(module, "_ROWS_AT_ONCE", at_once)
        spool.append(grouping)
        yield spool


def test_the_count_would_see_a_leak():
    """The proof must be able to fail."""
    pairs = codes_of(np.array([0, 0]), np.array([1, 2]))
    with spooled([Grouped(7, 0, 0), Grouped(8, 0, 1), Grouped(7, 0, 0)]) as grouping:
        assert count_both_sides(grouping, pairs, DroppedRows(3)) == (0, 1)
    with spooled([Grouped(7, 0, 0), Grouped(7, 0, 1)]) as torn:
        assert count_both_sides(torn, pairs[:0], DroppedRows(2)) == (1, 0)


@pytest.mark.parametrize(("conversations", "leaks"), [(HABIT, HABIT - 1), (HABIT + 1, 0)])
def test_what_more_conversations_begin_with_is_a_habit(conversations: int, leaks: int):
    rows = [Grouped(group, 1, 2 if group == 0 else 0) for group in range(conversations)]
    with spooled(rows) as grouping:
        found = find_leaks(grouping, np.ones(len(rows), np.bool_), np.empty(0, np.uint64))
    assert len(found.rows) == leaks


@pytest.mark.parametrize(("others", "leaks"), [(HABIT, [0, 1]), (HABIT + 1, [0])])
def test_what_a_row_shares_with_more_conversations_is_a_habit(others: int, leaks: list[int]):
    """Half of the first conversation is found in others, each of which holds more besides."""
    rows = [Grouped(0, 0, 0)] * 2 + [Grouped(n + 1, 0, 1) for n in range(others) for _ in range(3)]
    pairs = codes_of(np.zeros(others, np.int64), np.arange(2, len(rows), 3))
    with spooled(rows) as grouping:
        found = find_leaks(grouping, np.ones(len(rows), np.bool_), pairs)
    assert found.rows.tolist() == leaks


@pytest.mark.parametrize(("length", "left"), [(199, 2), (200, 1)])
def test_a_beginning_of_two_hundred_characters_is_long_enough(
    tree: Tree, output: Path, length: int, left: int
):
    for seed, name in enumerate((TRAIN, VAL)):
        tree.conversation(name, *exchange("q" * 100, "a" * (length - 100)), *turns(seed, 1))
    assert len(sides(divided(tree, output))) == left


def test_no_row_no_leak():
    with spooled([]) as grouping:
        leaks = find_leaks(grouping, np.empty(0, np.bool_), np.empty(0, np.uint64))
    assert (leaks.rows.tolist(), leaks.others.tolist()) == ([], [])


Pairs = list[tuple[int, int]]


class Drawn(NamedTuple):
    """Rows, which of them stay, and which are paired with which."""

    rows: list[Grouped]
    stays: list[bool]
    pairs: Pairs


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Draw rows of a few groups that share much: now and then so much that it is a habit."""
    random = Random(draw(st.integers(0, 1 << 32)))  # noqa: S311
    openings = random.choice([[0], [1], [0, 1], [1, 2, 1 << 62]])
    rows: list[Grouped] = []
    for number in range(draw(st.integers(0, HABIT + 3))):
        opening = random.choice(openings)
        rows += [Grouped(number << 60, opening, number % 3)] * random.choice([1, 2, 2, 4])
    random.shuffle(rows)
    share = random.choice([0.2, 0.9])
    stays = [random.random() < share for _ in rows]
    pairs = list(combinations(range(len(rows)), 2))
    found = random.sample(pairs, min(len(pairs), random.choice([0, 2, 10, 60])))
    return Drawn(rows, stays, sorted(found))


def leaks_by_hand(rows: list[Grouped], stays: list[bool], pairs: Pairs) -> dict[int, int]:
    """Find the same, row by row; return each one that goes with the one that stays."""
    side_of = {row.group: row.side for row in rows}
    row_of = {row.group: number for number, row in enumerate(rows) if stays[number]}
    lost = dict(_weaker(_linked(rows, pairs), side_of, set(row_of)))
    gone = {
        number: row_of[lost[row.group]]
        for number, row in enumerate(rows)
        if stays[number] and row.group in lost
    }
    left = {number for number, stay in enumerate(stays) if stay} - gone.keys()
    sides = {number: row.side for number, row in enumerate(rows)}
    return {**gone, **dict(_weaker(set(pairs), sides, left))}


def _linked(rows: list[Grouped], pairs: Pairs) -> set[tuple[int, int]]:
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        if rows[one].group != rows[other].group:
            partners[one].add(rows[other].group)
    shared = Counter(
        (rows[number].group, group)
        for number, groups in partners.items()
        if len(groups) <= HABIT
        for group in groups
    )
    sizes = Counter(row.group for row in rows)
    linked = {pair for pair, times in shared.items() if 2 * times >= sizes[pair[0]]}
    beginning: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        beginning[row.opening].add(row.group)
    for opening, groups in beginning.items():
        if opening and len(groups) <= HABIT:
            linked |= set(combinations(sorted(groups), 2))
    return linked


def _weaker(
    pairs: set[tuple[int, int]], sides: dict[int, int], stands: set[int]
) -> Iterator[tuple[int, int]]:
    crossing = {
        (-max(sides[one], sides[other]), *sorted((one, other), key=sides.__getitem__))
        for one, other in pairs
        if {one, other} <= stands and sides[one] != sides[other]
    }
    lost: set[int] = set()
    for _, weak, strong in sorted(crossing):
        if not lost & {weak, strong}:
            lost.add(weak)
            yield weak, strong


@given(drawn(), st.integers(1, 9))
def test_leaks_are_those_that_are_found_by_hand(each: Drawn, at_once: int):
    pairs = codes_of(*np.array(each.pairs, np.int64).reshape(-1, 2).T)
    with spooled(each.rows, at_once) as grouping:
        leaks = find_leaks(grouping, np.array(each.stays, np.bool_), pairs)
    rows: list[int] = leaks.rows.tolist()
    assert rows == sorted(rows)
    found = dict(zip(rows, leaks.others.tolist(), strict=True))
    assert found == leaks_by_hand(each.rows, each.stays, each.pairs)


@given(
    st.lists(st.builds(Grouped, st.integers(0, 5), st.just(0), st.integers(0, 2)), max_size=30),
    st.sets(st.integers(0, 29)),
    st.integers(1, 9),
)
def test_crossings_are_those_that_are_counted_by_hand(
    rows: list[Grouped], gone: set[int], at_once: int
):
    dropped = DroppedRows(len(rows))
    for number in gone & set(range(len(rows))):
        dropped.add(number, "duplicate", 0, "r0")
    with spooled(rows, at_once) as grouping:
        found = count_both_sides(grouping, np.empty(0, np.uint64), dropped)
    sides: defaultdict[int, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        if number not in gone:
            sides[row.group].add(row.side)
    assert found.conversations == sum(len(each) - 1 for each in sides.values())
