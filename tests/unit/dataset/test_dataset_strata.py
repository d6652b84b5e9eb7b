"""Each language and source on every side, where asked for; and what is known of them anyway."""

import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domains.tree import Exported, Tree, exchange, export
from raise_finetune.dataset.dedup.grouping import Grouping, GroupingSpool
from raise_finetune.dataset.dedup.strata import Sides, Strata, StrataSpool, source_of
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.explanation import explain_row
from raise_finetune.dataset.ledger import Stratum
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.records import Example, Message
from raise_finetune.dataset.split import SPLITS, split_of
from raise_finetune.dataset.verification import verify_dataset
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.dataset.writing import columns
from raise_finetune.dataset.writing.columns import Column

TURNS = [Message("user", "q"), Message("assistant", "a")]
FRENCH = exchange(
    "Comment est la pompe ?", "La pompe est dans le local, avec les vannes.", rating=5
)
ENGLISH = exchange("How is the pump?", "The pump is in the room with the valves.", rating=5)

# Rows: the number of their conversation, of its collection, and their language.
ROWS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from("ab"), st.sampled_from(["fr", "en"])), max_size=60
)
Drawn = list[tuple[int, str, str]]


def sides_of(rows: Drawn, options: OutputSection) -> dict[str, str]:
    """Return the side of each conversation; asserts that it has only one."""
    examples = [
        Example(f"r{n}", f"s/d/{source}/c{number}", "conversation", TURNS, 0, "", language, [])
        for n, (number, source, language) in enumerate(rows)
    ]
    grouping = Grouping(options)
    grouping.note(examples)
    stays = np.ones(len(rows), np.bool_)
    with TemporaryDirectory() as folder:
        spool = GroupingSpool(options, Path(folder))
        spool.append(grouping)
        spool.settle(stays)
        numbers: list[int] = spool.sides.tolist()
        strata = spool.count_strata(stays)
    sides: dict[str, str] = {}
    for example, side in zip(examples, numbers, strict=True):
        assert sides.setdefault(example.group, SPLITS[side]) == SPLITS[side]
    counted = Counter[str]()
    for rows_by_split in strata.values():
        counted.update(rows_by_split)
    assert counted == Counter(SPLITS[side] for side in numbers)
    return sides


OPTIONS = OutputSection(val_fraction=0.2, test_fraction=0.1, stratify=("source",))


def test_the_last_conversation_to_train_on_stays():
    options = OutputSection(val_fraction=0.3, test_fraction=0.5, stratify=("source",))
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number in range(40):
        found[split_of(f"s/d/a/c{number}", options)].append(number)
    chosen = [found["train"][0], *found["test"][:3]]
    sides = sides_of([(number, "a", "fr") for number in chosen], options)
    assert list(sides.values()) == ["train", "test", "test", "test"]


@given(ROWS)
def test_every_source_with_enough_conversations_stands_on_every_side(rows: Drawn):
    sides = sides_of(rows, OPTIONS)
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for group, side in sides.items():
        by_source[source_of(group)].append(side)
    for found in by_source.values():
        if len(found) >= 10:
            assert {"val", "test"} <= set(found)
        elif len(found) >= 5:
            assert "val" in found
    moved = [group for group, side in sides.items() if split_of(group, OPTIONS) != side]
    assert all(split_of(group, OPTIONS) == "train" for group in moved)
    assert len(moved) <= 2 * len(by_source)


@given(ROWS, ROWS)
def test_more_data_moves_one_conversation_of_a_source_at_most(rows: Drawn, more: Drawn):
    """And it moves only where the source would have missed the side."""
    before, after = sides_of(rows, OPTIONS), sides_of(rows + more, OPTIONS)
    changes = Counter(
        (source_of(group), side, after[group])
        for group, side in before.items()
        if after[group] != side
    )
    assert all("train" in (side, new) for _, side, new in changes)
    assert set(changes.values()) <= {1}


@given(ROWS, ROWS)
def test_unless_asked_for_nothing_moves(rows: Drawn, more: Drawn):
    options = OutputSection(val_fraction=0.2, test_fraction=0.1)
    before, after = sides_of(rows, options), sides_of(rows + more, options)
    assert before == {group: after[group] for group in before}


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_decides_nothing(rows: Drawn, random: Any):
    options = OPTIONS.model_copy(update={"stratify": ("language", "source")})
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert sides_of(rows, options) == sides_of(shuffled, options)


def conversations(tree: Tree, count: int = 12) -> None:
    """Write as many in either language, the English ones all on the side of training."""
    options = OutputSection()
    for language, turns in (("fr", FRENCH), ("en", ENGLISH)):
        for number in range(count):
            name = f"{language}{number}"
            while language == "en" and split_of(f"un2/default/conversations/{name}", options) != (
                "train"
            ):
                name += "x"
            question = {**turns[0], "content": f"{turns[0]['content']} {name}"}
            answer = {**turns[1], "content": f"{turns[1]['content']} {name}"}
            tree.conversation(name, question, answer)


def sides_by_language(exported: Exported) -> dict[str, set[str]]:
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for entry in exported.ledger:
        if entry["fate"] == "exported":
            sides[entry["record"].rpartition("/")[2][:2]].add(entry["split"])
    return dict(sides)


