"""The ledger: one fate for each record, in numbers and by name."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import get_args

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.tree import Tree, exchange, export
from raise_finetune.dataset.input_hash import InputHash
from raise_finetune.dataset.ledger import (
    NAMED_PROBLEMS,
    PROBLEMS,
    Fate,
    Ledger,
    LedgerError,
)
from raise_finetune.dataset.records import Masked, Row


def row(record: str, repairs: Sequence[str] = (), masked: Masked | None = None) -> Row:
    return Row(record, "group", "conversation", b"{}\n", 5.0, "", list(repairs), masked=masked)


def test_marks_are_counted_and_written(tmp_path: Path):
    path = tmp_path / "ledger"
    with path.open("wb") as file:
        ledger = Ledger(file)
        ledger.announce(4, documents=2)
        ledger.announce(3, documents=1)
        ledger.mark("é", "unrated")
        ledger.mark("b", "invalid_json", "why")
        ledger.mark_exported(row("c"), "train", 7)
        masked = Masked({"email": 2}, ["email"])
        ledger.mark_exported(row("d", repairs=["x", "y", "x"], masked=masked), "val", 0)
        ledger.mark_answers('e"', [1, 3, 5], "unrated")
        ledger.flush()
    ledger.prove()
    assert (ledger.read, ledger.documents) == (7, 3)
    assert ledger.fates == {"unrated": 4, "invalid_json": 1, "exported": 2}
    assert ledger.repairs == {"x": 2, "y": 1}
    assert ledger.masked == {"email": 2}
    assert ledger.problems == [("b", "invalid_json", "why")]
    assert path.read_text("utf-8") == (
        '{"record":"é","fate":"unrated"}\n'
        '{"record":"b","fate":"invalid_json","detail":"why"}\n'
        '{"record":"c","fate":"exported","split":"train","row":7,'
        '"rating":5.0,"group":"group"}\n'
        '{"record":"d","fate":"exported","split":"val","row":0,'
        '"rating":5.0,"group":"group","repairs":["x","y","x"],'
        '"masked":{"email":2},"rules":["email"]}\n'
        '{"record":"e\\"#1","fate":"unrated"}\n'
        '{"record":"e\\"#3","fate":"unrated"}\n'
        '{"record":"e\\"#5","fate":"unrated"}\n'
    )


def test_without_a_file_it_only_counts():
    ledger = Ledger()
    ledger.announce(4, documents=1)
    ledger.mark("a", "unrated")
    ledger.mark_exported(row("b", repairs=["x"]), "train", 0)
    ledger.mark_answers("c", [1, 2], "superseded")
    ledger.prove()
    assert ledger.fates == {"unrated": 1, "exported": 1, "superseded": 2}


@pytest.mark.parametrize("announced", [0, 2])
def test_a_record_without_a_fate_or_with_two_is_a_defect(announced: int):
    ledger = Ledger()
    ledger.announce(announced, documents=1)
    ledger.mark("a", "unrated")
    with pytest.raises(LedgerError) as caught:
        ledger.prove()
    assert str(caught.value) == f"{announced} records were read but 1 fates given"


def test_only_so_many_problems_are_named():
    ledger = Ledger()
    for number in range(NAMED_PROBLEMS + 10):
        ledger.mark(f"r{number}", "vanished")
    ledger.mark("other", "unrated")
    assert len(ledger.problems) == NAMED_PROBLEMS
    assert ledger.fates["vanished"] == NAMED_PROBLEMS + 10


def test_a_part_is_taken_over_after_what_was_noted_before(tmp_path: Path):
    path = tmp_path / "ledger"
    with path.open("wb") as file:
        ledger = Ledger(file)
        ledger.announce(1, documents=1)
        ledger.input.add("a", 1)
        ledger.mark("a", "unrated")
        part = ledger.apart()
        part.announce(2, documents=1)
        part.input.add("b", 2)
        part.mark("b#1", "unrated")
        part.mark("b#3", "vanished")
        ledger.take(part)
        ledger.mark("c", "exported")
        ledger.flush()
    together = InputHash()
    together.add("b", 2)
    together.add("a", 1)
    assert ledger.input.text() == together.text()
    assert (ledger.read, ledger.documents) == (3, 2)
    assert ledger.fates == {"unrated": 2, "vanished": 1, "exported": 1}
    assert ledger.problems == [("b#3", "vanished", "")]
    records = [orjson.loads(line)["record"] for line in path.read_bytes().splitlines()]
    assert records == ["a", "b#1", "b#3", "c"]


def test_only_so_many_problems_are_named_of_all_parts_together():
    ledger, part = Ledger(), Ledger()
    for number in range(NAMED_PROBLEMS - 1):
        ledger.mark(f"r{number}", "vanished")
    part.mark("first", "vanished")
    part.mark("second", "vanished")
    ledger.take(part)
    assert len(ledger.problems) == NAMED_PROBLEMS
    assert ledger.problems[-1] == ("first", "vanished", "")


@pytest.mark.parametrize(("record", "is_named"), [("c", False), ("c#3", False), ("copy", True)])
def test_a_row_names_its_group_where_its_record_does_not_tell(record: str, is_named: bool):
    file = BytesIO()
    ledger = Ledger(file)
    ledger.mark_exported(Row(record, "c", "conversation", b"{}\n", 0.0, "", []), "train", 0)
    ledger.flush()
    assert orjson.loads(file.getvalue()).get("group") == ("c" if is_named else None)


def test_problems_are_fates():
    assert set(get_args(Fate)) > PROBLEMS


names = st.text(st.characters(exclude_categories=["Cs"]))


@given(names, st.lists(st.integers(0), max_size=5))
def test_several_marks_at_once_equal_single_ones(
    tmp_path_factory: pytest.TempPathFactory, record: str, indexes: list[int]
):
    folder = tmp_path_factory.mktemp("ledgers")
    with (folder / "one").open("wb") as one, (folder / "many").open("wb") as many:
        at_once, singly = Ledger(many), Ledger(one)
        at_once.mark_answers(record, indexes, "unrated")
        for index in indexes:
            singly.mark(f"{record}#{index}", "unrated")
        at_once.flush()
        singly.flush()
    assert (folder / "one").read_bytes() == (folder / "many").read_bytes()


def test_the_place_of_a_row_is_in_the_ledger(tree: Tree, output: Path):
    for number in range(40):
        tree.conversation(f"c{number:02}", *exchange(f"q{number}", "a", rating=5))
    exported = export(
        tree.root, output, output={"val_fraction": 0.3, "test_fraction": 0.3, "seed": 1}
    )
    assert sorted(exported.report.splits) == ["test", "train", "val"]
    for entry in exported.ledger:
        lines = (output / "data" / f"{entry['split']}.jsonl").read_text("utf-8").splitlines()
        number = int(entry["record"].partition("/c")[2][-4:-2])
        assert lines[entry["row"]] == f'{{"text":"<s>[INST] q{number} [/INST] a </s>"}}'