def test_a_language_that_missed_a_side_gets_one_conversation_there(tree: Tree, tmp_path: Path):
    conversations(tree)
    plain = export(tree.root, tmp_path / "plain", output={"val_fraction": 0.1})
    assert sides_by_language(plain)["en"] == {"train"}
    stratified = export(
        tree.root, tmp_path / "x", output={"val_fraction": 0.1, "stratify": ["language"]}
    )
    assert sides_by_language(stratified) == {"fr": {"train", "val"}, "en": {"train", "val"}}
    assert stratified.report.both_sides.conversations == 0
    english = [stratum for stratum in stratified.report.strata if stratum.language == "en"]
    assert [(each.source, each.rows) for each in english] == [
        ("un2/default/conversations", {"train": 11, "val": 1})
    ]
    dataset = open_dataset(tmp_path / "x")
    assert verify_dataset(dataset, rebuild_from=tree.root).passed
    moved = [
        row
        for row in range(1, dataset.rows_by_split()["val"] + 1)
        if explain_row(dataset, f"val:{row}").reasons[-1].code == "side_moved"
    ]
    assert len(moved) == 2  # by chance, French missed it, too


def test_what_is_too_small_is_named(tree: Tree, output: Path):
    conversations(tree, 4)
    exported = export(tree.root, output, output={"stratify": ["language"], "val_fraction": 0.1})
    notices = {notice.code: notice.params for notice in exported.report.notices}
    assert notices["strata_missing"]["split"] == "val"
    assert "en" in notices["strata_missing"]["strata"].split(", ")


def test_the_report_counts_rows_by_source_in_any_export(tree: Tree, tmp_path: Path):
    tree.conversation("c", *FRENCH, language="fr")
    tree.document("un2/sa/functions/f", name="Pump", description="Moves the water to the tank.")
    report = export(tree.root, tmp_path / "x", output={"val_fraction": 0}).report
    assert [(each.source, each.language, each.rows) for each in report.strata] == [
        ("un2/default/conversations", "fr", {"train": 1}),
        ("un2/sa/functions", "en", {"train": 1}),
    ]
    whole = export_dataset(ExportRecipe(), tmp_path / "x.jsonl", root=tree.root)
    assert [each.rows for each in whole.strata] == [{"all": 1}, {"all": 1}]


@pytest.mark.parametrize("other", [{"split_by": "space"}, {"task": "dpo"}])
def test_what_could_not_be_kept_together_is_refused(other: dict[str, str]):
    with pytest.raises(ValidationError, match="stratify moves single conversations"):
        ExportRecipe.model_validate({"output": {"stratify": ["language"], **other}})


@pytest.mark.parametrize(
    ("group", "source"),
    [
        ("un2/default/conversations/c1", "un2/default/conversations"),
        ("chats/main_session", "chats"),
        ("un2/sa/functions/https://x/y", "un2/sa/functions"),
    ],
)
def test_where_a_group_comes_from(group: str, source: str):
    assert source_of(group) == source


# However many rows there are


def filled(folder: Path, rows: Sequence[tuple[int, int, bool]], options: OutputSection) -> Sides:
    """Return the sides of rows, of which each is of a group and a stratum, and stays or not."""
    groups = [group for group, _, _ in rows]
    sides = [group % 3 if group % 11 == 5 else 0 for group in groups]
    strata = Strata(options)
    strata.codes = {Stratum("notes", "fr"): 0, Stratum("notes", "en"): 1, Stratum("mail", "fr"): 2}
    strata.of_rows.extend(stratum for _, stratum, _ in rows)
    strata.places.extend(group * 37 % 101 / 101 for group in groups)
    spool = StrataSpool(options, folder)
    spool.append(strata)
    column = Column(folder / "groups", np.uint64)
    column.append(np.array([group << 56 for group in groups], np.uint64).tobytes())
    stays = np.array([stays for _, _, stays in rows])
    return spool.fill(column, np.array(sides, np.uint8), stays)


MANY = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 2), st.booleans()), min_size=1)
BY_BOTH = OutputSection(stratify=("language", "source"), val_fraction=0.1, test_fraction=0.2)


@given(MANY, st.integers(1, 20))
def test_the_sides_are_the_same_in_however_many_shares_rows_are_looked_at(
    rows: list[tuple[int, int, bool]], at_once: int
):
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        whole = filled(Path(one), rows, BY_BOTH)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(columns, "_ROWS_AT_ONCE", at_once)
            assert filled(Path(other), rows, BY_BOTH).tolist() == whole.tolist()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path):
    peaks: list[int] = []
    for number in (1 << 17, 1 << 19):
        folder = tmp_path / str(number)
        folder.mkdir()
        spool = StrataSpool(BY_BOTH, folder)
        groups = Column(folder / "groups", np.uint64)
        names = np.random.default_rng(0).integers(0, (1 << 64) - 1, number, np.uint64)
        strata = Strata(BY_BOTH)
        strata.codes = {Stratum("notes", "fr"): 0}
        strata.of_rows.extend(bytes(number))
        strata.places.extend((names / 2.0**64).tolist())
        spool.append(strata)
        groups.append(names.tobytes())
        sides, stays = np.zeros(number, np.uint8), np.ones(number, np.bool_)
        for column in (groups, spool._of_rows, spool._places):  # pyright: ignore[reportPrivateUsage]
            list(column.parts())  # what waits is written
        tracemalloc.start()
        spool.fill(groups, sides, stays)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 4 << 19  # a few bytes a row, such as its side
